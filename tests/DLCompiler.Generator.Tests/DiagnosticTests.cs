using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>Every diagnostic: id, message and the exact span, which the samples mark with <c>[| |]</c>.</summary>
public sealed class DiagnosticTests
{
    private const string Head = "using DLCompiler;\nnamespace App;\n";

    // Body of a model with one image input.
    private static string Image(string fields, string body) =>
        $$"""
        /// <summary/>
        [Model]
        public partial class Net
        {
            {{fields}}
            /// <summary/>
            public Tensor Forward([Shape("N", 3, 32, 32)] Tensor x) { {{body}} }
        }
        """;

    private static string Vector(string fields, string body, string shape = "\"N\", 64") =>
        $$"""
        /// <summary/>
        [Model]
        public partial class Net
        {
            {{fields}}
            /// <summary/>
            public Tensor Forward([Shape({{shape}})] Tensor x) { {{body}} }
        }
        """;

    private static string Step(string body) =>
        $$"""
        /// <summary/>
        [Model]
        public partial class Net
        {
            readonly Dense fc = new(3);
            [Step]
            Tensor FitLoss([Shape("N", 64)] Tensor x) { {{body}} }
        }
        """;

    public static TheoryData<string, string, string> Cases => new()
    {
        {
            "DLC1001",
                "Forward declares [N, 10] but returns [N, 16]: dimension 1 is 16 instead of 10. Declare [return: Shape(\"N\", 16)], or change the layer "
                + "that gives it",
            """
            /// <summary/>
            [Model]
            public partial class Net
            {
                readonly Dense fc = new(16);
                /// <summary/>
                [return: Shape("N", 10)]
                public Tensor Forward([Shape("N", 64)] Tensor x) => [|fc.Forward(x).Relu()|];
            }
            """
        },
        {
            "DLC1002", "'fc1' is declared with 256 inputs but receives 576 ([N, 16, 6, 6] flattened). Use 576, or omit it",
            Image("readonly Conv2D c1 = new(6, 5, padding: 2), c2 = new(16, 5); readonly Dense fc1 = new(120, input: [|256|]);",
                "x = c2.Forward(c1.Forward(x).MaxPool(2)).MaxPool(2); return fc1.Forward(x.Flatten());")
        },
        {
            "DLC1003", "'c' expects images [N, channels, height, width] but receives [N, 64]; use Reshape(x.Shape[0], 1, 8, 8) before",
            Vector("readonly Conv2D c = new(8, 3);", "return c.Forward([|x|]);")
        },
        {
            "DLC1004",
                "can't add [N, 128, 32, 32] and [N, 64, 32, 32]: dimension 1 is 128 on the left and 64 on the right. Project the right one with a "
                + "Conv2D(128, kernel: 1)",
            Image("readonly Conv2D a = new(64, 3, padding: 1), b = new(128, 3, padding: 1);",
                "var y = b.Forward(x); var skip = a.Forward(x); return [|y + skip|];")
        },
        {
            "DLC1005", "'x' of Forward needs its shape: write [Shape(\"N\", …)] before it, the batch first",
            "/// <summary/>\n[Model]\npublic partial class Net\n{\n    readonly Dense fc = new(2);\n    /// <summary/>\n    public Tensor Forward(Tensor [|x|]) => fc.Forward(x);\n}\n"
        },
        {
            "DLC1006", "a [Model] takes no constructor parameters; give them to a [Block] and derive",
            "/// <summary/>\n[Model]\npublic partial class Net[|(int units)|]\n{\n    readonly Dense fc = new(units);\n    /// <summary/>\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);\n}\n"
        },
        {
            "DLC1007", "'Net' must be partial: the compiler adds its members. Write 'partial class Net'",
            "/// <summary/>\n[Model]\npublic class [|Net|]\n{\n    readonly Dense fc = new(2);\n    /// <summary/>\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);\n}\n"
        },
        {
            "DLC1008", "'Summary' is the name of a member that the compiler adds to 'Net'; rename it",
            Vector("readonly Dense fc = new(2); static string [|Summary|]() => \"\";", "return fc.Forward(x);")
        },
        {
            "DLC1010", "2 groups do not divide 3 input channels ([N, 3, 32, 32]); use 1",
            Image("readonly Conv2D c = new(8, 3, groups: [|2|]);", "return c.Forward(x);")
        },
        { "DLC1011", "units is 0; it must be at least 1", Vector("readonly Dense fc = new([|0|]);", "return fc.Forward(x);") },
        { "DLC1012",
            "kernel 70 does not fit the padded input 32×32 of [N, 3, 32, 32]. Use at most 32, or padding: 19",
                Image("readonly Conv2D c = new(8, kernel: [|70|]);", "return c.Forward(x);") },
        {
            "DLC1013",
                "can't reshape [N, 64] to [N, 5, 13]: 64*N elements on the left and 65*N on the right. 5 does not divide dimension 1, which is 64; "
                + "use 1, 2, 4, 8, 16, 32 or 64",
            Vector("", "return [|x.Reshape(x.Shape[0], 5, 13)|];")
        },
        {
            "DLC1014", "can't concatenate [N, 2] and [N, 3] along axis 0: dimension 1 is 2 in the first and 3 here. Along axis 1 they fit",
            Vector("readonly Dense a = new(2), b = new(3);", "return Tensor.Concat(0, a.Forward(x), [|b.Forward(x)|]);")
        },
        {
            "DLC1015",
                "can't multiply matrices [N, 64, 32] and [N, 64, 32]: dimension 2 on the left is 32 (columns) and dimension 1 on the right is 64 "
                + "(rows). Transpose the right one: Transpose(1, 2)",
            Vector("", "return [|x.MatMul(x)|];", "\"N\", 64, 32")
        },
        {
            "DLC1016", "MeanSquaredError of [N, 2] expects target [N, 2] but receives [N, 3]: dimension 1 is 3 instead of 2; make both equal",
            """
            /// <summary/>
            [Model]
            public partial class Net
            {
                readonly Dense fc = new(2);
                [Step]
                Tensor FitLoss([Shape("N", 64)] Tensor x, [Shape("N", 3)] Tensor y) => fc.Forward(x).MeanSquaredError([|y|]);
            }
            """
        },
        {
            "DLC1017", "Updates names 'fd', which is not a field of 'Net'; use 'fc'",
            """
            /// <summary/>
            [Model]
            public partial class Net
            {
                readonly Dense fc = new(2);
                [Step([|"fd"|])]
                Tensor FitLoss([Shape("N", 64)] Tensor x, [Shape("N", 2)] Tensor y) => fc.Forward(x).MeanSquaredError(y);
            }
            """
        },
        {
            "DLC1018",
                "'fc' receives 32 inputs here ([N, 32]) and 64 at its first use ([N, 64]): a layer that is used twice shares its weights. Give both "
                + "the same size, or use two layers",
            Vector("readonly Dense fc = new(32);", "return [|fc.Forward(fc.Forward(x))|];")
        },
        {
            "DLC1019", "'Net' has nothing to compile; give it a Forward, a chain of layers, or a [Step]",
            "/// <summary/>\n[Model]\npublic partial class [|Net|]\n{\n    readonly Dense fc = new(2);\n}\n"
        },
        {
            "DLC1020", "can't prove that T is a multiple of 4: checked at run time, where another T is refused",
            "/// <summary/>\n[Model]\npublic partial class Net\n{\n    readonly Dense fc = new(2);\n"
                + "    public Tensor Forward([Shape(\"N\", \"T <= 64\", 4)] Tensor x) => fc.Forward([|x.Reshape(x.Shape[0], -1, 16)|]).Mean(1);\n}\n"
        },
        {
            "DLC2001", "'while' depends on tensor data and can't be compiled; loop a number of times that is known at compile time, or walk along a sequence by Scan",
            Vector("", "[|while (x.Sum().ToArray()[0] > 1)|] x = x * 0.5f; return x;")
        },
        { "DLC2002", "division by zero", Vector("readonly Dense fc = new(2);", "int zero = 0; return fc.Forward(x) * ([|1 / zero|]);") },
        {
            "DLC2010", "calls are nested more than 200 deep; is there a recursion that does not end?",
            Vector("readonly Dense fc = new(2);", "Tensor Loop(Tensor t) => [|Loop(t)|]; return Loop(x);")
        },
        { "DLC3001", "'fc9' is never used by Forward", Vector("readonly Dense fc = new(2), [|fc9|] = new(3);", "return fc.Forward(x);") },
        {
            "DLC3002", "Forward outside a model is the slow eager reference of 'Net'; use Predict",
            Vector("readonly Dense fc = new(2);", "return fc.Forward(x);")
                + "\nstatic class User { static void Use(Net net, Tensor x) => [|net.Forward(x)|]; }\n"
        },
        {
            "DLC3003", "SoftmaxCrossEntropy applies Softmax itself, so that it is applied twice; leave this Softmax out",
            "[Model, Input(\"N\", 8), Dense(4), [|Softmax|], Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)] public partial class Net : Sequential;"
        },
        {
            "DLC3003", "SigmoidCrossEntropy applies Sigmoid itself, so that it is applied twice; leave this Sigmoid out",
            Step("var y = fc.Forward(x).[|Sigmoid()|]; return y.Reshape(x.Shape[0] * 3).SigmoidCrossEntropy(1);")
        },
        {
            "DLC3003", "SigmoidCrossEntropy expects logits, and this Softmax makes probabilities; leave it out",
            Step("return fc.Forward(x).[|Softmax()|].SigmoidCrossEntropy(1);")
        },
        {
            "DLC3003", "SoftmaxCrossEntropy of one class ([N, 1]) is always 0; use SigmoidCrossEntropy, or a unit for each class",
            "[Model, Input(\"N\", 8), [|Dense(1)|], Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)] public partial class Net : Sequential;"
        },
        {
            "DLC3003", "BinaryCrossEntropy expects probabilities, and what this layer gives is not between 0 and 1; use SigmoidCrossEntropy",
            Step("return [|fc.Forward(x)|].BinaryCrossEntropy(Tensor.Ones(x.Shape[0], 3));")
        },
        {
            "DLC3004", "the result of Relu is not used, and no tensor is changed by it; assign it, as in 'x = x.Relu(…)'",
            Vector("readonly Dense fc = new(2);", "[|x.Relu()|]; return fc.Forward(x);")
        },
        {
            "DLC3004", "the result of Forward is not used, and no tensor is changed by it; assign it, as in 'x = fc.Forward(…)'",
            Vector("readonly Dense fc = new(64);", "[|fc.Forward(x)|]; return x;")
        },
        {
            "DLC3005", "'fc' acts on dimension 3 of [N, 4, 30, 30] alone, which is the width of images; Flatten() before",
            Image("readonly Conv2D c = new(4, 3); readonly BatchNorm n = new(); readonly Dense fc = new(2);",
                "return fc.Forward(n.Forward(c.Forward(x)).[|Relu()|]);")
        },
        {
            "DLC3006", "Beta1 has no effect with Optimizer.Sgd; leave it out, or use Optimizer.Adam, AdamW, Adamax or another",
            "[Model, Input(\"N\", 8), Dense(4), Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, [|Beta1 = 0.5f|])] public partial class Net : Sequential;"
        },
        {
            "DLC3007", "[Train] has no effect, because 'Net' is no model; add [Model]",
            "[Input(\"N\", 8), Dense(4), [|Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd)|]] public partial class Net : Sequential;"
        },
        {
            "DLC3007", "[Train] has no effect on the block 'Piece'; write it on a [Model] that derives from it",
            "[Block, [|Train(Loss.MeanSquaredError, Optimizer.Sgd)|]] public partial class Piece { public Tensor Forward(Tensor x) => x; }"
        },
        {
            "DLC3007", "[Inference] has no effect on the block 'Piece'; write it on a [Model] that derives from it",
            "[Block, [|Inference(Winograd = true)|]] public partial class Piece { public Tensor Forward(Tensor x) => x; }"
        },
        {
            "DLC3007", "[Inference] has no effect, because 'Net' is no model; add [Model]",
            "[[|Inference(Winograd = true)|]] public partial class Net : Sequential;"
        },
        {
            "DLC3007", "[Step] has no effect, because 'Net' is no model; add [Model]",
            "public partial class Net { [[|Step|]] Tensor FitLoss([Shape(\"N\", 64)] Tensor x) => x.Mean(); }"
        },
        {
            "DLC3008", "'project' has no effect: its result does not reach what Forward returns; use it, or remove the layer",
            Vector("readonly Dense fc = new(64), project = new(64);", "var skip = [|project.Forward(x)|]; var y = fc.Forward(x).Relu(); return y + x;")
        },
        {
            "DLC3009", "Softmax along axis 0 of [N, 2] makes each sample's result depend on the others of its batch; use axis 1",
            Vector("readonly Dense fc = new(2);", "return fc.Forward(x).Softmax([|0|]);")
        },
        {
            "DLC3010",
            "[N, 32, 32, 3] looks like images with the channels last, and 'c' expects them before height and width; Permute(0, 3, 1, 2) before, or give "
                + "them as [Shape(\"N\", 3, 32, 32)]",
            Vector("readonly Conv2D c = new(8, 3);", "return c.Forward([|x|]);", "\"N\", 32, 32, 3")
        },
        {
            "DLC4001", "Net needs 90 parameters, 40 over its [Budget] of 50; the largest: Dense 0 (90)",
            "/// <summary/>\n[Model, Input(\"N\", 8), Dense(10), Budget([|Parameters = 50|])] public partial class Net : Sequential;"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task DiagnosticsHaveIdMessageAndSpan(string id, string message, string marked)
    {
        (string text, ImmutableArray<TextSpan> spans) = AnalyzerRun.Unmark(Head + marked);
        ImmutableArray<Diagnostic> found = await AnalyzerRun.Of(TestCompilation.Create(text));
        Diagnostic diagnostic = Assert.Single(found);
        string actual = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((id, Part(text, spans[0]), message), (diagnostic.Id, Part(text, diagnostic.Location.SourceSpan), actual));
        Assert.Equal(spans[0], diagnostic.Location.SourceSpan);
    }

    [Fact]
    public async Task ASizeThatKernelsDoNotKnowIsAnErrorNotAFailure()
    {
        const string text = "using DLCompiler; [Model] public partial class Net { public Tensor Forward([Shape(\"N\", 3, \"T <= 16\")] Tensor x) => x.CumSum(1); }";
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC2001", "\"T <= 16\""), (diagnostic.Id, Part(text, diagnostic.Location.SourceSpan)));
        Assert.Equal(["DLC9002"], GeneratorRun.Of(text).Reported.Select(reported => reported.Id));
    }

    private static string Part(string text, TextSpan span) => text.Substring(span.Start, span.Length);

    [Fact]
    public void EveryRuleOfTheAnalyzersHasACase()
    {
        // The first has tests of its own, since it is off here; the others are the generator's.
        string[] others = [DiagnosticIds.LayerShapes, DiagnosticIds.Schedule, DiagnosticIds.CompilerFailure, DiagnosticIds.NotCompiled];
        Assert.Equal(DiagnosticRules.All.Select(rule => rule.Id).Except(others), Cases.Select(row => (string)row[0]).Distinct()
            .Order(System.StringComparer.Ordinal));
    }
}
