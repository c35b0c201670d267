using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DLCompiler.Generator.Tests;

/// <summary>A wrong model never runs, whatever is switched off: its surface is there, and throws.</summary>
public sealed class WrongModelTests
{
    private const string Wrong =
        """
        #pragma warning disable
        #pragma warning disable DLC9002, DLC1004
        using DLCompiler;

        namespace App;

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
        public partial class Net
        {
            readonly Conv2D a = new(64, 3, padding: 1), b = new(128, 3, padding: 1);
            readonly Dense fc = new(10);

            public Tensor Forward([Shape("N", 3, 8, 8)] Tensor x)
            {
                var y = b.Forward(x);
                var skip = a.Forward(x);
                return fc.Forward((y + skip).Flatten());
            }
        }

        public static class Use
        {
            public static void Run() { using var net = new Net(); net.Predict(new float[192]); }
            public static void Train() { using var net = new Net(); net.Fit(null!); }
        }
        """;

    [Fact]
    public void TheGeneratorReportsItUnsuppressibly()
    {
        CSharpCompilation compilation = TestCompilation.Create(Wrong);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("DLC9002", ReportDiagnostic.Suppress),
            new("DLC1004", ReportDiagnostic.Suppress)]));
        Diagnostic reported = Assert.Single(GeneratorRun.Of(compilation).Reported);
        Assert.Equal((DiagnosticIds.NotCompiled, DiagnosticSeverity.Error, false), (reported.Id, reported.Severity, reported.IsSuppressed));
        Assert.Equal(
            "'Net' has errors (DLC1004) and was not compiled: can't add [N, 128, 8, 8] and [N, 64, 8, 8]: dimension 1 is 128 on the left and 64 on the right. "
            + "Project the right one with a Conv2D(128, kernel: 1)",
                reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((8, 21, 24), (reported.Location.GetLineSpan().StartLinePosition.Line, reported.Location.GetLineSpan().StartLinePosition.Character,
            reported.Location.GetLineSpan().EndLinePosition.Character));
    }

    [Fact]
    public void BesideAnalyzersItLeavesTheLastWordToThem()
    {
        // The compiler stops before the analyzers at an error that is not configurable.
        Diagnostic reported = Assert.Single(GeneratorRun.Of(TestCompilation.Create(Wrong), analyzersRun: true).Reported);
        Assert.Equal((DiagnosticIds.NotCompiled, DiagnosticSeverity.Error), (reported.Id, reported.Severity));
        Assert.Equal("'Net' has errors (DLC1004) and was not compiled", reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain(WellKnownDiagnosticTags.NotConfigurable, reported.Descriptor.CustomTags);
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, Descriptors.Of("DLC1004").CustomTags);
    }

    [Theory]
    [InlineData("Run")]
    [InlineData("Train")]
    public void ItsSurfaceThrows(string method)
    {
        GeneratorRun run = GeneratorRun.Of(Wrong);
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.HintName.Contains("Kernels", StringComparison.Ordinal));
        // The emitted code compiles; only the generator's diagnostic stops the build, and here it is ignored.
        Assert.Empty(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext("wrong", isCollectible: true);
        try
        {
            MethodInfo use = context.LoadFromStream(image).GetType("App.Use")!.GetMethod(method)!;
            var thrown = Assert.Throws<TargetInvocationException>(() => use.Invoke(null, null));
            Assert.Equal("Net", Assert.IsType<ModelNotCompiledException>(thrown.InnerException).ModelName);
        }
        finally
        {
            context.Unload();
        }
    }

    [Fact]
    public void AnErrorElsewhereChangesNothing()
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create([("Net.cs", Wrong), ("Broken.cs", "class Broken : DoesNotExist { }")]));
        Assert.Equal([DiagnosticIds.NotCompiled], run.Reported.Select(diagnostic => diagnostic.Id));
        GeneratorRun right = GeneratorRun.Of(TestCompilation.Create([("Net.cs", Samples.Mlp), ("Broken.cs", "class Broken : DoesNotExist { }")]));
        Assert.Empty(right.Reported);
        Assert.Contains(right.Result.GeneratedSources, source => source.HintName == "App.Mlp.Kernels.g.cs");
        Assert.Equal(["CS0246"], right.Output.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void AModelWithMistakesInItsDeclarationIsNotCompiledEither()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Mlp.Replace("partial class", "class"));
        Assert.Equal([DiagnosticIds.NotCompiled], run.Reported.Select(diagnostic => diagnostic.Id));
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.HintName.StartsWith("App.Mlp", StringComparison.Ordinal));
    }
}
