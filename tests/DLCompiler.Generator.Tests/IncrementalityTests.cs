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
            StepNames.Surfaces, StepNames.Kernels,
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

    [Fact]
    public void AnEditOfABlockCompilesOnlyTheModelsThatUseIt()
    {
        CSharpCompilation compilation = TestCompilation.Create([("Models.cs", Small)]);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(first.Driver, Replace(compilation, "Models.cs", Small.Replace("=> fc.Forward(x);\n}\n\n/// <summary/>\n[Model]\npublic partial class WithHead", "=> fc.Forward(x).Relu();\n}\n\n/// <summary/>\n[Model]\npublic partial class WithHead")));
        string[] changed = [.. second.Result.TrackedSteps[StepNames.Evaluations].SelectMany(step => step.Outputs)
            .Where(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
            .Select(output => ((EvaluatedModel)output.Value).Source.MetadataName)];
        Assert.Equal(["App.WithHead"], changed);
    }

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
