using DLCompiler.Runtime;
using Xunit;
using static DLCompiler.EndToEnd.Tests.PyTorchParity.TrainingComparison;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Networks of dense layers train as in PyTorch, at every instruction-set level and with one and two threads.</summary>
public class DenseParityTests
{
    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Chain_with_AdamW(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceClassifier { Threads = threads };
        var tensors = Start(ClassifierFigures.Tensors, model.Parameters);
        CheckLosses(ClassifierFigures.Losses, step => model.StepTrain(Inputs(step, 17), Labels(step, 5)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(ClassifierFigures.Predictions, model.Predict(Inputs(1, 17)));
    }

    [Theory]
    [MemberData(nameof(Machines), MemberType = typeof(TrainingComparison))]
    public void Regression_with_Nesterov_momentum(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceRegressor { Threads = threads };
        var tensors = Start(RegressorFigures.Tensors, model.Parameters);
        CheckLosses(RegressorFigures.Losses, step => model.StepTrain(Inputs(step, 11), HashedNumbers.Uniform(3000 + (ulong)step % 2, Batch * 3, 1)));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(RegressorFigures.Predictions, model.Predict(Inputs(1, 11)));
    }
}
