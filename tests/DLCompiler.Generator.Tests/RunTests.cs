using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>Emitted surfaces at work: what the members promise, on compiled models.</summary>
public sealed class RunTests
{
    private const string Usings = "using System;\nusing System.Linq;\nusing DLCompiler;\nnamespace App;\n";

    private const string Pair =
        """
        [Model, Input("N", 3), Dense(4)]
        public partial class Part : Sequential;

        [Model]
        public partial class Whole
        {
            public readonly Part First = new(), Second = new();

            [Step(nameof(Second), Optimizer = Optimizer.Sgd, LearningRate = 0.5f)]
            Tensor PullLoss([Shape("N", 3)] Tensor x) => (First.Forward(x) - Second.Forward(x)).Square().Mean();
        }

        """;

    private static readonly (string Promise, string Body)[] promises =
    [
        (
            "a nested model has its parent's parameters",
            "using var m = new Whole { Seed = 3 }; return m.Parameters[\"Second.0.weight\"].ToArray().SequenceEqual(m.Second.Parameters[\"0.weight\"].ToArray());"),
        (
            "a step of the parent moves the part",
            "using var m = new Whole { Seed = 3 }; m.StepPull(x); var before = m.Second.Predict(x); m.StepPull(x); return !before.SequenceEqual(m.Second.Predict(x));"),
        (
            "and only the part it names",
            "using var m = new Whole { Seed = 3 }; m.StepPull(x); var before = m.First.Predict(x); m.StepPull(x); return before.SequenceEqual(m.First.Predict(x));"),
        (
            "the loss falls",
            "using var m = new Whole { Seed = 3 }; float first = m.StepPull(x); float last = 0; for (int i = 0; i < 50; i++) last = m.StepPull(x); return last < first / 10;"),
        (
            "a part used first keeps its values",
            "using var m = new Whole { Seed = 3 }; var before = m.Second.Predict(x); _ = m.Parameters; return before.SequenceEqual(m.Second.Predict(x)) && m.Parameters[\"Second.0.weight\"].ToArray().SequenceEqual(m.Second.Parameters[\"0.weight\"].ToArray());"),
        (
            "the same seed gives the same model",
            "using var a = new Part { Seed = 5 }; using var b = new Part { Seed = 5 }; using var c = new Part { Seed = 6 }; return a.Predict(x).SequenceEqual(b.Predict(x)) && !a.Predict(x).SequenceEqual(c.Predict(x));"),
        ("the seed is fixed by the first use",
            "using var a = new Part { Seed = 5 }; a.Predict(x); try { a.Seed = 6; return false; } catch (InvalidOperationException) { return a.Seed == 5; }"),
        ("threads are kept until there is storage",
            "using var a = new Part { Threads = 1 }; a.Predict(x); bool kept = a.Threads == 1; a.Threads = 2; return kept && a.Threads == 2;"),
        ("a disposed model says so", "var a = new Part(); a.Dispose(); try { a.Predict(x); return false; } catch (ObjectDisposedException) { return true; }"),
        ("so does one that was used",
            "var a = new Part(); a.Predict(x); a.Dispose(); try { a.Predict(x); return false; } catch (ObjectDisposedException) { return true; }"),
        ("spans and arrays agree", "using var a = new Part(); var into = new float[8]; a.Predict(x, into); return into.SequenceEqual(a.Predict(x));"),
        ("a length that does not fit is refused",
            "using var a = new Part(); try { a.Predict(new float[7]); return false; } catch (ArgumentException e) { return e.Message.Contains(\"7\"); }"),
        (
            "eager and compiled agree",
            "using var a = new Part { Seed = 9 }; var compiled = a.Predict(x); var eager = a.Forward(Tensor.FromArray(x, 2, 3)).ToArray(); return compiled.Zip(eager).All(p => Math.Abs(p.First - p.Second) < 1e-5f);"),
    ];

    public static TheoryData<string> Promises => [.. promises.Select(promise => promise.Promise)];

    [Theory]
    [MemberData(nameof(Promises))]
    public void MembersKeepTheirPromises(string promise) =>
        Assert.Equal(true, all.Value.Run("App.Check", "Run" + System.Array.FindIndex(promises, item => item.Promise == promise)));

    // Compiling is most of the time: all promises are one program.
    private static readonly System.Lazy<LoadedAssembly> all = new(() => new LoadedAssembly(GeneratorRun.Of(
        Usings + Pair + "public static class Check { static readonly float[] x = [0.1f, -0.2f, 0.3f, 1, 2, -3];\n"
        + string.Join("\n", promises.Select((promise, index) => $"public static bool Run{index}() {{ {promise.Body} }}")) + "}")));

