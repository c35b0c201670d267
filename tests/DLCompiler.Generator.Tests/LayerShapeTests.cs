using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Generator.Analyzers;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>DLC0001: shapes where layers are called, on request.</summary>
public sealed class LayerShapeTests
{
    private const string Text =
        """
        using DLCompiler;
        /// <summary/>
        [Block]
        public partial class Unit(int channels)
        {
            readonly Conv2D conv = new(channels, kernel: 3, padding: 1);
            /// <summary/>
            public Tensor Forward(Tensor x) => conv.Forward(x).Relu();
        }

        /// <summary/>
        [Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
        public partial class Net
        {
            readonly Conv2D stem = new(4, kernel: 3, stride: 2);
            readonly Unit[] units = [new(4), new(8), new(8)];
            readonly Dense fc = new(10);
            /// <summary/>
            public Tensor Forward([Shape("N", 1, 9, 9)] Tensor x)
            {
                var y = stem.Forward(x).Relu();
                foreach (var unit in units) y = unit.Forward(y);
                return fc.Forward(y.MaxPool(2).Flatten());
            }
        }

        /// <summary/>
        [Model, Input("N", 8)]
        [Dense(4), Relu, Dense(2)]
        public partial class Chain : Sequential;
        """;

    [Fact]
    public async Task AreShownOnRequest()
    {
        string[] shown = [.. (await Run(ReportDiagnostic.Info)).Select(diagnostic =>
            $"{diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)} | {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
        Assert.Equal(
        [
            "stem.Forward(x) | stem: [N, 1, 9, 9] → [N, 4, 4, 4], 40 parameters, 1,216 FLOPs",
            "unit.Forward(y) | units.0: [N, 4, 4, 4] → [N, 4, 4, 4], 148 parameters, 4,736 FLOPs (the first of 3 calls that differ)",
            "fc.Forward(y.MaxPool(2).Flatten()) | fc: [N, 32] → [N, 10], 330 parameters, 650 FLOPs",
            "y.MaxPool(2) | MaxPool: [N, 8, 4, 4] → [N, 8, 2, 2], 0 parameters, 128 FLOPs",
            "Flatten() | Flatten: [N, 8, 2, 2] → [N, 32], 0 parameters, 0 FLOPs",
            "Dense(4) | Dense: [N, 8] → [N, 4], 36 parameters, 68 FLOPs",
            "Dense(2) | Dense: [N, 4] → [N, 2], 10 parameters, 18 FLOPs",
        ], shown);
    }

    [Fact]
    public async Task AreOffUnlessRequested() => Assert.Empty(await AnalyzerRun.Of(TestCompilation.Create(Text)));

    // What the compiler doesn't start costs nothing.
    [Theory]
    [InlineData(ReportDiagnostic.Default, 0)]
    [InlineData(ReportDiagnostic.Info, 1)]
    public async Task TheAnalyzerStartsOnRequestOnly(ReportDiagnostic severity, int starts)
    {
        CSharpCompilation compilation = TestCompilation.Create(Text);
        compilation = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)
            .WithSpecificDiagnosticOptions([new("DLC0001", severity)]));
        var analyzer = new LayerShapeAnalyzer();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([analyzer]);
        await analysis.GetAnalyzerDiagnosticsAsync();
        AnalyzerTelemetryInfo? run = await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None);
        Assert.Equal(starts, run?.CompilationStartActionsCount ?? 0);
    }

    private static async Task<IEnumerable<Diagnostic>> Run(ReportDiagnostic severity)
    {
        CSharpCompilation compilation = TestCompilation.Create(Text);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("DLC0001", severity), new("CS1591", ReportDiagnostic.Error)])
            .WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        return (await AnalyzerRun.Of(compilation)).Where(diagnostic => diagnostic.Id.StartsWith("DLC", StringComparison.Ordinal));
    }
}
