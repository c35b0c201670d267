using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>What a prediction computes from parameters alone is computed once for each state of these, and is never seen half done.</summary>
public sealed class PreparedValuesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ValuesAreComputedOnceWhileParametersRest()
    {
        var function = new SquaresFunction();
        using var host = SquaresModel.Host(function);
        for (int run = 1; run <= 20; run++) Assert.Equal(Enumerable.Repeat(24.5f, run % 7), SquaresModel.Run(host, run % 7));
        Assert.Equal(1, function.Preparations);
        host.ResetOptimizers();
        host.Save(folder.File("weights"));
        SquaresModel.Run(host);
        Assert.Equal(1, function.Preparations);
    }

    [Theory]
    [InlineData("parameter")]
    [InlineData("state")]
    [InlineData("Load")]
    [InlineData("LoadTrainingState")]
    [InlineData("step")]
    [InlineData("step that fails")]
    [InlineData("Fit")]
    [InlineData("Fit that diverges")]
    [InlineData("snapshot")]
    public void EveryChangeIsSeen(string change)
    {
        float loss = 1;
        var function = new SquaresFunction();
        using var host = SquaresModel.Host(function, () => float.IsInfinity(loss) ? throw new FormatException("broken") : loss);
        host.SaveTrainingState(folder.File("state"));
        host.Save(folder.File("weights"));
        using var snapshot = new ModelSnapshot(host);
        snapshot.Take();
        SquaresModel.Step(host);

        float before = SquaresModel.Run(host)[0];
        Assert.Equal(SquaresModel.Expected(host), before);
        int preparations = function.Preparations;
        var data = Data.DataSet.Create(new float[] { 1, 2 }, [1], new float[] { 3, 4 }, [1]);
        switch (change)
        {
            case "parameter": host.Parameters["w"].CopyFrom(Enumerable.Repeat(3f, SquaresModel.Length).ToArray()); break;
            case "state": host.Parameters["s"].CopyFrom([4]); break;
            case "Load": host.Load(folder.File("weights")); break;
            case "LoadTrainingState": host.LoadTrainingState(folder.File("state")); break;
            case "step": SquaresModel.Step(host); break;
            case "step that fails":
                loss = float.PositiveInfinity;
                Assert.Throws<FormatException>(() => SquaresModel.Step(host));
                break;
            case "Fit": host.Fit(SquaresModel.Signature, data); break;
            case "Fit that diverges":
                loss = float.NaN;
                Assert.Throws<TrainingDivergedException>(() => host.Fit(SquaresModel.Signature, data));
                Assert.Equal(before, SquaresModel.Expected(host));
                break;
            case "snapshot": snapshot.Restore(); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change, null);
        }

        for (int run = 0; run < 3; run++) Assert.Equal(SquaresModel.Expected(host), SquaresModel.Run(host)[0]);
        if (change != "Fit that diverges") Assert.NotEqual(before, SquaresModel.Expected(host));
        Assert.Equal(preparations + 1, function.Preparations);
    }

    [Fact]
    public void ChangesOfANestedModelAndOfItsParentAreSeenByBoth()
    {
        var (own, childs) = (new SquaresFunction(), new SquaresFunction());
        using var host = new ModelHost(SquaresModel.Model(own).Parameter("inner.w", [SquaresModel.Length]).State("inner.s", [1], 7), 1);
        var nested = host.Nested(SquaresModel.Model(childs), 1, 1, null, new TestSgd(0.1));
        Check();
        host.Parameters["inner.w"].CopyFrom(Enumerable.Repeat(2f, SquaresModel.Length).ToArray());
        Check();
        nested.Parameters["s"].CopyFrom([5]);
        Check();
        SquaresModel.Step(nested);
        Check();
        Assert.Equal((4, 4), (own.Preparations, childs.Preparations));

        void Check()
        {
            Assert.Equal(SquaresModel.Expected(host), SquaresModel.Run(host)[0]);
            Assert.Equal(SquaresModel.Expected(nested), SquaresModel.Run(nested)[0]);
        }
    }

    [Fact]
    public async Task ValuesThatARunReadsStayWhileNewOnesAreComputed()
    {
        const int Readers = 4;
        using var stop = new CancellationTokenSource();
        var blocks = new ConcurrentDictionary<nint, bool>();
        var function = new SquaresFunction
        {
            Preparing = frame => blocks.TryAdd(Address(frame), true),
            Running = frame =>
            {
                float[] first = Copy(frame);
                Thread.SpinWait(200);
                if (!first.AsSpan().SequenceEqual(Copy(frame))) throw new FormatException("the values changed while a run read them");
            },
        };
        using var host = SquaresModel.Host(function);
        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(() =>
        {
            while (!stop.IsCancellationRequested) SquaresModel.Run(host);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            for (int change = 0; change < 1500; change++)
            {
                if (change % 3 == 0) SquaresModel.Step(host);
                else host.Parameters["w"].CopyFrom(Enumerable.Repeat((float)(change % 11), SquaresModel.Length).ToArray());
                // Nobody else writes: whoever changed the parameters sees the change.
                Assert.Equal(SquaresModel.Expected(host), SquaresModel.Run(host)[0]);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(readers);
        }

        Assert.InRange(blocks.Count, 1, Readers + 2);
    }

    [Fact]
    public async Task CallersThatComeTogetherComputeTheValuesOnce()
    {
        var function = new SquaresFunction { Preparing = _ => Thread.Sleep(30) };
        using var host = SquaresModel.Host(function);
        for (int round = 1; round <= 3; round++)
        {
            using var start = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                Assert.Equal(24.5f, SquaresModel.Run(host)[0]);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(round, function.Preparations);
            host.Parameters["s"].CopyFrom([0.5f]);
        }
    }

    [Fact]
    public void AChangeWhileValuesAreComputedMakesThemOld()
    {
        ModelHost? host = null;
        var function = new SquaresFunction();
        function.Preparing = _ =>
        {
            if (function.Preparations == 1) host!.Parameters["s"].CopyFrom([9]);
        };
        using var made = host = SquaresModel.Host(function);
        SquaresModel.Run(host);
        host.Parameters["s"].CopyFrom([8]);
        SquaresModel.Run(host);
        Assert.Equal(2, function.Preparations);
        Assert.Equal(SquaresModel.Expected(host), SquaresModel.Run(host)[0]);
        Assert.Equal(3, function.Preparations);
    }

    [Fact]
    public void AFailureLeavesNothingBehind()
    {
        bool fail = true;
        var function = new SquaresFunction { Preparing = _ => { if (fail) throw new FormatException("broken"); } };
        using var host = SquaresModel.Host(function);
        for (int trial = 0; trial < 3; trial++) Assert.Throws<FormatException>(() => SquaresModel.Run(host));
        fail = false;
        Assert.Equal(24.5f, SquaresModel.Run(host)[0]);
        fail = true;
        host.Parameters["s"].CopyFrom([1.5f]);
        Assert.Throws<FormatException>(() => SquaresModel.Run(host));
        fail = false;
        Assert.Equal(25.5f, SquaresModel.Run(host)[0]);
        Assert.Equal(2, function.Preparations);
    }

    [Fact]
    public void BlocksStartAsNaNWhereMemoryIsPoisoned()
    {
        SimdOptions.PoisonArenas = true;
        try
        {
            int notNumbers = 0;
            var function = new SquaresFunction { Preparing = frame => notNumbers += Copy(frame).All(float.IsNaN) ? 1 : 0 };
            using var host = SquaresModel.Host(function);
            for (int change = 0; change < 3; change++)
            {
                SquaresModel.Run(host);
                Assert.Equal(SquaresModel.Expected(host), SquaresModel.Run(host)[0]);
                SquaresModel.Step(host);
            }

            Assert.Equal((3, 3), (notNumbers, function.Preparations));
        }
        finally
        {
            SimdOptions.PoisonArenas = false;
        }
    }

    [Fact]
    public void DisposalDuringARunKeepsTheValuesUntilItsEnd()
    {
        ModelHost? host = null;
        var function = new SquaresFunction { Running = _ => host!.Dispose() };
        host = SquaresModel.Host(function);
        Assert.Equal(24.5f, SquaresModel.Run(host)[0]);
        Assert.Throws<ObjectDisposedException>(() => SquaresModel.Run(host));

        function = new SquaresFunction { Preparing = _ => host!.Dispose() };
        host = SquaresModel.Host(function);
        Assert.Equal(24.5f, SquaresModel.Run(host)[0]);
        Assert.Throws<ObjectDisposedException>(() => SquaresModel.Run(host));
        Assert.Equal(1, function.Preparations);
    }

    [Fact]
    public void NothingIsAllocatedOnceEverySizeWasSeen()
    {
        var function = new SquaresFunction { Variant = new FewSquaresFunction() };
        using var host = SquaresModel.Host(function);
        float[] x = new float[10], y = new float[10], one = [1];
        for (int warm = 0; warm < 3; warm++) PredictAndStep();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 50; run++) PredictAndStep();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void PredictAndStep()
        {
            SquaresModel.Run(host, x, y);
            SquaresModel.Run(host, x.AsSpan(0, 2), y.AsSpan(0, 2));
            SquaresModel.Step(host, one);
        }
    }

    [Fact]
    public void TheVariantForFewSamplesRunsWhereItIsPreferred()
    {
        var few = new FewSquaresFunction();
        var function = new SquaresFunction { Variant = few };
        using var host = SquaresModel.Host(function);
        for (int round = 0; round < 3; round++)
        {
            foreach (int batch in new[] { 1, 5, 4, 17, 2 })
                Assert.Equal(Enumerable.Repeat(batch <= SquaresModel.Few ? 24 : 24.5f, batch), SquaresModel.Run(host, batch));
        }

        Assert.Equal((1, 1), (function.Preparations, few.Preparations));
    }

    [Fact]
    public void AStepHasNoPreparedValues()
    {
        using var host = new ModelHost(new FakeModel().Function("Train", new SquaresFunction()), 1, new TestSgd(0.1));
        var exception = Assert.Throws<InvalidOperationException>(() =>
        {
            var call = host.Call(0);
            call.Input<float>(0, [1], 1, "x");
            call.RunStep();
        });
        Assert.StartsWith("'Train' of 'Fake' is a training step and has prepared values", exception.Message, StringComparison.Ordinal);
    }

    private static nint Address(StepFrame frame) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref frame.Prepared<float>(0));

    private static float[] Copy(StepFrame frame)
    {
        var values = new float[SquaresModel.Length + 2];
        for (int i = 0; i < values.Length; i++) values[i] = Volatile.Read(ref Unsafe.Add(ref frame.Prepared<float>(0), i));
        return values;
    }
}
