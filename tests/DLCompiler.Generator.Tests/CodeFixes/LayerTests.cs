using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1018 and DLC2001: a use, or a layer that a body creates, gets a field.</summary>
public sealed class LayerTests
{
    private static string Net(string fields, string body) =>
        $"using DLCompiler;\n\n[Model]\npublic partial class Net\n{{\n    {fields}\n\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x)\n    {{\n        {body}\n    }}\n}}\n";

    [Theory]
    [InlineData("return fc.Forward(fc.Forward(x));", "return fc2.Forward(fc.Forward(x));")]
    [InlineData("x = fc.Forward(x).Relu();\n        return fc.Forward(x); // again", "x = fc.Forward(x).Relu();\n        return fc2.Forward(x); // again")]
    public Task AUseThatDoesNotFitGetsALayerOfItsOwn(string before, string after) => FixTest.ChangesAsync(
        new OwnLayerCodeFix(), "UseOwnLayer",
        Net("readonly Dense fc = new(32, bias: false); // shared", before),
        Net("readonly Dense fc = new(32, bias: false); // shared\n    readonly Dense fc2 = new(32, bias: false);", after));

    [Theory]
    [InlineData("return new Dense(10).Forward(x);", "return dense.Forward(x);", "new(10)")]
    [InlineData("var head = new Dense(units: 10, bias: false); // head\n        return head.Forward(x);",
        "var head = dense; // head\n        return head.Forward(x);", "new(units: 10, bias: false)")]
    public Task ALayerBecomesAField(string before, string after, string created) => FixTest.ChangesAsync(
        new LayerFieldCodeFix(), "MakeField", Net("const int Size = 3;", before), Net($"const int Size = 3;\n    readonly Dense dense = {created};", after));

    [Theory]
    [InlineData("int units = 3; return new Dense(units).Forward(x);")]
    [InlineData("for (int i = 0; i < 2; i++) x = new Dense(4).Forward(x); return x;")]
    public async Task ALayerThatTheBodyDependsOnStays(string body) =>
        Assert.Empty(await FixTest.TitlesAsync(new LayerFieldCodeFix(), Net("const int Size = 3;", body)));
}
