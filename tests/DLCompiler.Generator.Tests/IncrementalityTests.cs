using System.Linq;
using DLCompiler.Generator.Pipeline;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>An edit recompiles the models that see it, and no others.</summary>
public sealed class IncrementalityTests
{
    private const string Small =
        """
        using DLCompiler;

        namespace App;

        /// <summary/>
        [Block]
        public partial class Head(int units)
        {
            readonly Dense fc = new(units);
            /// <summary/>
            public Tensor Forward(Tensor x) => fc.Forward(x);
        }

        /// <summary/>
        [Model]
        public partial class WithHead
        {
            readonly Head head = new(4);
            /// <summary/>
            public Tensor Forward([Shape("N", 8)] Tensor x) => head.Forward(x);
        }

        /// <summary/>
        [Model]
        public partial class Alone
        {
            readonly Dense fc = new(4);
            /// <summary/>
            public Tensor Forward([Shape("N", 8)] Tensor x) => fc.Forward(x);
        }
        """;

    private static readonly string[] afterTransform =
    [
        StepNames.Models, StepNames.Blocks, StepNames.Published, StepNames.Referenced, StepNames.Library, StepNames.Sources, StepNames.Evaluations,
            StepNames.Decisions, StepNames.Surfaces, StepNames.Kernels,
        StepNames.Publications, StepNames.Reports,
    ];

    [Fact]
    public void ARunOnTheSameCompilationDoesNothing()
    {
        CSharpCompilation compilation = TestCompilation.Create(Small);
        AssertNothingNew(GeneratorRun.Of(GeneratorRun.Of(compilation).Driver, compilation));
    }

    [Fact]
    public void ARunOnACloneDoesNothing()
    {
        CSharpCompilation compilation = TestCompilation.Create(Small);
        AssertNothingNew(GeneratorRun.Of(GeneratorRun.Of(compilation).Driver, compilation.Clone()));
    }

