using System;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>Every diagnostic about shapes: its id, its message, the expression it stands on.</summary>
public sealed class ShapeDiagnosticTests
{
    // One operation on an input; the expression that is expected to be marked is marked "here".
    private static void Expect(object[] input, Func<ClassWriter, Expression, Expression> operation, string id, string message)
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x", input), c.Return(operation(c, c.Name("x"))));
        c.Evaluate().HasOne(id, c["here"], message);
    }

    // A layer on an input; the argument that is expected to be marked is marked "here".
    private static void ExpectInLayer(object[] input, Func<ClassWriter, Expression> layer, string id, string message)
    {
        var c = new ClassWriter("Net");
        c.Field("layer", layer(c));
        c.Forward(c.Tensor("x", input), c.Return(c.Mark("use", c.Use("layer", c.Name("x")))));
        CompilerDiagnostic diagnostic = c.Evaluate().HasOne(id, c["here"], message);
        Assert.All(diagnostic.Additional, site => Assert.Equal(c["use"], site));
    }

    [Fact]
    public void ReturnedShape()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(16));
        c.Method("Forward", [c.Tensor("x", "N", 4)], [c.Return(c.Use("fc", c.Name("x")))], c.Shape("N", 10));
        c.Evaluate().HasOne("DLC1001", c["return"],
            "Forward declares [N, 10] but returns [N, 16]: dimension 1 is 16 instead of 10. Declare [return: Shape(\"N\", 16)], or change the layer that "
            + "gives it");
    }

    [Fact]
    public void StepsReturnScalars()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(3));
        c.Step("FitLoss", [c.Tensor("x", "N", 4)], [c.Return(c.Use("fc", c.Name("x")))]);
        c.Evaluate().HasOne("DLC1001", c["return"], "FitLoss is a step and returns [N, 3]; a step returns its loss, a scalar: take the Mean()");
    }

    [Fact]
    public void DeclaredInputsOfDense()
    {
        var c = new ClassWriter("Net");
        c.Field("fc1", c.Layer("Dense", ("units", c.Value(120)), ("input", c.Mark("here", c.Value(256)))));
        c.Forward(c.Tensor("x", "N", 16, 5, 5), c.Return(c.Mark("use", c.Use("fc1", c.On(c.Name("x"), "Flatten")))));
        CompilerDiagnostic diagnostic = c.Evaluate().HasOne(
            "DLC1002", c["here"], "'fc1' is declared with 256 inputs but receives 400 ([N, 16, 5, 5] flattened). Use 400, or omit it");
        Assert.Equal([c["use"]], diagnostic.Additional);
    }

    [Fact]
    public void DeclaredChannelsOfConvolution() => ExpectInLayer(
        ["N", 1, 9, 9],
        c => c.Layer("Conv2D", ("filters", c.Value(4)), ("kernel", c.Value(3)), ("input", c.Mark("here", c.Value(3)))),
        "DLC1002",
        "'layer' is declared with 3 input channels but receives 1 ([N, 1, 9, 9]). Use 1, or omit it");

    [Fact]
    public void DeclaredFeaturesOfNormalisation() => ExpectInLayer(
        ["N", 64],
        c => c.Layer("BatchNorm", ("features", c.Mark("here", c.Value(32)))),
        "DLC1002",
        "'layer' is declared with 32 features but receives 64 ([N, 64]). Use 64, or omit it");

    [Fact]
    public void ConvolutionsTakeImages()
    {
        var c = new ClassWriter("Net");
        c.Field("conv", c.Layer("Conv2D", ("filters", c.Value(4)), ("kernel", c.Value(3))));
        c.Forward(c.Tensor("x", "N", 784), c.Return(c.Use("conv", c.Mark("here", c.Name("x")))));
        c.Evaluate().HasOne("DLC1003", c["here"],
            "'conv' expects images [N, channels, height, width] but receives [N, 784]; use Reshape(x.Shape[0], 1, 28, 28) before");
    }

    [Fact]
    public void PoolsTakeImages() => Expect(
        ["N", 784], (c, x) =>
            c.On(
                c.Mark("here", x),
                "AvgPool",
                ("size", c.Value(2))), "DLC1003",
                    "AvgPool expects images [N, channels, height, width] but receives [N, 784]; use Reshape(x.Shape[0], 1, 28, 28) before");

    [Fact]
    public void FeaturesAreKnownAtCompileTime()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(3));
        c.Forward(c.Tensor("x", "N", 3), c.Return(c.Use("fc", c.Mark("here", c.On(c.Name("x"), "Transpose", ("axis1", c.Value(0)), ("axis2", c.Value(1)))))));
        c.Evaluate().HasOne("DLC1003", c["here"],
            "'fc' needs dimension 1 of [3, N] at compile time, but it is N, which is known at run time only; give it a constant size, or move it to "
            + "another dimension by Transpose");
    }

    [Theory]
    [InlineData("Addition", "can't add [N, 128, 56, 56] and [N, 64, 56, 56]")]
    [InlineData("Subtraction", "can't subtract [N, 64, 56, 56] from [N, 128, 56, 56]")]
    [InlineData("Multiply", "can't multiply [N, 128, 56, 56] and [N, 64, 56, 56]")]
    [InlineData("Division", "can't divide [N, 128, 56, 56] by [N, 64, 56, 56]")]
    public void OperandsBroadcast(string method, string start) => Expect(
        ["N", 128, 56, 56],
        (c, x) => c.Mark("here", c.Operator(method, x, c.On(x, "Slice", ("axis", c.Value(1)), ("start", c.Value(0)), ("length", c.Value(64))))),
        "DLC1004",
        start + ": dimension 1 is 128 on the left and 64 on the right. Project the left one with a Conv2D(64, kernel: 1)");

    [Fact]
    public void OperandsOfDifferentRankAreAlignedAtTheEnd() => Expect(
        ["N", 3, 4],
        (c, x) => c.Mark("here", c.On(x, "Maximum", ("other", c.On(x, "Mean", ("axis", c.Value(2)))))),
        "DLC1004",
            "can't take the maximum of [N, 3, 4] and [N, 3]: dimension 2 on the left is 4 and dimension 1 on the right is 3. Reshape [N, 3] to [N, 3, "
            + "1], or reduce with keepDimensions: true");

    [Fact]
    public void InputsHaveShapes()
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x"), c.Return(c.Name("x")));
        c.Evaluate().HasOne("DLC1005", c["x"], "'x' of Forward needs its shape: write [Shape(\"N\", …)] before it, the batch first");
    }

    [Theory]
    [InlineData("the first size of 'x' is the batch, which is known at run time only: name it, as in [Shape(\"N\", …)]", 3, 4)]
    [InlineData("'T' would be known at run time only, as the batch alone may be; write a number", "N", "T")]
    [InlineData("'2N' is not a size; write a positive number, or a name such as \"N\" for the batch", "N", "2N")]
    [InlineData("'-1' is not a size; write a positive number, or a name such as \"N\" for the batch", "N", -1)]
    [InlineData("'x' has more elements than an array can hold", "N", 100_000, 100_000)]
    public void ShapesAreValid(string message, params object[] sizes)
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x", sizes), c.Return(c.Name("x")));
        c.Evaluate().HasOne("DLC1005", c["shape"], message);
    }

    [Fact]
    public void InputsShareTheBatch()
    {
        var c = new ClassWriter("Net");
        c.Method("Forward", [c.Tensor("a", "N", 3), c.Tensor("b", "M", 3)], [c.Return(c.Name("a"))]);
        c.Evaluate().HasOne("DLC1005", c["shape"], "the batch of 'b' is M, that of the first input N; all inputs of a method share one");
    }

    [Fact]
    public void GroupsDivideFilters() => ExpectInLayer(
        ["N", 4, 9, 9],
        c => c.Layer("Conv2D", ("filters", c.Value(6)), ("kernel", c.Value(3)), ("groups", c.Mark("here", c.Value(4)))),
        "DLC1010",
        "4 groups do not divide 6 filters; use 1, 2, 3 or 6");

    [Fact]
    public void GroupsDivideChannels() => ExpectInLayer(
        ["N", 4, 9, 9],
        c => c.Layer("Conv2D", ("filters", c.Value(6)), ("kernel", c.Value(3)), ("groups", c.Mark("here", c.Value(3)))),
        "DLC1010",
        "3 groups do not divide 4 input channels ([N, 4, 9, 9]); use 1 or 2");

    [Theory]
    [InlineData("Dense", "units", 0, "units is 0; it must be at least 1")]
    [InlineData("Conv2D", "filters", -3, "filters is -3; it must be at least 1")]
    [InlineData("Embedding", "count", 0, "count is 0; it must be at least 1")]
    [InlineData("Dropout", "rate", 1f, "rate is 1; it must be at least 0 and less than 1, the share of elements that are dropped")]
    [InlineData("BatchNorm", "momentum", 2f, "momentum is 2; it must be between 0 and 1")]
    [InlineData("BatchNorm", "epsilon", 0f, "epsilon is 0; it must be positive, such as 1e-5f")]
    public void ArgumentsOfLayersAreInRange(string layer, string argument, object value, string message) =>
        ExpectInLayer(["N", 4], c => c.Layer(layer, (argument, c.Mark("here", c.Value(value)))), "DLC1011", message);

    [Theory]
    [InlineData("Sum", "axis 2 is outside [N, 4], which has 2 axes; use 0 or 1, or -1 for the last", 2)]
    [InlineData("Softmax", "axis -3 is outside [N, 4], which has 2 axes; use 0 or 1, or -1 for the last", -3)]
    public void AxesExist(string method, string message, int axis) =>
        Expect(["N", 4], (c, x) => c.On(x, method, ("axis", c.Mark("here", c.Value(axis)))), "DLC1011", message);

    [Fact]
    public void PermutationsNameEachAxisOnce() => Expect(
        ["N", 4, 5],
        (c, x) => c.On(x, "Permute", ("axes", c.Mark("here", c.Array(c.Value(0), c.Value(1), c.Value(1))))),
        "DLC1011",
        "the axes of a Permute of [N, 4, 5] are each of its 3 axes once, but are [0, 1, 1]");

    [Fact]
    public void SlicesStayInside() => Expect(
        ["N", 4],
        (c, x) => c.On(x, "Slice", ("axis", c.Value(1)), ("start", c.Value(3)), ("length", c.Mark("here", c.Value(2)))),
        "DLC1011",
        "2 elements from 3 do not fit dimension 1 of [N, 4], which is 4; use a length of at most 1");

    [Fact]
    public void PaddingOfPoolsIsAtMostHalfAWindow() => Expect(
        ["N", 1, 4, 4],
        (c, x) => c.On(x, "MaxPool", ("size", c.Value(2)), ("padding", c.Mark("here", c.Value(2)))),
        "DLC1011",
        "padding is 2; it can be at most half the window's size 2: use at most 1");

    [Fact]
    public void KernelsFit() => ExpectInLayer(
        ["N", 3, 5, 5], c =>
            c.Layer("Conv2D", ("filters", c.Value(4)), ("kernel", c.Mark("here", c.Value(7)))), "DLC1012",
                "kernel 7 does not fit the padded input 5×5 of [N, 3, 5, 5]. Use at most 5, or padding: 1");

    [Fact]
    public void DilatedKernelsFit() => ExpectInLayer(
        ["N", 3, 4, 6],
        c => c.Layer("Conv2D", ("filters", c.Value(4)), ("kernel", c.Mark("here", c.Value(3))), ("padding", c.Value(1)), ("dilation", c.Value(4))),
        "DLC1012",
        "kernel 3 with dilation 4 (9 wide) does not fit the padded input 6×8 of [N, 3, 4, 6]. Use at most 2, or padding: 3");

    [Fact]
    public void WindowsFit() => Expect(
        ["N", 3, 2, 2], (c, x) => c.On(x, "MaxPool", ("size", c.Mark("here", c.Value(3)))), "DLC1012",
            "window 3 does not fit the padded input 2×2 of [N, 3, 2, 2]. Use at most 2, or padding: 1");

    [Fact]
    public void ReshapesKeepTheCount() => Expect(
        ["N", 4, 6],
        (c, x) => c.Mark("here", c.On(x, "Reshape", ("sizes", c.Array(c.Size(x, 0), c.Value(25))))),
        "DLC1013",
        "can't reshape [N, 4, 6] to [N, 25]: 24*N elements on the left and 25*N on the right. Use 24 instead of 25, or -1 to infer it");

    [Fact]
    public void InferredSizesComeOutEven() => Expect(
        ["N", 4, 6],
        (c, x) => c.Mark("here", c.On(x, "Reshape", ("sizes", c.Array(c.Value(-1), c.Value(7))))),
        "DLC1013",
        "can't reshape [N, 4, 6] to [-1, 7]: 24*N elements do not divide by 7. Use 24 instead of 7");

    [Fact]
    public void ConcatenatedTensorsAgreeOutsideTheAxis() => Expect(
        ["N", 4, 6],
        (c, x) =>
            c.Static(
                "DLCompiler.Tensor",
                "Concat",
                ("axis", c.Value(1)),
                ("tensors", c.Array(x, c.Mark("here", c.On(x, "Transpose", ("axis1", c.Value(1)), ("axis2", c.Value(2))))))),
        "DLC1014",
        "can't concatenate [N, 4, 6] and [N, 6, 4] along axis 1: dimension 2 is 6 in the first and 4 here. All dimensions but 1 must be equal");

    [Fact]
    public void InnerSizesOfProductsAgree() => Expect(
        ["N", 4, 6],
        (c, x) => c.Mark("here", c.On(x, "MatMul", ("other", x))),
        "DLC1015",
            "can't multiply matrices [N, 4, 6] and [N, 4, 6]: dimension 2 on the left is 6 (columns) and dimension 1 on the right is 4 (rows). "
            + "Transpose the right one: Transpose(1, 2)");

    [Fact]
    public void LabelsFitLogits()
    {
        var c = new ClassWriter("Net");
        c.Step(
            "FitLoss",
            [c.Tensor("x", "N", 4), c.Ids("y", "N", 1)],
            [c.Return(c.On(c.Name("x"), "SoftmaxCrossEntropy", ("labels", c.Mark("here", c.Name("y")))))]);
        c.Evaluate().HasOne("DLC1016", c["here"], "SoftmaxCrossEntropy of [N, 4] expects labels [N] but receives [N, 1]; Reshape it to [N]");
    }

    [Fact]
    public void TargetsFitPredictions()
    {
        var c = new ClassWriter("Net");
        c.Step(
            "FitLoss", [c.Tensor("x", "N", 4), c.Tensor("y", "N")], [c.Return(c.On(c.Name("x"), "MeanSquaredError", ("target", c.Mark("here", c.Name("y")))))]);
        c.Evaluate().HasOne("DLC1016", c["here"], "MeanSquaredError of [N, 4] expects target [N, 4] but receives [N], which has 1 axis; declare it as [N, 4]");
    }

    [Fact]
    public void TrainedResultsSuitTheLoss()
    {
        var c = new ClassWriter("Net").Trains("SoftmaxCrossEntropy", "Sgd");
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.On(c.Name("x"), "Sum", ("axis", c.Value(1)))));
        c.Evaluate().HasOne("DLC1016", c["train"], "SoftmaxCrossEntropy expects logits [N, classes] but receives [N]; end with a Dense of one unit per class");
    }

    [Fact]
    public void TiedLayersGetInputsOfOneSize()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(3));
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Mark("second", c.Use("fc", c.Mark("first", c.Use("fc", c.Name("x")))))));
        CompilerDiagnostic diagnostic = c.Evaluate().HasOne(
            "DLC1018",
            c["second"],
            "'fc' receives 3 inputs here ([N, 3]) and 4 at its first use ([N, 4]): a layer that is used twice shares its weights. Give both the same size, or use two layers");
        Assert.Equal([c["first"]], diagnostic.Additional);
    }

    [Fact]
    public void UnusedFieldsAreWarnedOf()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(3)).Field("fc9", c.Dense(3));
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Use("fc", c.Name("x"))));
        c.Evaluate().HasOne("DLC3001", c["fc9"], "'fc9' is never used by Forward");
    }

    [Fact]
    public void MistakesInBlocksStandWhereTheBlockIsCreated()
    {
        ClassWriter block = ResNetTests.Block();
        var c = new ClassWriter("Net");
        c.Field("first", c.New("App.ResidualBlock", ("channels", c.Value(3)), ("stride", c.Value(1))));
        c.Field("second", c.Mark("here", c.New("App.ResidualBlock", ("channels", c.Value(8)), ("stride", c.Value(0)))));
        c.Forward(c.Tensor("x", "N", 3, 8, 8), c.Return(c.Use("second", c.Use("first", c.Name("x"), "App.ResidualBlock"), "App.ResidualBlock")));

        // Two of the block's convolutions take the wrong stride: one mistake.
        CompilerDiagnostic diagnostic = c.Evaluate(block).HasOne("DLC1011", c["here"], "stride is 0; it must be at least 1");
        Assert.Equal("App.ResidualBlock", Assert.Single(diagnostic.Additional).ClassMetadataName);
    }

    [Fact]
    public void MistakesInBlocksOfBlocksNameTheWholeWay()
    {
        var inner = new ClassWriter("Inner", ClassKind.Block).HyperParameter("units");
        inner.Field("fc", inner.Layer("Dense", ("units", inner.Name("units"))));
        inner.Forward(inner.Tensor("x"), inner.Return(inner.Mark("add", inner.Operator("Addition", inner.Name("x"), inner.Use("fc", inner.Name("x"))))));
        var outer = new ClassWriter("Outer", ClassKind.Block).HyperParameter("units");
        outer.Field("inner", outer.Mark("new", outer.New("App.Inner", ("units", outer.Name("units")))));
        outer.Forward(outer.Tensor("x", "N", 4), outer.Return(outer.Use("inner", outer.Name("x"), "App.Inner")));
        var c = new ClassWriter("Net");
        c.DerivesFrom("Outer", ("units", c.Value(5)));

        CompilerDiagnostic diagnostic = c.Evaluate(outer, inner).HasOne(
            "DLC1004", c["base"], "can't add [N, 4] and [N, 5]: dimension 1 is 4 on the left and 5 on the right. Project the left one with a Dense(5)");
        Assert.Equal([inner["add"], outer["new"]], diagnostic.Additional);
    }

    [Fact]
    public void OneMistakeGivesOneMessage()
    {
        var c = new ClassWriter("Net").Trains("SoftmaxCrossEntropy", "Sgd");
        c.Field("fc", c.Dense(3)).Field("fc9", c.Dense(3));
        Expression wrong = c.Mark("here", c.Operator("Addition", c.Name("x"), c.Use("fc", c.Name("x"))));
        c.Method(
            "Forward",
            [c.Tensor("x", "N", 4)],
            [c.Let("y", wrong), c.Set("y", c.On(c.On(c.Name("y"), "Relu"), "MatMul", ("other", c.Name("y")))), c.Return(c.Use("fc", c.Name("y")))],
            c.Shape("N", 99));
        c.Evaluate().HasOne("DLC1004", c["here"],
            "can't add [N, 4] and [N, 3]: dimension 1 is 4 on the left and 3 on the right. Project the left one with a Dense(3)");
    }

    [Fact]
    public void SignatureIsCompleteForAWrongModel()
    {
        var c = new ClassWriter("Net").Trains("SoftmaxCrossEntropy", "Sgd");
        c.Method(
            "Forward",
            [c.Tensor("x", "N", 4)],
            [c.Return(c.Operator("Addition", c.Name("x"), c.On(c.Name("x"), "Reshape", ("sizes", c.Array(c.Value(7))))))],
            c.Shape("N", 10));
        var signature = c.Evaluate().Signature;
        Assert.Equal(["Predict", "Train"], signature.Functions.Select(function => function.Name));
        Assert.Equal("[N, 10]", signature.Functions[0].Outputs[0].Shape.ToString());
        Assert.Equal(["x [N, 4]", "target [N]"], signature.Functions[1].Inputs.Select(input => $"{input.Name} {input.Shape}"));
    }
}
