using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class FunctionCallTests
{
    [Fact]
    public void PredictComputesWhatTheParametersSay()
    {
        using var host = LinearModel.Host();
        host.Parameters["fc.weight"].CopyFrom([1, 2, 3]);
        host.Parameters["fc.bias"].CopyFrom([0.5f]);
        var results = new float[2];
        Predict(host, [1, 1, 1, 1, 0, -1], results);
        Assert.Equal([6.5f, -1.5f], results);
    }

    [Fact]
    public void MessagesNameTheArgumentTheLengthsAndTheRemedy()
    {
        using var host = LinearModel.Host();
        var notWhole = Assert.Throws<ArgumentException>(() => Predict(host, new float[7], new float[2]));
        Assert.Equal("'x' has 7 elements, which is not a whole number of samples of 3 elements. Pass a multiple of 3. (Parameter 'x')", notWhole.Message);

        var output = Assert.Throws<ArgumentException>(() => Predict(host, new float[6], new float[3]));
        Assert.Equal("'y' has room for 3 elements, but 2 samples give 2 (1 per sample). Pass a span of exactly that length. (Parameter 'y')", output.Message);

        var differ = Assert.Throws<ArgumentException>(() => Step(host, new float[6], new float[3]));
        Assert.Equal("'target' has 3 samples (3 elements, 1 per sample), but the inputs before it have 2. Pass 2 elements. (Parameter 'target')", differ.Message);
    }

    [Fact]
    public void IndicesAreChecked()
    {
        using var host = LinearModel.Host();
        int[] labels = [0, 9, 10, 3];
        var exception = Assert.Throws<ArgumentException>(() =>
        {
            var call = host.Call(LinearModel.Predict);
            call.Indices(0, labels, 1, 10, "labels");
        });
        Assert.StartsWith("'labels' holds 10 at position 2; values from 0 to 9 are expected.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
        {
            var call = host.Call(LinearModel.Predict);
            call.Indices(0, [-1], 1, 10, "labels");
        });
    }

    [Fact]
    public void AnOutputMayNotOverlapAnInput()
    {
        using var host = LinearModel.Host();
        var memory = new float[8];
        var exception = Assert.Throws<ArgumentException>(() => Predict(host, memory.AsSpan(0, 6), memory.AsSpan(5, 2)));
        Assert.Contains("overlaps", exception.Message, StringComparison.Ordinal);
        Predict(host, memory.AsSpan(0, 6), memory.AsSpan(6, 2));
        Predict(host, memory.AsSpan(2, 6), memory.AsSpan(0, 2));
    }

    [Fact]
    public void NoSamplesAreNothingToPredictAndAnErrorToTrain()
    {
        using var host = LinearModel.Host();
        Predict(host, [], []);
        Assert.Throws<ArgumentException>(() => Step(host, [], []));
    }

    [Fact]
    public void PredictionsAndStepsAllocateNothing()
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using var host = LinearModel.Host(threads: threads);
            host.PredictThreads = threads;
            float[] x = new float[30], targets = new float[10], y = new float[10];
            for (int warm = 0; warm < 3; warm++)
            {
                Predict(host, x, y);
                Step(host, x, targets);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int run = 0; run < 50; run++)
            {
                Predict(host, x, y);
                Predict(host, x.AsSpan(0, 9), y.AsSpan(0, 3));
                Step(host, x, targets);
                Step(host, x.AsSpan(0, 6), targets.AsSpan(0, 2));
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void PredictionsOnOneThreadAllocateNothingBetweenEvaluationsOnTwo()
    {
        using var host = LinearModel.Host(threads: 2);
        float[] x = new float[30], y = new float[10];
        var data = LinearModel.Data(10);
        Predict(host, x, y);
        host.Evaluate(LinearModel.Signature, data);
        Predict(host, x, y);
        host.Evaluate(LinearModel.Signature, data);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Predict(host, x, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task PredictionsMayRunAtTheSameTime()
    {
        using var host = LinearModel.Host();
        host.Parameters["fc.weight"].CopyFrom([1, 1, 1]);
        host.Parameters["fc.bias"].CopyFrom([0]);
        host.PredictThreads = 2;
        await Parallel.ForAsync(1, 9, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (n, _) =>
        {
            float[] x = new float[n * 3], y = new float[n];
            Array.Fill(x, n);
            for (int run = 0; run < 300; run++)
            {
                Array.Clear(y);
                Predict(host, x, y);
                Assert.All(y, value => Assert.Equal(3 * n, value));
            }

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task ASecondStepAtTheSameTimeIsRefused()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var model = new FakeModel().Function("Train", (_, _) =>
        {
            entered.Set();
            release.Wait();
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var first = Task.Run(() => RunStep(host));
        entered.Wait();
        var exception = Assert.Throws<InvalidOperationException>(() => RunStep(host));
        Assert.Contains("one after the other", exception.Message, StringComparison.Ordinal);
        release.Set();
        await first;
        RunStep(host);
        Assert.Equal(2, host.Iteration);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AnExceptionInAWorkerReleasesTheOthersAndTheModelGoesOn(int failing)
    {
        bool fail = true;
        var model = new FakeModel().Function("Train", (frame, worker) =>
        {
            if (fail && worker == failing) throw new FormatException("broken");
            frame.Barrier(worker);
            frame.Barrier(worker);
        });
        // A number of threads of its own: another test's use of a shared pool would leave this one a single worker.
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 4 };
        for (int trial = 0; trial < 3; trial++)
        {
            fail = true;
            // A step that is done on one thread, because the others got no processor the last time, has no second worker.
            var failure = Record.Exception(() => SpinWait.SpinUntil(() => { RunStep(host); return false; }, TimeSpan.FromSeconds(20)));
            Assert.IsType<FormatException>(failure);
            fail = false;
            RunStep(host);
        }
    }

    [Fact]
    public void MemoryGrowsWithTheBatchAndIsAligned()
    {
        bool aligned = true;
        long seen = 0;
        var model = new FakeModel().Function("Predict", (frame, worker) =>
        {
            ref long first = ref frame.Arena<long>(0);
            ref long last = ref frame.Arena<long>(frame.Batch * 1000 - 8);
            ref long scratch = ref frame.Scratch<long>(worker, frame.Batch * 100 - 8);
            first = last = scratch = frame.Batch;
            seen += last;
            aligned &= Unsafe.ByteOffset(ref Unsafe.NullRef<long>(), ref first) % 64 == 0;
        }, batch => batch * 1000, batch => batch * 100);
        using var host = new ModelHost(model, 1);
        foreach (int batch in new[] { 1, 100, 7, 5000, 3 })
        {
            var call = host.Call(0);
            call.Input<float>(0, new float[batch], 1, "x");
            call.Run();
        }

        Assert.True(aligned);
        Assert.Equal(5111, seen);
    }

    [Fact]
    public void PoisonedArenasStartAsNaN()
    {
        SimdOptions.PoisonArenas = true;
        try
        {
            int notNumbers = 0;
            var model = new FakeModel().Function("Predict", (frame, worker) =>
            {
                if (float.IsNaN(frame.Arena<float>(4)) && float.IsNaN(frame.Scratch<float>(worker, 60))) notNumbers++;
                frame.Arena<float>(4) = 0;
                frame.Scratch<float>(worker, 60) = 0;
            }, _ => 64, _ => 64);
            using var host = new ModelHost(model, 1);
            for (int run = 0; run < 3; run++)
            {
                var call = host.Call(0);
                call.Input<float>(0, [1], 1, "x");
                call.Run();
            }

            Assert.Equal(3, notNumbers);
        }
        finally
        {
            SimdOptions.PoisonArenas = false;
        }
    }

    private static void RunStep(ModelHost host)
    {
        var call = host.Call(0);
        call.Input<float>(0, [1], 1, "x");
        call.RunStep();
    }

    private static void Predict(ModelHost host, ReadOnlySpan<float> x, Span<float> y)
    {
        var call = host.Call(LinearModel.Predict);
        call.Input(0, x, LinearModel.Inputs, "x");
        call.Output(0, y, 1, "y");
        call.Run();
    }

    private static float Step(ModelHost host, ReadOnlySpan<float> x, ReadOnlySpan<float> target)
    {
        var call = host.Call(LinearModel.Train);
        call.Input(0, x, LinearModel.Inputs, "x");
        call.Input(1, target, 1, "target");
        return call.RunStep();
    }
}
