using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Fifty steps with each optimizer give PyTorch's parameters (for Lion and LAMB: those of the papers), to 1e-5.</summary>
public sealed class OptimizerParityTests
{
    private const int Steps = 50;

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
        ["Lamb"] = OptimizerFigures.Lamb,
        ["ClipNorm"] = OptimizerFigures.ClipNorm,
        ["ClipGlobalNorm"] = OptimizerFigures.ClipGlobalNorm,
        ["MaxNorm"] = OptimizerFigures.MaxNorm,
        ["Accumulated"] = OptimizerFigures.Accumulated,
        ["Averaged"] = OptimizerFigures.Averaged,
        ["Groups"] = OptimizerFigures.Groups,
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void As_in_PyTorch(string name)
    {
        using var subject = OptimizerSubject.Create(name);
        ulong stream = 1;
        foreach (var view in subject.Parameters)
            view.CopyFrom(HashedNumbers.Uniform(stream, view.Length, (float)(1 / Math.Sqrt(stream++ < 3 ? 11 : 9))));
        for (int step = 0; step < Steps; step++) subject.Take(step);

        if (name == "Averaged") ((Regressors)subject.Model).SwapAverages();
        double[] expected = ReferenceTensor.Numbers(Figures[name]);
        float[] actual = [.. subject.Parameters.SelectMany(view => view.ToArray()).Where((_, index) => index % 7 == 0)];
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"{name}, element {7 * i}: {actual[i]:R}, PyTorch's {expected[i]:R}");
    }
}
