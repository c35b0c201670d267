using System;
using DLCompiler.Data;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>A model of <c>OptimizerModels</c> as tests of all of them see it.</summary>
internal sealed record OptimizerSubject(
    IDisposable Model, ParameterSet Parameters, OptimizerSubject.StepMethod Step, Func<DataSet, FitOptions?, TrainingHistory>? Fit, Action<string> Save,
    Action<string> Load)
    : IDisposable
{
    public delegate float StepMethod(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>Samples in a step.</summary>
    public const int Batch = 8;

    public void Dispose() => Model.Dispose();

    /// <summary>One of the steps of optimizers.py, which alternate between two batches.</summary>
    public float Take(int step) =>
        Step(HashedNumbers.Uniform(1000 + (ulong)(step % 2), Batch * 11, 1), HashedNumbers.Uniform(3000 + (ulong)(step % 2), Batch * 3, 1));

    public static OptimizerSubject Create(string name, int threads = 1)
    {
        switch (name)
        {
            case "Momentum":
                var momentum = new MomentumRegressor { Threads = threads };
                return new OptimizerSubject(momentum, momentum.Parameters, (x, y) => momentum.StepTrain(x, y), momentum.Fit, momentum.SaveTrainingState, momentum.LoadTrainingState);
            case "NAdam":
                var nAdam = new NAdamRegressor { Threads = threads };
                return new OptimizerSubject(nAdam, nAdam.Parameters, (x, y) => nAdam.StepTrain(x, y), nAdam.Fit, nAdam.SaveTrainingState, nAdam.LoadTrainingState);
            case "ClipGlobalNorm":
                var clipGlobalNorm = new ClipGlobalNormRegressor { Threads = threads };
                return new OptimizerSubject(clipGlobalNorm, clipGlobalNorm.Parameters, (x, y) => clipGlobalNorm.StepTrain(x, y), clipGlobalNorm.Fit, clipGlobalNorm.SaveTrainingState, clipGlobalNorm.LoadTrainingState);
            case "Accumulated":
                var accumulated = new AccumulatedRegressor { Threads = threads };
                return new OptimizerSubject(accumulated, accumulated.Parameters, (x, y) => accumulated.StepTrain(x, y), accumulated.Fit, accumulated.SaveTrainingState, accumulated.LoadTrainingState);
            case "Groups":
                var groups = new GroupsRegressor { Threads = threads };
                return new OptimizerSubject(groups, groups.Parameters, (x, y) => groups.StepTrain(x, y), groups.Fit, groups.SaveTrainingState, groups.LoadTrainingState);
        }

        var model = new Regressors { Threads = threads };
        StepMethod step = name switch
        {
            "Sgd" => (x, y) => model.StepSgd(x, y),
            "Nesterov" => (x, y) => model.StepNesterov(x, y),
            "Adagrad" => (x, y) => model.StepAdagrad(x, y),
            "Adadelta" => (x, y) => model.StepAdadelta(x, y),
            "RmsProp" => (x, y) => model.StepRmsProp(x, y),
            "RmsPropCentered" => (x, y) => model.StepRmsPropCentered(x, y),
            "Adam" => (x, y) => model.StepAdam(x, y),
            "AmsGrad" => (x, y) => model.StepAmsGrad(x, y),
            "AdamW" => (x, y) => model.StepAdamW(x, y),
            "AdamWAmsGrad" => (x, y) => model.StepAdamWAmsGrad(x, y),
            "AdamWExempt" => (x, y) => model.StepAdamWExempt(x, y),
            "Adamax" => (x, y) => model.StepAdamax(x, y),
            "RAdam" => (x, y) => model.StepRAdam(x, y),
            "Lion" => (x, y) => model.StepLion(x, y),
            "ClipValue" => (x, y) => model.StepClipValue(x, y),
            "Penalties" => (x, y) => model.StepPenalties(x, y),
            "Lamb" => (x, y) => model.StepLamb(x, y),
            "ClipNorm" => (x, y) => model.StepClipNorm(x, y),
            "MaxNorm" => (x, y) => model.StepMaxNorm(x, y),
            "Averaged" => (x, y) => model.StepAveraged(x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no step"),
        };
        return new OptimizerSubject(model, model.Parameters, step, null, model.SaveTrainingState, model.LoadTrainingState);
    }
}
