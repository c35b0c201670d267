using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Compiler.Vocabulary;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>LeNet-5: parameters as PyTorch's modules have them, functions, summary.</summary>
public sealed class LeNet5Tests
{
    [Fact]
    public void ParametersAreThoseOfPyTorch()
    {
        ModelGraph model = LeNet5().Right();

        Assert.Equal(
            [
                "conv1.weight [6, 1, 5, 5]", "conv1.bias [6]", "conv2.weight [16, 6, 5, 5]", "conv2.bias [16]", "fc1.weight [120, 400]", "fc1.bias [120]",
                "fc2.weight [84, 120]", "fc2.bias [84]", "fc3.weight [10, 84]", "fc3.bias [10]",
            ],
            model.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));
        Assert.Equal(
            new ParameterSpecification(
                "conv2.weight", model.Parameters[2].Shape, InitializerKind.UniformFanIn, FanIn: 150, FanOut: 400, StorageKind.RowMajor), model.Parameters[2]);
        Assert.Equal(StorageKind.Panels, model.Parameters[4].Storage);
        Assert.Empty(model.States);
    }

    [Fact]
    public void FunctionsHaveInputsOutputsAndUpdates()
    {
        ModelGraph model = LeNet5().Right();

        FunctionGraph predict = model.Function("Predict"), train = model.Function("Train");
        Assert.Equal("[N, 10]", model.OutputShape());
        Assert.Empty(predict.Updates);
        Assert.Null(predict.Optimizer);
        Assert.Equal(["image", "target"], train.Inputs.Select(input => input.Operator.Attributes));
        Assert.Equal("Int32 [N]", train.Inputs[1].Type.ToString());
        Assert.Equal("[]", Assert.Single(train.Outputs).Shape.ToString());
        Assert.Equal(model.Parameters.Select(parameter => parameter.Name), train.Updates);
        Assert.Equal(new OptimizerSpecification("Adam", [new("LearningRate", 0.002)]), train.Optimizer);
    }

    [Fact]
    public void SummaryCountsParametersAndArithmetic()
    {
        ModelSignature signature = LeNet5().Evaluate().Signature;

        Assert.Equal(61_706, signature.ParameterCount);
        Assert.Equal(LossKind.SoftmaxCrossEntropy, signature.Loss);
        Assert.Equal(["conv1", "MaxPool", "conv2", "MaxPool", "Flatten", "fc1", "fc2", "fc3"], signature.Rows.Select(row => row.Layer));
        SummaryRow conv2 = signature.Rows[2], fc1 = signature.Rows[5];

        // 16 × 10 × 10 outputs of 6 × 5 × 5 multiplications and additions each, and the bias.
        Assert.Equal(
            ("Conv2D", "[N, 16, 10, 10]", 2_416, 16 * 100 * ((2 * 150) + 1)), (conv2.Kind, conv2.OutputShape.ToString(), conv2.Parameters, conv2.Flops));
        Assert.Equal((48_120, 120 * ((2 * 400) + 1)), (fc1.Parameters, fc1.Flops));
        Assert.Equal(4 * ((6 * 28 * 28) + (6 * 14 * 14) + (16 * 10 * 10) + (16 * 5 * 5) + 120 + 84 + 10), signature.ActivationBytes);
        Assert.True(signature.Flops > signature.Rows.Sum(row => row.Flops));
    }

    internal static ClassWriter LeNet5()
    {
        var c = new ClassWriter("LeNet5");
        c.Trains("SoftmaxCrossEntropy", "Adam", ("LearningRate", 0.002));
        c.Field("conv1", c.Layer("Conv2D", ("filters", c.Value(6)), ("kernel", c.Value(5)), ("padding", c.Value(2))));
        c.Field("conv2", c.Layer("Conv2D", ("filters", c.Value(16)), ("kernel", c.Value(5))));
        c.Field("fc1", c.Dense(120)).Field("fc2", c.Dense(84)).Field("fc3", c.Dense(10));
        Expression Pool(Expression x) => c.On(c.On(x, "Relu"), "MaxPool", ("size", c.Value(2)));
        return c.Forward(
            c.Tensor("image", "N", 1, 28, 28),
            c.Let("x", Pool(c.Use("conv1", c.Name("image")))),
            c.Set("x", Pool(c.Use("conv2", c.Name("x")))),
            c.Set("x", c.On(c.Use("fc1", c.On(c.Name("x"), "Flatten")), "Relu")),
            c.Return(c.Use("fc3", c.On(c.Use("fc2", c.Name("x")), "Relu"))));
    }
}
