using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1001: what is returned and what is declared agree.</summary>
public sealed class ReturnShapeTests
{
    private static string Net(int units, string declared, string body = "fc.Forward(x).Relu()") =>
        $$"""
        using DLCompiler;

        [Model]
        public partial class Net
        {
            readonly Dense fc = new(units: {{units}}, bias: false); // head

            [return: Shape({{declared}})] // logits
            public Tensor Forward([Shape("N", 64)] Tensor x) => {{body}};
        }
        """;

    [Theory]
    [InlineData("\"N\", 10")]
    [InlineData("\"N\", 4, 4")]
    public Task TheReturnedShapeIsDeclared(string declared) =>
        FixTest.ChangesAsync(new ReturnShapeCodeFix(), "DeclareReturned", Net(16, declared), Net(16, "\"N\", 16"));

    [Fact]
    public Task TheLastLayerGetsTheDeclaredUnits() =>
        FixTest.ChangesAsync(new ReturnShapeCodeFix(), "ChangeUnits", Net(16, "\"N\", 10"), Net(10, "\"N\", 10"));

    [Theory]
    [InlineData("\"N\", 10", "fc.Forward(x).Relu()", "Declare [Shape(\"N\", 16)]", "Give 'fc' 10 units")]
    [InlineData("\"N\", 4, 4", "fc.Forward(x)", "Declare [Shape(\"N\", 16)]")]
    [InlineData("\"N\", 10", "fc.Forward(x) + fc.Forward(x)", "Declare [Shape(\"N\", 16)]")]
    [InlineData("\"N\", 10", "x.Reshape(-1, 32)", null)]
    public async Task OnlyWhatIsRightIsOffered(string declared, string body, params string?[] titles) =>
        Assert.Equal(titles is [null] or null ? [] : titles, await FixTest.TitlesAsync(new ReturnShapeCodeFix(), Net(16, declared, body)));

    [Theory]
    [InlineData("fc.Forward(x)", "fc.Forward(x).Mean()")]
    [InlineData("fc.Forward(x) * 2", "(fc.Forward(x) * 2).Mean()")]
    public Task AStepReturnsTheMean(string before, string after)
    {
        string Text(string body) =>
            $"using DLCompiler;\n[Model] public partial class Net {{ readonly Dense fc = new(3); [Step] Tensor FitLoss([Shape(\"N\", 6)] Tensor x) => {body}; }}\n";
        return FixTest.ChangesAsync(new ReturnShapeCodeFix(), "Reduce", Text(before), Text(after));
    }
}
