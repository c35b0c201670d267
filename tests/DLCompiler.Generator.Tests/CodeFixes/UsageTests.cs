using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1015, DLC1017, and the warnings DLC3003 to DLC3007.</summary>
public sealed class UsageTests
{
    private static string Net(string body, string shape = "\"N\", 4", string head = "") =>
        $"using DLCompiler;\n\n[Model]{head}\npublic partial class Net\n{{\n    readonly Dense fc = new(4);\n\n    public Tensor Forward([Shape({shape})] Tensor x)\n    {{\n        {body}\n    }}\n}}\n";

    [Theory]
    [InlineData("return x.MatMul(x + 1);", "return x.MatMul((x + 1).Transpose(1, 2));")]
    [InlineData("return x.Relu().MatMul(x); // scores", "return x.Relu().MatMul(x.Transpose(1, 2)); // scores")]
    public Task AnOperandIsTransposed(string before, string after) =>
        FixTest.ChangesAsync(new TransposeCodeFix(), "Transpose", Net(before, "\"N\", 4, 6").Replace("    readonly Dense fc = new(4);\n\n", ""),
            Net(after, "\"N\", 4, 6").Replace("    readonly Dense fc = new(4);\n\n", ""));

    [Theory]
    [InlineData("[Step(\"fd\")]", "[Step(nameof(fc))]")]
    [InlineData("[Step(Updates = nameof(Other), Optimizer = Optimizer.Adam)]", "[Step(Updates = nameof(fc), Optimizer = Optimizer.Adam)]")]
    public Task AFieldThatIsReachedIsNamed(string before, string after)
    {
        static string Text(string step) =>
            $"using DLCompiler;\n[Model]\npartial class Net\n{{\n    const int Other = 1;\n    readonly Dense fc = new(4);\n\n    {step} // all\n    Tensor FitLoss([Shape(\"N\", 4)] Tensor x) => fc.Forward(x).Mean();\n}}\n";
        return FixTest.ChangesAsync(new UpdatesNameCodeFix(), "Use:fc", Text(before), Text(after));
    }

    [Theory]
    [InlineData("return fc.Forward(x).Softmax();", "return fc.Forward(x);")]
    [InlineData("x = fc.Forward(x);\n        return x\n            .Softmax(); // probabilities", "x = fc.Forward(x);\n        return x; // probabilities")]
    public Task ASoftmaxBeforeItsLossGoes(string before, string after) => FixTest.ChangesAsync(
        new LossActivationCodeFix(), "RemoveActivation",
        Net(before, head: "\n[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]"), Net(after, head: "\n[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]"));

    [Theory]
    [InlineData("[Model, Input(\"N\", 8), Dense(4), Softmax, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]", "[Model, Input(\"N\", 8), Dense(4), Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]")]
    [InlineData("/// <summary>A chain.</summary>\n[Model, Input(\"N\", 8)]\n[Dense(4)]\n[Sigmoid] // probabilities\n[Train(Loss.SigmoidCrossEntropy, Optimizer.Adam)]",
        "/// <summary>A chain.</summary>\n[Model, Input(\"N\", 8)]\n[Dense(4)]\n[Train(Loss.SigmoidCrossEntropy, Optimizer.Adam)]")]
    public Task AChainLosesItToo(string before, string after) => FixTest.ChangesAsync(
        new LossActivationCodeFix(), "RemoveActivation",
        $"using DLCompiler;\n{before}\npublic partial class Net : Sequential;\n", $"using DLCompiler;\n{after}\npublic partial class Net : Sequential;\n");

    [Fact]
    public Task LogitsGetALossForLogits() => FixTest.ChangesAsync(
        new LossActivationCodeFix(), "UseLogits",
        Net("return fc.Forward(x);", head: "\n[Train(Loss.BinaryCrossEntropy, Optimizer.Adam)]"),
        Net("return fc.Forward(x);", head: "\n[Train(Loss.SigmoidCrossEntropy, Optimizer.Adam)]"));

