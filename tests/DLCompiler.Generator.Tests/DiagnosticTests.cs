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

    public static TheoryData<string, string, string> Cases => new()
    {
        {
            "DLC1001", "Forward declares [N, 10] but returns [N, 16]",
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
            "DLC1003", "'c' expects images [N, channels, height, width] but receives [N, 64]; Reshape it before",
            Vector("readonly Conv2D c = new(8, 3);", "return c.Forward([|x|]);")
        },
        {
            "DLC1004", "can't add [N, 128, 32, 32] and [N, 64, 32, 32]: dimension 1 is 128 on the left and 64 on the right",
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
            "DLC1010", "2 groups do not divide 3 input channels ([N, 3, 32, 32])",
            Image("readonly Conv2D c = new(8, 3, groups: [|2|]);", "return c.Forward(x);")
        },
        { "DLC1011", "units is 0; it must be at least 1", Vector("readonly Dense fc = new([|0|]);", "return fc.Forward(x);") },
        { "DLC1012", "kernel 70 does not fit the padded input 32×32", Image("readonly Conv2D c = new(8, kernel: [|70|]);", "return c.Forward(x);") },
        {
            "DLC1013", "can't reshape [N, 64] to [N, 5, 13]: 64*N elements on the left and 65*N on the right; use -1 to infer one size",
            Vector("", "return [|x.Reshape(x.Shape[0], 5, 13)|];")
        },
        {
            "DLC1014", "can't concatenate [N, 2] and [N, 3] along axis 0: dimension 1 is 2 in the first and 3 here",
            Vector("readonly Dense a = new(2), b = new(3);", "return Tensor.Concat(0, a.Forward(x), [|b.Forward(x)|]);")
        },
        {
            "DLC1015", "can't multiply matrices [N, 64, 32] and [N, 64, 32]: the left one has 32 columns and the right one 64 rows",
            Vector("", "return [|x.MatMul(x)|];", "\"N\", 64, 32")
        },
        {
            "DLC1016", "MeanSquaredError of [N, 2] expects target [N, 2] but receives [N, 3]",
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
            "DLC1017", "Updates names 'fd', which is not a field of 'Net'",
            """
            /// <summary/>
            [Model]
            public partial class Net
            {
                readonly Dense fc = new(2);
                [[|Step("fd")|]]
                Tensor FitLoss([Shape("N", 64)] Tensor x, [Shape("N", 2)] Tensor y) => fc.Forward(x).MeanSquaredError(y);
            }
            """
        },
        {
            "DLC1018", "'fc' receives 32 inputs here and 64 at its first use: a layer that is used twice shares its weights. Give both the same size, or use two layers",
            Vector("readonly Dense fc = new(32);", "return [|fc.Forward(fc.Forward(x))|];")
        },
        {
            "DLC1019", "'Net' has nothing to compile; give it a Forward, a chain of layers, or a [Step]",
            "/// <summary/>\n[Model]\npublic partial class [|Net|]\n{\n    readonly Dense fc = new(2);\n}\n"
        },
        {
            "DLC2001", "'while' depends on tensor data and can't be compiled; loop a number of times that is known at compile time",
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
        const string text = "using DLCompiler; [Model] public partial class Net { readonly Embedding e = new(9, 4); public Tensor Forward([Shape(\"N\", \"T <= 16\")] Tensor<int> ids) => e.Forward(ids); }";
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC2001", "Shape(\"N\", \"T <= 16\")"), (diagnostic.Id, Part(text, diagnostic.Location.SourceSpan)));
        Assert.Equal(["DLC9002"], GeneratorRun.Of(text).Reported.Select(reported => reported.Id));
    }

    private static string Part(string text, TextSpan span) => text.Substring(span.Start, span.Length);

    [Fact]
    public void EveryRuleOfTheAnalyzersHasACase()
    {
        string[] generatorOnly = [DiagnosticIds.CompilerFailure, DiagnosticIds.NotCompiled];
        Assert.Equal(DiagnosticRules.All.Select(rule => rule.Id).Except(generatorOnly), Cases.Select(row => (string)row[0]).Distinct()
            .Order(System.StringComparer.Ordinal));
    }
}
