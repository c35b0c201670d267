using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1002: the received size, or none.</summary>
public sealed class InputSizeTests
{
    private const string Use = "UseReceivedSize", Omit = "OmitSize";

    private static string Net(string layers, string body = "fc.Forward(x)") =>
        $$"""
        using DLCompiler;

        namespace App;

        [Model]
        public partial class Net
        {
            // The head.
            {{layers}}   // one layer

            public Tensor Forward([Shape("N", 64)] Tensor x) => {{body}};
        }
        """;

    [Theory]
    [InlineData("readonly Dense fc = new(10, input: 60);", "readonly Dense fc = new(10, input: 64);")]
    [InlineData("readonly Dense fc = new(10, 60);", "readonly Dense fc = new(10, 64);")]
    [InlineData("readonly Dense fc = new Dense(input: 6 * 10 /* six tens */, units: 10);",
        "readonly Dense fc = new Dense(input: 64 /* six tens */, units: 10);")]
    [InlineData("const int Size = 60; readonly Dense fc = new(10, input: Size);", "const int Size = 60; readonly Dense fc = new(10, input: 64);")]
    public Task TheReceivedSizeIsWritten(string before, string after) =>
        FixTest.ChangesAsync(new InputSizeCodeFix(), Use, Net(before), Net(after));

    [Theory]
    [InlineData("readonly Dense fc = new(10, input: 60);", "readonly Dense fc = new(10);")]
    [InlineData("readonly Dense fc = new(10, 60, false);", "readonly Dense fc = new(10, bias: false);")]
    [InlineData("readonly Dense fc = new Dense(input: 60, units: 10);", "readonly Dense fc = new Dense(units: 10);")]
    [InlineData("readonly Dense fc = new(\n        10,\n        input: 60, // wrong\n        bias: false);", "readonly Dense fc = new(\n        10,\n        bias: false);")]
    [InlineData("readonly Dense fc = new(\n        10,\n        60,\n        false);", "readonly Dense fc = new(\n        10,\n        bias: false);")]
    public Task TheSizeIsOmitted(string before, string after) =>
        FixTest.ChangesAsync(new InputSizeCodeFix(), Omit, Net(before), Net(after));

    [Fact]
    public Task ABatchNormHasFeatures() => FixTest.ChangesAsync(
        new InputSizeCodeFix(), Omit,
        Net("readonly BatchNorm fc = new(features: 60);"), Net("readonly BatchNorm fc = new();"));

    [Fact]
    public async Task TheTitlesNameTheSizeAndTheArgument() =>
        Assert.Equal(["Use 64", "Omit 'input'"], await FixTest.TitlesAsync(new InputSizeCodeFix(), Net("readonly Dense fc = new(10, input: 60);")));

    [Fact]
    public async Task ASizeThatABlockIsGivenIsLeftAlone() => Assert.Empty(await FixTest.TitlesAsync(
        new InputSizeCodeFix(),
        """
        using DLCompiler;
        [Block] public partial class Part(int size) { readonly Dense fc = new(10, input: size); public Tensor Forward(Tensor x) => fc.Forward(x); }
        [Model] public partial class Net { readonly Part part = new(60); public Tensor Forward([Shape("N", 64)] Tensor x) => part.Forward(x); }
        """));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task AllAreMendedAtOnce(FixAllScope scope, int mended)
    {
        const string Wrong = "readonly Dense a = new(10, input: 1), fc = new(10, input: 2);", Right = "readonly Dense a = new(10), fc = new(10);";
        const string Body = "fc.Forward(a.Forward(x.Relu()))";
        string Text(string name, bool right) => Net(right ? Right : Wrong, Body).Replace("Net", name);
        using var solution = new FixSolution([("A.cs", Text("A", false)), ("B.cs", Text("B", false))], [("C.cs", Text("C", false))]);
        // The second layer's mistake is seen once the first one is mended.
        string[] first = [Text("A", mended > 0), Text("B", mended > 1), Text("C", mended > 2)];
        for (int i = 0; i < first.Length; i++) first[i] = first[i].Replace("fc = new(10);", i < mended ? "fc = new(10, input: 2);" : "fc = new(10);");
        await FixTest.ChangesAllAsync(new InputSizeCodeFix(), Omit, scope, solution, first, ["DLC1002", "DLC1002", "DLC1002"]);
    }
}
