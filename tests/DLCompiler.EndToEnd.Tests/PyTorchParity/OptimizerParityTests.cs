using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Fifty steps with each optimizer give PyTorch's parameters (for Lion and LAMB: those of the papers), to 1e-5.</summary>
public sealed class OptimizerParityTests
{
    private const int Steps = 50, Batch = 8;

    private delegate float Step(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    public static TheoryData<string> Cases => new([.. Figures.Keys]);

    private static Dictionary<string, string> Figures { get; } = new()
    {
        ["Sgd"] = OptimizerFigures.Sgd,
        ["Momentum"] = OptimizerFigures.Momentum,
        ["Nesterov"] = OptimizerFigures.Nesterov,
        ["Adagrad"] = OptimizerFigures.Adagrad,
        ["Adadelta"] = OptimizerFigures.Adadelta,
        ["RmsProp"] = OptimizerFigures.RmsProp,
        ["RmsPropCentered"] = OptimizerFigures.RmsPropCentered,
        ["Adam"] = OptimizerFigures.Adam,
        ["AmsGrad"] = OptimizerFigures.AmsGrad,
        ["AdamW"] = OptimizerFigures.AdamW,
        ["AdamWAmsGrad"] = OptimizerFigures.AdamWAmsGrad,
        ["AdamWExempt"] = OptimizerFigures.AdamWExempt,
        ["Adamax"] = OptimizerFigures.Adamax,
        ["NAdam"] = OptimizerFigures.NAdam,
        ["RAdam"] = OptimizerFigures.RAdam,
        ["Lion"] = OptimizerFigures.Lion,
        ["ClipValue"] = OptimizerFigures.ClipValue,
        ["Penalties"] = OptimizerFigures.Penalties,
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void As_in_PyTorch(string name)
    {
        var model = Create(name);
        using var disposed = model.Model;
        ulong stream = 1;
        foreach (var view in model.Parameters)
            view.CopyFrom(HashedNumbers.Uniform(stream, view.Length, (float)(1 / Math.Sqrt(stream++ < 3 ? 11 : 9))));
        for (ulong step = 0; step < Steps; step++)
            model.Step(HashedNumbers.Uniform(1000 + (step % 2), Batch * 11, 1), HashedNumbers.Uniform(3000 + (step % 2), Batch * 3, 1));

        double[] expected = ReferenceTensor.Numbers(Figures[name]);
        float[] actual = [.. model.Parameters.SelectMany(view => view.ToArray()).Where((_, index) => index % 7 == 0)];
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"{name}, element {7 * i}: {actual[i]:R}, PyTorch's {expected[i]:R}");
    }

    private static (IDisposable Model, ParameterSet Parameters, Step Step) Create(string name)
    {
        switch (name)
        {
            case "Sgd":
                var sgd = new SgdRegressor();
                return (sgd, sgd.Parameters, (input, target) => sgd.StepTrain(input, target));
            case "Momentum":
                var momentum = new MomentumRegressor();
                return (momentum, momentum.Parameters, (input, target) => momentum.StepTrain(input, target));
            case "Nesterov":
                var nesterov = new NesterovRegressor();
                return (nesterov, nesterov.Parameters, (input, target) => nesterov.StepTrain(input, target));
            case "Adagrad":
                var adagrad = new AdagradRegressor();
                return (adagrad, adagrad.Parameters, (input, target) => adagrad.StepTrain(input, target));
            case "Adadelta":
                var adadelta = new AdadeltaRegressor();
                return (adadelta, adadelta.Parameters, (input, target) => adadelta.StepTrain(input, target));
            case "RmsProp":
                var rmsProp = new RmsPropRegressor();
                return (rmsProp, rmsProp.Parameters, (input, target) => rmsProp.StepTrain(input, target));
            case "RmsPropCentered":
                var rmsPropCentered = new RmsPropCenteredRegressor();
                return (rmsPropCentered, rmsPropCentered.Parameters, (input, target) => rmsPropCentered.StepTrain(input, target));
            case "Adam":
                var adam = new AdamRegressor();
                return (adam, adam.Parameters, (input, target) => adam.StepTrain(input, target));
            case "AmsGrad":
                var amsGrad = new AmsGradRegressor();
                return (amsGrad, amsGrad.Parameters, (input, target) => amsGrad.StepTrain(input, target));
            case "AdamW":
                var adamW = new AdamWRegressor();
                return (adamW, adamW.Parameters, (input, target) => adamW.StepTrain(input, target));
            case "AdamWAmsGrad":
                var adamWAmsGrad = new AdamWAmsGradRegressor();
                return (adamWAmsGrad, adamWAmsGrad.Parameters, (input, target) => adamWAmsGrad.StepTrain(input, target));
            case "AdamWExempt":
                var adamWExempt = new AdamWExemptRegressor();
                return (adamWExempt, adamWExempt.Parameters, (input, target) => adamWExempt.StepTrain(input, target));
            case "Adamax":
                var adamax = new AdamaxRegressor();
                return (adamax, adamax.Parameters, (input, target) => adamax.StepTrain(input, target));
            case "NAdam":
                var nAdam = new NAdamRegressor();
                return (nAdam, nAdam.Parameters, (input, target) => nAdam.StepTrain(input, target));
            case "RAdam":
                var rAdam = new RAdamRegressor();
                return (rAdam, rAdam.Parameters, (input, target) => rAdam.StepTrain(input, target));
            case "Lion":
                var lion = new LionRegressor();
                return (lion, lion.Parameters, (input, target) => lion.StepTrain(input, target));
            case "ClipValue":
                var clipValue = new ClipValueRegressor();
                return (clipValue, clipValue.Parameters, (input, target) => clipValue.StepTrain(input, target));
            case "Penalties":
                var penalties = new PenaltiesRegressor();
                return (penalties, penalties.Parameters, (input, target) => penalties.StepTrain(input, target));
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "no case");
        }
    }
}
