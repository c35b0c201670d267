using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>An error about a shape shows the expressions that led to it: the other party first, then the way back to the input.</summary>
public sealed class ShapeTrailTests
{
    [Fact]
    public async Task TheExpressionsThatChangedTheShapeAreListedNearestFirst()
    {
        Diagnostic found = await Of(
            """
            [Model]
            public partial class Net
            {
                readonly Conv2D conv1 = new(6, kernel: 5, padding: 2), conv2 = new(16, kernel: 5);
                readonly Dense fc1 = new(120, input: 256);
                public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
                {
                    var x = conv1.Forward(image).Relu().MaxPool(2);
                    x = conv2.Forward(x).Relu().MaxPool(2);
                    return fc1.Forward(x.Flatten()).Relu();
                }
            }
            """);
        Assert.Equal("256", Part(found.Location));
        Assert.Equal(
            ["fc1.Forward(x.Flatten())", "x.Flatten()", "MaxPool(2)", "conv2.Forward(x)", "MaxPool(2)", "conv1.Forward(image)", "Shape(\"N\", 1, 28, 28)"],
            found.AdditionalLocations.Select(Part));
        // The second pool comes first.
        int[] starts = [.. found.AdditionalLocations.Select(place => place.SourceSpan.Start)];
        Assert.True(starts[2] > starts[4]);
        Assert.Equal(
            "[N, 1, 28, 28] → conv1 → [N, 6, 28, 28] → MaxPool → [N, 6, 14, 14] → conv2 → [N, 16, 10, 10] → MaxPool → [N, 16, 5, 5] → Flatten → [N, 400]",
            found.Properties["Chain"]);
    }

    [Fact]
    public async Task BothOperandsHaveTheirShare()
    {
        Diagnostic found = await Of(
            """
            [Model]
            public partial class Net
            {
                readonly Conv2D a = new(64, 3, padding: 1), b = new(128, 3, padding: 1);
                public Tensor Forward([Shape("N", 3, 56, 56)] Tensor x)
                {
                    var y = b.Forward(x).Relu();
                    var skip = a.Forward(x);
                    return y + skip;
                }
            }
            """);
        Assert.Equal("y + skip", Part(found.Location));
        Assert.Equal(["b.Forward(x)", "Shape(\"N\", 3, 56, 56)", "a.Forward(x)"], found.AdditionalLocations.Select(Part));
        Assert.Equal("[N, 3, 56, 56] → b → [N, 128, 56, 56]\n[N, 3, 56, 56] → a → [N, 64, 56, 56]", found.Properties["Chain"]);
    }

    [Fact]
    public async Task ALongWayIsCutOff()
    {
        Diagnostic found = await Of(
            """
            [Model]
            public partial class Net
            {
                readonly Conv2D c = new(3, kernel: 9), d = new(3, kernel: 99);
                public Tensor Forward([Shape("N", 3, 150, 150)] Tensor x)
                {
                    for (int i = 0; i < 12; i++) x = c.Forward(x);
                    return d.Forward(x.MaxPool(2));
                }
            }
            """);
        string chain = found.Properties["Chain"]!;
        Assert.StartsWith("… → c → [N, 3, 102, 102]", chain, System.StringComparison.Ordinal);
        Assert.EndsWith("→ c → [N, 3, 54, 54] → MaxPool → [N, 3, 27, 27]", chain, System.StringComparison.Ordinal);
        Assert.Equal(ShapeTrail.Longest, chain.Split(" → ").Count(part => part.StartsWith('[')));
        // All turns of the loop are one place.
        Assert.Equal(["d.Forward(x.MaxPool(2))", "x.MaxPool(2)", "c.Forward(x)"], found.AdditionalLocations.Select(Part));
    }

    [Fact]
    public async Task ItGoesThroughBlocks()
    {
        Diagnostic found = await Of(
            """
            [Block]
            public partial class Piece(int size)
            {
                readonly Dense fc = new(size);
                public Tensor Forward(Tensor x) => fc.Forward(x);
            }
            [Model]
            public partial class Net
            {
                readonly Piece piece = new(7);
                [return: Shape("N", 8)]
                public Tensor Forward([Shape("N", 3)] Tensor x) => piece.Forward(x);
            }
            """);
        Assert.Equal("piece.Forward(x)", Part(found.Location));
        Assert.Equal(["Shape(\"N\", 8)", "fc.Forward(x)", "Shape(\"N\", 3)"], found.AdditionalLocations.Select(Part));
        Assert.Equal("[N, 3] → piece.fc → [N, 7]", found.Properties["Chain"]);
    }

    [Fact]
    public async Task ChainsListTheirAttributes()
    {
        Diagnostic found =
            await Of("[Model, Input(\"N\", 1, 28, 28), Conv2D(6, 5), Relu, MaxPool(2), Flatten, Conv2D(16, 5)] public partial class Net : Sequential;");
        Assert.Equal("Conv2D(16, 5)", Part(found.Location));
        Assert.Equal(["Flatten", "MaxPool(2)", "Conv2D(6, 5)", "Input(\"N\", 1, 28, 28)"], found.AdditionalLocations.Select(Part));
        Assert.Equal("[N, 1, 28, 28] → Conv2D → [N, 6, 24, 24] → MaxPool → [N, 6, 12, 12] → Flatten → [N, 864]", found.Properties["Chain"]);
    }

    [Fact]
    public async Task AMistakeThatIsNotAboutAShapeHasNone()
    {
        Diagnostic found = await Of("[Model] public partial class Net { public Tensor Forward([Shape(\"N\", 3, 8, 8)] Tensor x) => x.MaxPool(0); }");
        Assert.Equal("0", Part(found.Location));
        Assert.Empty(found.AdditionalLocations);
        Assert.Empty(found.Properties);
    }

    private static async Task<Diagnostic> Of(string text) => Assert.Single(await AnalyzerRun.Of(TestCompilation.Create("using DLCompiler;\n" + text)));

    private static string Part(Location place) => place.SourceTree!.GetText().ToString(place.SourceSpan);
}
