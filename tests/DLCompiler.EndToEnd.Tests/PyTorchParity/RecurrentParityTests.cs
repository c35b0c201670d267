using System;
using System.Linq;
using DLCompiler.Runtime;
using Xunit;
using static DLCompiler.EndToEnd.Tests.PyTorchParity.TrainingComparison;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Recurrent networks train as in PyTorch, at every instruction-set level and with one and two threads.</summary>
public class RecurrentParityTests
{
    private const int Steps = 7, Sample = Steps * 5;

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Plain_network_of_two_layers(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceSimpleRnn { Threads = threads };
        var tensors = Start(SimpleRnnNetFigures.Tensors, model.Parameters);
        CheckLosses(SimpleRnnNetFigures.Losses, step => model.StepTrain(Inputs(step, Sample), Labels(step, 4)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(SimpleRnnNetFigures.Predictions, model.Predict(Inputs(1, Sample)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Lstm(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceLstm { Threads = threads };
        var tensors = Start(LstmNetFigures.Tensors, model.Parameters);
        CheckLosses(LstmNetFigures.Losses, step => model.StepTrain(Inputs(step, Sample), Labels(step, 4)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(LstmNetFigures.Predictions, model.Predict(Inputs(1, Sample)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Gru_over_a_length_that_calls_give(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceGru { Threads = threads };
        var tensors = Start(GruNetFigures.Tensors, model.Parameters);
        CheckLosses(GruNetFigures.Losses, step => model.StepTrain(Inputs(step, Sample), Labels(step, 4), t: Steps));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(GruNetFigures.Predictions, model.Predict(Inputs(1, Sample), t: Steps));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Two_bidirectional_lstm_layers_with_lengths(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceBidirectional { Threads = threads };
        var tensors = Start(BidirectionalNetFigures.Tensors, model.Parameters);
        CheckLosses(BidirectionalNetFigures.Losses, step => model.StepTrain(Inputs(step, Sample), Lengths(step), Labels(step, 4)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(BidirectionalNetFigures.Predictions, model.Predict(Inputs(1, Sample), Lengths(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(-1)]
    public void A_length_outside_the_padded_sequence_is_refused(int length)
    {
        using var model = new ReferenceBidirectional();
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(Inputs(0, Sample), [.. Enumerable.Repeat(7, 7), length]));
        Assert.StartsWith("the length of sample 7 must be from 1 to 7, the padded length. Leave empty samples out.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(("lengths", length), (exception.ParamName, exception.ActualValue));
    }

    private static int[] Lengths(int step) => Array.ConvertAll(HashedNumbers.Below(4000 + ((ulong)step % 2), Batch, Steps), number => number + 1);
}
