using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>DLC4001: limits of what a model may need, reported on the limit that is exceeded.</summary>
public sealed class BudgetTests
{
    private static string Net(string budget) =>
        $$"""
        using DLCompiler;
        /// <summary/>
        [Model, Budget({{budget}})]
        public partial class Net
        {
            readonly Conv2D conv = new(8, kernel: 3, padding: 1);
            readonly BatchNorm norm = new();
            readonly Dense fc = new(10);
            /// <summary/>
            public Tensor Forward([Shape("N", 3, 16, 16)] Tensor x) => fc.Forward(norm.Forward(conv.Forward(x)).Flatten());
        }
        """;

    // conv 3·8·9 + 8, norm 2·8 and two running statistics of 8, fc 2048·10 + 10.
    private const int Parameters = 224 + 16 + 20_490;

    // Parameters and statistics, then the outputs: conv 8·16·16, norm the same, fc 10.
    private const int Bytes = 4 * (Parameters + 16 + 2048 + 2048 + 10);

    [Theory]
    [InlineData("[|Parameters = 20_729|]", "Net needs 20,730 parameters, 1 over its [Budget] of 20,729; the largest: fc (20,490), conv (224), norm (16)")]
    [InlineData("[|Bytes = 65536|]",
        "Net needs 97.08 KiB, 33.08 KiB over its [Budget] of 64 KiB; the largest: fc (80.08 KiB), conv (8.88 KiB), norm (8.06 KiB)")]
    [InlineData("Parameters = 30_000, [|Flops = 1000|]",
        "Net needs 157,706 FLOPs a sample, 156,706 over its [Budget] of 1,000; the largest: conv (112,640), fc (40,970), norm (4,096)")]
    public async Task ALimitThatIsExceededIsReportedWhereItIsWritten(string budget, string message)
    {
        (string text, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> spans) = AnalyzerRun.Unmark(Net(budget));
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(text));
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(run));
        Assert.Equal(("DLC4001", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(spans.Single(), diagnostic.Location.SourceSpan);
        // A model over its budget is not compiled.
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.HintName.EndsWith("Kernels.g.cs", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsNeededExactlyIsAllowed()
    {
        Assert.Empty(await AnalyzerRun.Of(TestCompilation.Create(Net($"Parameters = {Parameters}, Bytes = {Bytes}, Flops = 1_000_000_000_000"))));
        Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(Net($"Bytes = {Bytes - 1}"))));
    }

    [Theory]
    [InlineData("[|Parameters = 0|]", "Parameters is 0; it must be at least 1. Leave it out for no limit")]
    [InlineData("[|Flops = -5|]", "Flops is -5; it must be at least 1. Leave it out for no limit")]
    public async Task ALimitIsPositive(string budget, string message)
    {
        (string text, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> spans) = AnalyzerRun.Unmark(Net(budget));
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC1011", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(spans.Single(), diagnostic.Location.SourceSpan);
    }

    // A chain has its layers as attributes, a model of a block has them in the block.
    [Theory]
    [InlineData(
        """
        [Model, Input("N", 8), Budget([|Flops = 50|])]
        [Dense(4), Relu, Dense(2)]
        public partial class Net : Sequential;
        """,
        "Net needs 90 FLOPs a sample, 40 over its [Budget] of 50; the largest: Dense 0 (68), Dense 2 (18)")]
    [InlineData(
        """
        [Block]
        public partial class Unit(int units)
        {
            readonly Dense fc = new(units);
            /// <summary/>
            public Tensor Forward([Shape("N", 8)] Tensor x) => fc.Forward(x);
        }
        /// <summary/>
        [Model, Budget([|Parameters = 2 * 4|])]
        public partial class Net() : Unit(4);
        """,
        "Net needs 36 parameters, 28 over its [Budget] of 8; the largest: fc (36)")]
    public async Task EveryKindOfModelCanHaveOne(string model, string message)
    {
        (string text, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> spans) = AnalyzerRun.Unmark("using DLCompiler;\n/// <summary/>\n" + model);
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC4001", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(spans.Single(), diagnostic.Location.SourceSpan);
    }

    [Fact]
    public async Task OnABlockItHasNoEffect()
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(Net("Parameters = 1").Replace("[Model, ", "[Block, "))));
        Assert.Equal("DLC3007", diagnostic.Id);
    }
}
