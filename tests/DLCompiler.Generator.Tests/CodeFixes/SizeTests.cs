using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1010, DLC1012, DLC1013 and DLC1014: numbers that the message names.</summary>
public sealed class SizeTests
{
    private static string Net(string fields, string body) =>
        $"using DLCompiler;\n\n[Model]\npublic partial class Net\n{{\n    {fields} // layers\n\n    public Tensor Forward([Shape(\"N\", 6, 8, 8)] Tensor x) => {body};\n}}\n";

    private static string Chain(string layers) => $"using DLCompiler;\n[Model, Input(\"N\", 6, 8, 8)]\n[{layers}]\npublic partial class Net : Sequential;\n";

    [Theory]
    [InlineData("readonly Conv2D c = new(12, 3, groups: 4);", "readonly Conv2D c = new(12, 3, groups: 3);")]
    [InlineData("readonly Conv2D c = new(12, 3, 1, 0, 1, 7 /* groups */);", "readonly Conv2D c = new(12, 3, 1, 0, 1, 6 /* groups */);")]
    [InlineData("readonly Conv2D c = new(12, kernel: 9);", "readonly Conv2D c = new(12, kernel: 8);")]
    public Task TheNearestSizeIsUsed(string before, string after) =>
        FixTest.ChangesAsync(new SizeCodeFix(), "UseRightSize", Net(before, "c.Forward(x)"), Net(after, "c.Forward(x)"));

    [Theory]
    [InlineData("readonly Conv2D c = new(12, kernel: 9);", "readonly Conv2D c = new(12, kernel: 9, padding: 1);")]
    [InlineData("readonly Conv2D c = new(12, 11, padding: 1, bias: false);", "readonly Conv2D c = new(12, 11, padding: 2, bias: false);")]
    [InlineData("readonly Conv2D c = new Conv2D(12, 11, 1, 0);", "readonly Conv2D c = new Conv2D(12, 11, 1, 2);")]
    public Task TheInputIsPadded(string before, string after) =>
        FixTest.ChangesAsync(new SizeCodeFix(), "Pad", Net(before, "c.Forward(x)"), Net(after, "c.Forward(x)"));

    [Theory]
    [InlineData("UseRightSize", "Conv2D(12, 9)", "Conv2D(12, 8)")]
    [InlineData("Pad", "Conv2D(12, 9)", "Conv2D(12, 9, padding: 1)")]
    [InlineData("Pad", "Conv2D(12, 13, padding: 1)", "Conv2D(12, 13, padding: 3)")]
    [InlineData("UseRightSize", "Conv2D(12, 3, 1, 0, 1, 4)", "Conv2D(12, 3, 1, 0, 1, 3)")]
    public Task ChainsAreMendedTheSameWay(string key, string before, string after) =>
        FixTest.ChangesAsync(new SizeCodeFix(), key, Chain(before), Chain(after));

    [Fact]
    public Task AWindowOfAPoolIsMadeSmaller() => FixTest.ChangesAsync(
        new SizeCodeFix(), "UseRightSize", Net("const int A = 1;", "x.Relu().MaxPool(9)"), Net("const int A = 1;", "x.Relu().MaxPool(8)"));

    [Theory]
    [InlineData("UseRightSize", "x.Reshape(x.Shape[0], 6, 60)", "x.Reshape(x.Shape[0], 6, 64)")]
    [InlineData("InferSize", "x.Relu().Reshape(x.Shape[0], 300)", "x.Relu().Reshape(x.Shape[0], -1)")]
    public Task AReshapeKeepsTheElements(string key, string before, string after) =>
        FixTest.ChangesAsync(new ReshapeCodeFix(), key, Net("const int A = 1;", before), Net("const int A = 1;", after));

    [Theory]
    [InlineData("UseRightSize", "Reshape(6, 60)", "Reshape(6, 64)")]
    [InlineData("InferSize", "Reshape(6, 60), Relu", "Reshape(6, -1), Relu")]
    public Task AChainsReshapeKeepsTheElements(string key, string before, string after) =>
        FixTest.ChangesAsync(new ReshapeCodeFix(), key, Chain(before), Chain(after));

    [Theory]
    [InlineData("Tensor.Concat(0, c.Forward(x), x)", "Tensor.Concat(1, c.Forward(x), x)")]
    [InlineData("Tensor.Concat(axis: 2, c.Forward(x), x)", "Tensor.Concat(axis: 1, c.Forward(x), x)")]
    public Task TensorsAreJoinedAlongTheAxisThatFits(string before, string after) => FixTest.ChangesAsync(
        new ConcatAxisCodeFix(), "UseFittingAxis", Net("readonly Conv2D c = new(2, 1);", before), Net("readonly Conv2D c = new(2, 1);", after));

    [Fact]
    public async Task AllSizesAreMendedAtOnce()
    {
        static string Text(string name, int kernel) => Net($"readonly Conv2D c = new(12, kernel: {kernel});", "c.Forward(x)").Replace("Net", name);
        using var solution = new FixSolution([("A.cs", Text("A", 9)), ("B.cs", Text("B", 10))]);
        await FixTest.ChangesAllAsync(new SizeCodeFix(), "UseRightSize", FixAllScope.Project, solution, [Text("A", 8), Text("B", 8)]);
    }
}
