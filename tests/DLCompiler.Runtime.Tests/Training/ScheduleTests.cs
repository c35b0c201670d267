using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>The rates are those that torch.optim.lr_scheduler (PyTorch 1.13) gives an optimizer with learning rate 0.5, at steps 0, 7, 14, …, 49 and 49.</summary>
public sealed class ScheduleTests
{
    private static readonly Dictionary<string, (Schedule Schedule, double[] Rates)> Cases = new()
    {
        // StepLR(3, 0.1)
        ["Step"] = (Schedule.Step(0.5, 3), [0.5, 0.005, 5e-05, 5e-08, 5e-10, 5e-12, 5e-15, 5e-17, 5e-17]),

        // MultiStepLR([4, 9, 30], 0.3)
        ["MultiStep"] = (Schedule.MultiStep(0.5, 0.3, 4, 9, 30), [0.5, 0.15, 0.045, 0.045, 0.045, 0.0135, 0.0135, 0.0135, 0.0135]),

        // ExponentialLR(0.95)
        ["Exponential"] = (Schedule.Exponential(0.5, 0.95),
            [0.5, 0.349168648047, 0.243837489558, 0.170280813144, 0.118913442628, 0.0830416919938, 0.05799111065, 0.0404973554088, 0.0404973554088]),

        // PolynomialLR(40, 2), of later versions
        ["Polynomial"] = (Schedule.Polynomial(0.5, 40, 2), [0.5, 0.3403125, 0.21125, 0.1128125, 0.045, 0.0078125, 0, 0, 0]),

        // LinearLR(0.2, 1, 20)
        ["Linear"] = (Schedule.Linear(0.1, 0.5, 20), [0.1, 0.24, 0.38, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),

        // CosineAnnealingLR(49, 0.01)
        ["Cosine"] = (Schedule.Cosine(0.5, 49, 0.01),
            [0.5, 0.475737372636, 0.407755001455, 0.309517628819, 0.200482371181, 0.102244998545, 0.0342626273639, 0.01, 0.01]),

        // CosineAnnealingWarmRestarts(10, eta_min = 0.05) and (7, 2)
        ["CosineRestarts"] = (Schedule.CosineRestarts(0.5, 10, end: 0.05),
            [0.5, 0.142748318234, 0.344528823734, 0.488987716166, 0.0929711762656, 0.275, 0.457028823734, 0.0610122838336, 0.0610122838336]),
        ["CosineRestartsGrowing"] = (Schedule.CosineRestarts(0.5, 7, 2), [0.5, 0.5, 0.25, 0.5, 0.426776695297, 0.25, 0.0732233047034, 0.5, 0.5]),

        // OneCycleLR(0.5, total_steps = 51), and with pct_start = 0.4, anneal_strategy = "linear", div_factor = 10, final_div_factor = 100
        ["OneCycle"] = (Schedule.OneCycle(0.5, 51),
            [0.02, 0.252092526787, 0.499478932228, 0.457791149747, 0.339284471468, 0.187956637726, 0.0594366946975, 0.000969367087725, 0.000969367087725]),
        ["OneCycleLinear"] = (Schedule.OneCycle(0.5, 51, 0.4, 10, 100, linear: true),
            [0.05, 0.212371134021, 0.374742268041, 0.473882352941, 0.359617647059, 0.245352941176, 0.131088235294, 0.0168235294118, 0.0168235294118]),

        // SequentialLR([LinearLR(0.1, 1, 8), CosineAnnealingLR(42)], [8])
        ["WarmUp"] = (Schedule.Cosine(0.5, 42).WarmUp(8, 0.1),
            [0.05, 0.44375, 0.475242216976, 0.390830014516, 0.268682523397, 0.141529065221, 0.043440306421, 0.000699050704705, 0.000699050704705]),

        // SequentialLR([ConstantLR(0.5), ExponentialLR(0.9)], [12])
        ["Then"] = (Schedule.Constant(0.25).Then(12, Schedule.Exponential(0.5, 0.9)),
            [0.25, 0.25, 0.405, 0.1937102445, 0.0926510094426, 0.0443146905983, 0.0211955791376, 0.0101377797952, 0.0101377797952]),

        // ChainedScheduler([LinearLR(0.1, 1, 8), ExponentialLR(0.95)])
        ["Times"] = (Schedule.Exponential(0.5, 0.95).Times(Schedule.Linear(0.1, 1, 8)),
            [0.05, 0.309887175142, 0.243837489558, 0.170280813144, 0.118913442628, 0.0830416919938, 0.05799111065, 0.0404973554088, 0.0404973554088]),

        // StepLR(3, 0.1), stepped once every four steps
        ["PerEpoch"] = (Schedule.Step(0.5, 3).PerEpoch(4), [0.5, 0.5, 0.05, 0.05, 0.005, 0.005, 5e-4, 5e-5, 5e-5]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_in_PyTorch(string name)
    {
        var (schedule, rates) = Cases[name];
        for (int i = 0; i < rates.Length; i++) Assert.Equal(rates[i], schedule.At(Math.Min(7 * i, 49)), Math.Max(1e-11 * rates[i], 1e-13));
    }

    [Fact]
    public void Rates_allocate_nothing()
    {
        Func<long, double> rate = Schedule.Cosine(1, 100).WarmUp(10).Times(Schedule.MultiStep(1, 0.1, 50, 70)).PerEpoch(2);
        double sum = rate(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++) sum += rate(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Cosine(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.OneCycle(1, 100, rise: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.CosineRestarts(1, 10, growth: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Polynomial(1, 10, power: 0));
        Assert.Throws<ArgumentException>(() => Schedule.MultiStep(1, 0.1, 5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant(1).WarmUp(0));
    }

    [Fact]
    public void A_plateau_is_that_of_PyTorch()
    {
        // ReduceLROnPlateau("min", 0.5, 2, threshold = 0.01, cooldown = 1, min_lr = 0.004) for learning rate 0.1.
        double[] losses =
            [1, 0.9, 0.895, 0.893, 0.8929, 0.95, 0.8, 0.81, 0.82, 0.83, 0.84, 0.85, 0.86, 0.87, 0.88, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97];
        double[] rates =
        [
            0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025, 0.0125, 0.0125, 0.0125, 0.0125, 0.00625, 0.00625, 0.00625, 0.00625,
            0.004, 0.004,
        ];
        var plateau = new ReduceOnPlateau(0.5, Patience: 2, Threshold: 0.01, Cooldown: 1, MinLearningRate: 0.004);
        var epochs = new List<EpochResult>();
        foreach (var (loss, rate) in losses.Zip(rates))
        {
            Assert.Equal(rate, plateau.Reduced(0.1, plateau.Reductions(epochs)), 1e-12);
            epochs.Add(new EpochResult(epochs.Count + 1, 7, loss, null, 0));
        }
    }
}
