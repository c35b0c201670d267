using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1006: a model with parameters becomes a block and a model of it.</summary>
public sealed class ModelParametersTests
{
    private const string Key = "MakeBlock", Body = "\n{\n    readonly Dense fc = new(classes);\n\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);\n}\n";

    private static string Use(string arguments) => $"\nstatic class Use {{ static object Run() => new Net({arguments}) {{ Seed = 1 }}; }}\n";

    [Fact]
    public Task TheNumbersAreThoseItIsCreatedWith() => FixTest.ChangesAsync(
        new ModelParametersCodeFix(), Key,
        "using DLCompiler;\n\n// Digits.\n[Model]\n[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]\npublic partial class Net(int classes)" + Body + Use("10"),
        "using DLCompiler;\n\n// Digits.\n[Block]\npublic partial class NetBlock(int classes)" + Body
            + "\n[Model]\n[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]\npublic partial class Net() : NetBlock(10);\n" + Use(""));

    [Fact]
    public Task DefaultsAreGood() => FixTest.ChangesAsync(
        new ModelParametersCodeFix(), Key,
        "using DLCompiler;\n/// <summary>Digits.</summary>\n/// <param name=\"classes\">How many.</param>\n[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]\npublic partial class Net(int classes = 3)" + Body,
        "using DLCompiler;\n/// <summary>Digits.</summary>\n/// <param name=\"classes\">How many.</param>\n[Block]\npublic partial class NetBlock(int classes = 3)" + Body
            + "\n/// <inheritdoc/>\n[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]\npublic partial class Net() : NetBlock(3);\n");

    [Fact]
    public async Task CreationsInOtherFilesAndNamespacesAreFollowed()
    {
        string Declaration(string model) => "using DLCompiler;\n\nnamespace App\n{\n" + model + "}\n";
        const string Members = "    {\n        readonly Dense fc = new(units: units[0]);\n\n        public Tensor Forward([Shape(\"N\", 64)] Tensor x) => scale * fc.Forward(x);\n    }\n";
        string Other(string arguments) => $"class Use {{ App.Net a = new({arguments}), b = new App.Net({arguments}); }}\n";
        using var solution = new FixSolution(
            [("A.cs", Declaration("    [Model]\n    partial class Net(int[] units, float scale)\n" + Members)), ("B.cs", Other("[3, 4], 0.5f"))]);
        await FixTest.ChangesAsync(new ModelParametersCodeFix(), Key, solution,
        [
            Declaration("    [Block]\n    partial class NetBlock(int[] units, float scale)\n" + Members
                + "\n    [Model]\n    partial class Net() : NetBlock([3, 4], 0.5f);\n"),
            Other(""),
        ]);
    }

    [Fact]
    public Task WithoutNumbersItIsABlock() => FixTest.ChangesAsync(
        new ModelParametersCodeFix(), "OnlyBlock",
        "using DLCompiler;\n[Model] // digits\npublic partial class Net(int classes)" + Body,
        "using DLCompiler;\n[Block] // digits\npublic partial class Net(int classes)" + Body);

    [Theory]
    [InlineData("[Model] public partial class Net(int classes)", "class Use { object a = new Net(1), b = new Net(2); }")]
    [InlineData("[Model] public partial class Net(int classes)", "class Use { object Run(int n) => new Net(n); }")]
    [InlineData("public class NetBlock; [Model] public partial class Net(int classes = 1)", "")]
    public async Task WithoutOneNumberNothingIsOffered(string head, string use) =>
        Assert.Empty(await FixTest.TitlesAsync(new ModelParametersCodeFix(), "using DLCompiler;\n" + head + Body + use));
}
