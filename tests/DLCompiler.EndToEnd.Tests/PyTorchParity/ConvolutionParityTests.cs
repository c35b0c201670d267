using DLCompiler.Runtime;
using Xunit;
using static DLCompiler.EndToEnd.Tests.PyTorchParity.TrainingComparison;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Networks of convolutions, pools and batch norm train as in PyTorch, at every instruction-set level and with one and two threads.</summary>
public class ConvolutionParityTests
{
    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void LeNet5_with_Adam(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceLeNet5 { Threads = threads };
        var tensors = Start(LeNet5Figures.Tensors, model.Parameters);
        CheckLosses(LeNet5Figures.Losses, step => model.StepTrain(Inputs(step, 28 * 28), Labels(step, 10)));
        CheckTensors(tensors, model.Parameters);
        float[] images = Inputs(1, 28 * 28);
        CheckPredictions(LeNet5Figures.Predictions, model.Predict(images));
#pragma warning disable DLC3002 // The eager reference, on purpose: with the trained model's parameters it predicts the same.
        CheckPredictions(LeNet5Figures.Predictions, model.Forward(Tensor.FromArray(images, Batch, 1, 28, 28)).Span);
#pragma warning restore DLC3002
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Residual_network_with_momentum(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceResidualNet { Threads = threads };
        var tensors = Start(ResidualNetFigures.Tensors, model.Parameters);
        CheckLosses(ResidualNetFigures.Losses, step => model.StepTrain(Inputs(step, 3 * 16 * 16), Labels(step, 5)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(ResidualNetFigures.Predictions, model.Predict(Inputs(1, 3 * 16 * 16)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Depthwise_separable_and_transposed_convolutions_with_Adam(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceMobileNet { Threads = threads };
        var tensors = Start(MobileNetFigures.Tensors, model.Parameters);
        CheckLosses(MobileNetFigures.Losses, step => model.StepTrain(Inputs(step, 3 * 11 * 11), Labels(step, 5)));

        // Adam's first step divides each gradient by its own size: one of nearly zero becomes a step of the learning rate, and so does its rounding.
        CheckTensors(tensors, model.Parameters, elementTolerance: 1e-4);
        CheckPredictions(MobileNetFigures.Predictions, model.Predict(Inputs(1, 3 * 11 * 11)));
    }
}
