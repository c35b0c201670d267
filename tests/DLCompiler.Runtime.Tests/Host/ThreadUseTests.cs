using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>
/// How many threads runs take, and that models which share a pool, take more threads than there are processors or are called from many threads come to an
/// end with the results of one thread. A deadlock is a test that doesn't end.
/// </summary>
public sealed class ThreadUseTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(60_000, 1)]
    [InlineData(70_000, 2)]
    [InlineData(100_000, 3)]
    [InlineData(long.MaxValue, 3)]
    public void SmallRunsTakeFewWorkers(long work, int expected)
    {
        int workers = 0;
        var function = new WorkFunction(work, frame => workers = Math.Max(workers, frame.Workers));
        using var host = new ModelHost(new FakeModel().Function("Predict", function), 1) { PredictThreads = 3 };
        // The pool is others' for a moment now and then.
        for (int run = 0; run < 500 && workers < expected; run++) Run(host);
        for (int run = 0; run < 20; run++) Run(host);
        Assert.Equal(expected, workers);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task ModelsThatTrainAtTheSameTimeGetTheBitsOfOneThread(int threads)
    {
        var data = LinearModel.Data(200);
        var options = new FitOptions { Epochs = 15, BatchSize = 7 };
        using var expected = LinearModel.Host();
        expected.Fit(LinearModel.Signature, data, options);
        await Together(3, _ =>
        {
            using var host = LinearModel.Host(threads: threads);
            host.Fit(LinearModel.Signature, data, options);
            Assert.Equal(expected.Parameters["fc.weight"].ToArray(), host.Parameters["fc.weight"].ToArray());
            Assert.Equal(expected.Parameters["fc.running_mean"].ToArray(), host.Parameters["fc.running_mean"].ToArray());
        });
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(3, 4)]
    [InlineData(16, 3)]
    public async Task AModelThatManyThreadsAskGivesEachItsAnswer(int threads, int callers)
    {
        // Three barriers: each worker adds what the one before it wrote.
        var model = new FakeModel().Function("Predict", (frame, worker) =>
        {
            frame.Arena<float>(worker * 4) = frame.Input<float>(0);
            frame.Barrier(worker);
            float sum = 0;
            for (int other = 0; other < frame.Workers; other++) sum += frame.Arena<float>(other * 4);
            frame.Barrier(worker);
            frame.Arena<float>(worker * 4) = sum / frame.Workers;
            frame.Barrier(worker);
            if (worker == 0) frame.Output<float>(0) = frame.Arena<float>((frame.Workers - 1) * 4);
        }, _ => 64 * sizeof(float));
        using var host = new ModelHost(model, 1) { PredictThreads = threads };
        await Together(callers, caller =>
        {
            float[] x = new float[1], y = new float[1];
            for (int run = 0; run < 200; run++)
            {
                x[0] = 1 + caller + 100 * run;
                var call = host.Call(0);
                call.Input<float>(0, x, 1, "x");
                call.Output<float>(0, y, 1, "y");
                call.Run();
                Assert.Equal(x[0], y[0]);
            }
        });
    }

    private static Task Together(int count, Action<int> action)
    {
        IEnumerable<Task> tasks = Enumerable.Range(0, count).Select(
            index => Task.Factory.StartNew(() => action(index), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return Task.WhenAll(tasks.ToArray());
    }

    private static void Run(ModelHost host)
    {
        var call = host.Call(0);
        call.Input<float>(0, [1], 1, "x");
        call.Run();
    }

    private sealed class WorkFunction(long work, Action<StepFrame> seen) : CompiledFunction
    {
        public override long ArenaBytes(int batch) => 0;

        public override long ScratchBytes(int batch) => 0;

        public override long Work(int batch) => work;

        public override void Run(StepFrame frame, int worker)
        {
            if (worker == 0) seen(frame);
            frame.Barrier(worker);
        }
    }
}
