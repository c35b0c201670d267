using DLCompiler.Runtime;
using Xunit;
using static DLCompiler.EndToEnd.Tests.PyTorchParity.TrainingComparison;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Transformers train as in PyTorch, at every instruction-set level and with one and two threads.</summary>
public class TransformerParityTests
{
    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Encoder_layer(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceEncoder { Threads = threads };
        var tensors = Start(EncoderFigures.Tensors, model.Parameters);
        CheckLosses(EncoderFigures.Losses, step => model.StepTrain(Inputs(step, 84), Labels(step, 5)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(EncoderFigures.Predictions, model.Predict(Inputs(1, 84)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Decoder_layer(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceDecoder { Threads = threads };
        var tensors = Start(DecoderFigures.Tensors, model.Parameters);
        CheckLosses(DecoderFigures.Losses, step => model.StepTrain(Inputs(step, 80), Labels(step, 5)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(DecoderFigures.Predictions, model.Predict(Inputs(1, 80)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Gpt_of_two_layers(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceGpt { Threads = threads };
        var tensors = Start(SmallGptFigures.Tensors, model.Parameters);
        CheckLosses(SmallGptFigures.Losses, step => model.StepTrain(Tokens(1000, step), Tokens(2000, step)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(SmallGptFigures.Predictions, model.Predict(Tokens(1000, 1)));
    }

    private static int[] Tokens(ulong stream, int step) => HashedNumbers.Below(stream + ((ulong)step % 2), Batch * 8, 13);
}