    [Theory]
    [InlineData("x.Relu();\n        return fc.Forward(x);", "x = x.Relu();\n        return fc.Forward(x);")]
    [InlineData("var y = x;\n        // A layer.\n        fc.Forward(y).Relu(); // dropped\n        return y;",
        "var y = x;\n        // A layer.\n        y = fc.Forward(y).Relu(); // dropped\n        return y;")]
    public Task ADroppedResultIsAssigned(string before, string after) =>
        FixTest.ChangesAsync(new DroppedResultCodeFix(), "AssignResult", Net(before), Net(after));

    [Theory]
    [InlineData("return fc.Forward(c.Forward(x));", "return fc.Forward(c.Forward(x).Flatten());")]
    [InlineData("return fc.Forward(c.Forward(x).Relu() /* images */);", "return fc.Forward(c.Forward(x).Relu().Flatten() /* images */);")]
    public Task ImagesAreFlattened(string before, string after)
    {
        static string Text(string body) => Net(body, "\"N\", 4, 8, 8").Replace("    readonly Dense", "    readonly Conv2D c = new(2, 3);\n    readonly Dense");
        return FixTest.ChangesAsync(new FlattenCodeFix(), "Flatten", Text(before), Text(after));
    }

    [Fact]
    public async Task WhatABlockDoesIsLeftToTheBlock() => Assert.Empty(await FixTest.TitlesAsync(
        new FlattenCodeFix(),
        "using DLCompiler; [Block] partial class Part { readonly Dense fc = new(2); public Tensor Forward(Tensor x) => fc.Forward(x); } "
            + "[Model] partial class Net { readonly Part part = new(); public Tensor Forward([Shape(\"N\", 3, 8, 8)] Tensor x) => part.Forward(x); }"));

    [Theory]
    [InlineData("[Model, Input(\"N\", 4, 8, 8), Conv2D(4, 3), Dense(2)]", "[Model, Input(\"N\", 4, 8, 8), Conv2D(4, 3), Flatten, Dense(2)]")]
    [InlineData("[Model, Input(\"N\", 4, 8, 8), Conv2D(4, 3)]\n[Dense(2)] // head", "[Model, Input(\"N\", 4, 8, 8), Conv2D(4, 3)]\n[Flatten, Dense(2)] // head")]
    public Task AChainFlattensThem(string before, string after) => FixTest.ChangesAsync(
        new FlattenCodeFix(), "Flatten",
        $"using DLCompiler;\n{before}\npublic partial class Net : Sequential;\n", $"using DLCompiler;\n{after}\npublic partial class Net : Sequential;\n");

    [Fact]
    public async Task SettingsWithoutEffectGo()
    {
        static string Text(string numbers) => Net("return fc.Forward(x);", head: $"\n[Train(Loss.MeanSquaredError, Optimizer.Sgd{numbers})]");
        using var solution = new FixSolution([("Test.cs", Text(", Beta1 = 0.5f, LearningRate = 0.1f, Beta2 = 0.9f"))]);
        await FixTest.ChangesAllAsync(new UnusedSettingCodeFix(), "RemoveUnusedSetting", FixAllScope.Document, solution, [Text(", LearningRate = 0.1f")]);
    }

    [Theory]
    [InlineData("// A chain.\n[Input(\"N\", 8)]\n[Dense(4)]\npublic partial class Net : Sequential;\n", "// A chain.\n[Model, Input(\"N\", 8)]\n[Dense(4)]\npublic partial class Net : Sequential;\n")]
    [InlineData("/// <summary>Steps.</summary>\npartial class Net { readonly Dense fc = new(4); [Step] Tensor FitLoss([Shape(\"N\", 4)] Tensor x) => fc.Forward(x).Mean(); }\n",
        "/// <summary>Steps.</summary>\n[Model]\npartial class Net { readonly Dense fc = new(4); [Step] Tensor FitLoss([Shape(\"N\", 4)] Tensor x) => fc.Forward(x).Mean(); }\n")]
    public Task AClassWithLayersBecomesAModel(string before, string after) =>
        FixTest.ChangesAsync(new ModelAttributeCodeFix(), "AddModel", "using DLCompiler;\n" + before, "using DLCompiler;\n" + after);
}