    [Fact]
    public void ModelsTakeIdsAndSeveralInputsAndGiveSeveralResults()
    {
        const string text = Usings +
            """
            [Model]
            public partial class Net
            {
                readonly Embedding words = new(7, 4);
                readonly Dense fc = new(2);
                public (Tensor sum, Tensor difference) Forward([Shape("N", 3)] Tensor<int> ids, [Shape("N", 12)] Tensor x)
                {
                    var e = words.Forward(ids).Flatten();
                    return (fc.Forward(e + x), e - x);
                }
            }

            public static class Check
            {
                public static bool Run()
                {
                    using var net = new Net { Seed = 1 };
                    var (sum, difference) = net.Predict([0, 1, 6, 2, 3, 4], new float[24]);
                    try { net.Predict([0, 1, 7], new float[12]); return false; }
                    catch (ArgumentException) { return sum.Length == 4 && difference.Length == 24; }
                }
            }
            """;
        using var loaded = new LoadedAssembly(GeneratorRun.Of(text));
        Assert.Equal(true, loaded.Run("App.Check", "Run"));
    }

    [Fact]
    public void BlocksOfAnotherAssemblyInline()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create(
            [("Library.cs",
                """
                using DLCompiler;
                namespace Library;

                [Block]
                public partial class Hidden(int units)
                {
                    readonly Dense a = new(units), b = new(units);
                    public Tensor Forward(Tensor x) => Twice(a.Forward(x).Relu());
                    Tensor Twice(Tensor x) { for (int i = 0; i < 2; i++) x = b.Forward(x).Tanh(); return x; }
                }

                [Block]
                public partial class Perceptron(int units, params int[] hidden)
                {
                    readonly Hidden first = new(units);
                    readonly Dense last = new(hidden.Length + 1);
                    public Tensor Forward([Shape("N", 6)] Tensor x) => last.Forward(first.Forward(x));
                }
                """)], name: "Library"));
        Assert.Empty(library.Reported);
        byte[] image = LoadedAssembly.Image(library);
        GeneratorRun user = GeneratorRun.Of(TestCompilation.Create(
            [("User.cs", Usings +
                """
                [Model]
                public partial class Net() : Library.Perceptron(5, 1, 2);

                public static class Check
                {
                    public static string Run()
                    {
                        using var net = new Net { Seed = 1 };
                        return string.Join(" ", net.Parameters.Select(p => p.Name)) + " " + net.Predict(new float[12]).Length;
                    }
                }
                """)],
            name: "User",
            more: MetadataReference.CreateFromImage(image)));
        using var loaded = new LoadedAssembly(user, image);
        Assert.Equal("first.a.weight first.a.bias first.b.weight first.b.bias last.weight last.bias 6", loaded.Run("App.Check", "Run"));
    }

    [Fact]
    public async Task AnErrorInABlockOfAnotherAssemblyIsReportedWhereItIsUsed()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create(
            [("Library.cs", "using DLCompiler; namespace Library; [Block] public partial class Half(int units) { readonly Dense a = new(units, input: 3); public Tensor Forward(Tensor x) => a.Forward(x); }")], name: "Library"));
        const string text = "using DLCompiler; namespace App; [Model] public partial class Net { readonly Library.Half half = new(2); public Tensor Forward([Shape(\"N\", 4)] Tensor x) => half.Forward(x); }";
        CSharpCompilation compilation =
            TestCompilation.Create([("User.cs", text)], name: "User", more: MetadataReference.CreateFromImage(LoadedAssembly.Image(library)));
        ImmutableArray<Diagnostic> found = await AnalyzerRun.Of(compilation);
        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal("DLC1002", diagnostic.Id);
        Assert.Equal("new(2)", text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task AnErrorInABlockPointsIntoTheBlockAsWell()
    {
        const string text =
            """
            using DLCompiler;
            namespace App;
            [Block] public partial class Half(int units) { readonly Dense a = new(units, input: 3); public Tensor Forward(Tensor x) => a.Forward(x); }
            [Model] public partial class Net { readonly Half half = new(2); public Tensor Forward([Shape("N", 4)] Tensor x) => half.Forward(x); }
            """;
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC1002", "new(2)"), (diagnostic.Id, Part(diagnostic.Location)));
        Assert.Contains("3", diagnostic.AdditionalLocations.Select(Part));

        static string Part(Location location) => text.Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }

    [Fact]
    public void AFailureOfTheCompilerIsADiagnosticWithTheModelsName()
    {
        // A program that refers to itself without end: expansion is capped, whatever the cap is.
        const string text = "using DLCompiler; namespace App; [Block] public partial class A { readonly A inner = new(); public Tensor Forward(Tensor x) => inner.Forward(x); } [Model] public partial class Net { readonly A a = new(); public Tensor Forward([Shape(\"N\", 4)] Tensor x) => a.Forward(x); }";
        GeneratorRun run = GeneratorRun.Of(text);
        Assert.All(run.Reported, diagnostic => Assert.StartsWith("DLC900", diagnostic.Id, System.StringComparison.Ordinal));
        Assert.Contains("'Net'", Assert.Single(run.Reported).GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }
}