    [Fact]
    public void AnEditOfAnotherFileDoesNothing()
    {
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small), ("Other.cs", "class Other { }")]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        CSharpCompilation edited = Replace(compilation, "Other.cs", "class Other { int field; }");
        AssertNothingNew(GeneratorRun.Of(first.Driver, edited));
    }

    [Fact]
    public void MovingAModelDoesNotCompileItAgain()
    {
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small)]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(first.Driver,
            Replace(compilation, "Models.cs", "// A comment.\n\n" + Small.Replace("Forward(", "  Forward (").Replace("  Forward (x", "Forward(x")));
        foreach (string step in new[] { StepNames.Library, StepNames.Sources, StepNames.Evaluations, StepNames.Surfaces, StepNames.Kernels,
            StepNames.Reports }) AssertNothingNew(second, step);
    }

    /// <summary>What each kind of edit compiles again.</summary>
    public static TheoryData<string, string, string, string[]> Edits { get; } = new()
    {
        { "a comment in a body", "=> fc.Forward(x);\n}\n\n/// <summary/>\n[Model]", "=> /* x */ fc.Forward(x);\n}\n\n/// <summary/>\n[Model]", [] },
        { "a comment above a model", "/// <summary/>\n[Model]\npublic partial class Alone", "// Here.\n[Model]\npublic partial class Alone", [] },
        { "a block's body", "Tensor x) => fc.Forward(x);", "Tensor x) => fc.Forward(x).Relu();", ["App.WithHead"] },
        { "a layer's name", "Alone\n{\n    readonly Dense fc", "Alone\n{\n    readonly Dense head", ["App.Alone"] },
        { "a layer's size", "Alone\n{\n    readonly Dense fc = new(4)", "Alone\n{\n    readonly Dense fc = new(5)", ["App.Alone"] },
        { "a size in a block's creation", "new(4);\n    /// <summary/>\n    public Tensor Forward([Shape(\"N\", 8)] Tensor x) => head",
            "new(6);\n    /// <summary/>\n    public Tensor Forward([Shape(\"N\", 8)] Tensor x) => head", ["App.WithHead"] },
        { "a shape error", "Alone\n{\n    readonly Dense fc = new(4)", "Alone\n{\n    readonly Dense fc = new(4, input: 7)", ["App.Alone"] },
        { "half a line", "Alone\n{\n    readonly Dense fc = new(4)", "Alone\n{\n    readonly Dense fc = new(", ["App.Alone"] },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void AnEditCompilesOnlyTheModelsThatSeeIt(string what, string before, string after, string[] expected)
    {
        _ = what;
        int at = Small.IndexOf(before, System.StringComparison.Ordinal);
        Assert.True(at >= 0, "The text to edit is not there.");
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small)]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(first.Driver, Replace(compilation, "Models.cs", Small[..at] + after + Small[(at + before.Length)..]));
        Assert.Equal(expected, Changed(second, StepNames.Evaluations, value => ((EvaluatedModel)value).Source.MetadataName));
        Assert.Equal(expected, Changed(second, StepNames.Kernels, value => ((EmittedFile)value).MetadataName));

        // Taking the edit back gives the first files again.
        GeneratorRun third = GeneratorRun.Of(second.Driver, compilation);
        Assert.Equal(Files(first), Files(third));
    }

    [Fact]
    public void ARenamedHyperparameterIsEvaluatedAndEmitsTheSameFiles()
    {
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small)]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second =
            GeneratorRun.Of(first.Driver, Replace(compilation, "Models.cs", Small.Replace("int units", "int size").Replace("new(units)", "new(size)")));
        Assert.Equal(["App.WithHead"], Changed(second, StepNames.Evaluations, value => ((EvaluatedModel)value).Source.MetadataName));
        Assert.Empty(Changed(second, StepNames.Kernels, value => ((EmittedFile)value).MetadataName));
    }

    [Fact]
    public void AConstantInAnotherFileCompilesOnlyTheModelsThatUseIt()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            [("Models.cs", Small.Replace("readonly Head head = new(4)", "readonly Head head = new(Sizes.Head)")), ("Sizes.cs", Sizes(4))]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(first.Driver, Replace(compilation, "Sizes.cs", Sizes(5)));
        Assert.Equal(["App.WithHead"], Changed(second, StepNames.Kernels, value => ((EmittedFile)value).MetadataName));

        static string Sizes(int head) => $"namespace App {{ internal static class Sizes {{ public const int Head = {head}; }} }}";
    }

    [Fact]
    public void ANewModelLeavesTheOthersAlone()
    {
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small), ("More.cs", "")]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(first.Driver, Replace(compilation, "More.cs",
            "using DLCompiler; namespace App; [Model, Input(\"N\", 8), Dense(4)] public partial class More : Sequential;"));
        Assert.Equal(["App.More"], Changed(second, StepNames.Kernels, value => ((EmittedFile)value).MetadataName));
        GeneratorRun third = GeneratorRun.Of(second.Driver, compilation);
        Assert.Empty(Changed(third, StepNames.Kernels, value => ((EmittedFile)value).MetadataName));
        Assert.Equal(Files(first), Files(third));
    }

    private static string[] Changed(GeneratorRun run, string step, System.Func<object, string> name) =>
    [
        .. run.Result.TrackedSteps[step].SelectMany(step => step.Outputs)
            .Where(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
            .Select(output => name(output.Value)),
    ];

    private static string[] Files(GeneratorRun run) =>
        [.. run.Result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(System.StringComparer.Ordinal)];

    private static CSharpCompilation Replace(CSharpCompilation compilation, string path, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions, path));
    }

    private static void AssertNothingNew(GeneratorRun run)
    {
        foreach (string step in afterTransform) AssertNothingNew(run, step);
        Assert.All(
            run.Result.TrackedOutputSteps.SelectMany(output => output.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static void AssertNothingNew(GeneratorRun run, string step)
    {
        Assert.True(run.Result.TrackedSteps.ContainsKey(step), $"There is no step {step}.");
        Assert.All(
            run.Result.TrackedSteps[step].SelectMany(run => run.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {output.Reason}"));
    }
}
