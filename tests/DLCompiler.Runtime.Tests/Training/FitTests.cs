using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class FitTests
{
    [Fact]
    public void LearnsALinearFunction()
    {
        using var host = LinearModel.Host();
        var history = host.Fit(LinearModel.Signature, LinearModel.Data(203), new FitOptions { Epochs = 30, BatchSize = 20 });
        Assert.Equal(30, history.Epochs.Count);
        Assert.True(history.Last.Loss < 1e-6, $"loss {history.Last.Loss}");
        Assert.True(history.Epochs[0].Loss > history.Epochs[5].Loss);
        Assert.Equal(30 * 11, host.Iteration);
        float[] weight = host.Parameters["fc.weight"].ToArray();
        Assert.Equal(0.5, weight[0], 0.01);
        Assert.Equal(-2, weight[1], 0.01);
        Assert.Equal(1, weight[2], 0.01);
        Assert.Equal(0.75, host.Parameters["fc.bias"].ToArray()[0], 0.01);
    }

    [Fact]
    public void LearnsClassesAndMeasuresAccuracy()
    {
        using var host = ClassifierModel.Host();
        var history = host.Fit(ClassifierModel.Signature, ClassifierModel.Data(90), new FitOptions { Epochs = 10, BatchSize = 16, Validation = ClassifierModel.Data(50, 8) });
        Assert.Equal(1, history.Last.ValidationAccuracy);
        Assert.True(history.Last.ValidationLoss < 0.1);
        Assert.Equal(history.Last.ValidationLoss!.Value, host.Evaluate(ClassifierModel.Signature, ClassifierModel.Data(50, 8), 7).Loss, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SameSeedSameBitsAtAnyNumberOfThreads(bool shuffle)
    {
        var expected = Train(1, shuffle, seed: 1);
        Assert.Equal(expected, Train(1, shuffle, seed: 1));
        Assert.Equal(expected, Train(2, shuffle, seed: 1));
        Assert.Equal(expected, Train(3, shuffle, seed: 1));
        Assert.NotEqual(expected, Train(1, shuffle, seed: 2));
    }

    [Fact]
    public void TheLastPartialBatchCountsByItsSamples()
    {
        var batches = new List<int>();
        var model = new FakeModel().Function("Train", (frame, _) =>
        {
            batches.Add(frame.Batch);
            frame.Output<float>(0) = frame.Batch == 4 ? 1 : 4;
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var history = host.Fit(new TrainingSignature(0, 0, Loss.MeanSquaredError, [3], [1]), LinearModel.Data(10), new FitOptions { BatchSize = 4 });
        Assert.Equal([4, 4, 2], batches);
        Assert.Equal((8 * 1 + 2 * 4) / 10.0, history.Last.Loss);
    }

    [Fact]
    public void ShufflingVisitsEverySampleInANewOrderEachEpoch()
    {
        var seen = new List<float>();
        using var host = Recorder(seen);
        var data = DataSet.Create(Enumerable.Range(0, 20).Select(i => (float)i).ToArray(), [1], new float[20], []);
        var signature = new TrainingSignature(0, 0, Loss.MeanSquaredError, [1], [1]);
        host.Fit(signature, data, new FitOptions { Epochs = 2, BatchSize = 6 });
        host.Fit(signature, data, new FitOptions { Epochs = 1, BatchSize = 6 });
        var orders = seen.Chunk(20).ToArray();
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)i), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[0], orders[2]);

        seen.Clear();
        host.Fit(signature, data, new FitOptions { BatchSize = 6, Shuffle = false });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)i), seen);
    }

    // 40 samples of 1,000 elements: enough for the workers to share the copying.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ShuffledBatchesKeepSamplesAndTargetsTogether(int threads)
    {
        const int length = 1000, count = 101;
        var features = new float[count * length];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i;
            features.AsSpan(i * length, length).Fill(i);
        }

        int samples = 0, wrong = 0;
        var model = new FakeModel().Function("Train", (frame, worker) =>
        {
            if (worker != 0) return;
            for (int i = 0; i < frame.Batch; i++)
            {
                samples++;
                int label = Unsafe.Add(ref frame.Input<int>(1), i);
                if (Unsafe.Add(ref frame.Input<float>(0), i * length) != label || Unsafe.Add(ref frame.Input<float>(0), (i + 1) * length - 1) != label) wrong++;
            }
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = threads };
        host.Fit(new TrainingSignature(0, 0, Loss.SoftmaxCrossEntropy, [length], [count]), DataSet.Create(features, [length], labels), new FitOptions { BatchSize = 40 });
        Assert.Equal((count, 0), (samples, wrong));
    }

    [Fact]
    public void EarlyStoppingRestoresTheBestEpoch()
    {
        // The parameter counts epochs; the validation loss is (parameter − 4)²: best in epoch 4.
        var model = new FakeModel().Parameter("w", [1])
            .Function("Predict", (frame, _) => frame.Output<float>(0) = frame.Parameter<float>(0))
            .Function("Train", (frame, _) => frame.Parameter<float>(0) += 1);
        using var host = new ModelHost(model, 1, null, new TestSgd(0.1)) { Threads = 1 };
        var one = DataSet.Create([0f], [1], [4f], []);
        var history = host.Fit(new TrainingSignature(1, 0, Loss.MeanSquaredError, [1], [1]), one, new FitOptions
        {
            Epochs = 50, Validation = one, EarlyStopping = new EarlyStopping(Patience: 3),
        });
        Assert.True(history.StoppedEarly);
        Assert.Equal(7, history.Epochs.Count);
        Assert.Equal(4, history.BestEpoch);
        Assert.Equal([9.0, 4, 1, 0, 1, 4, 9], history.Epochs.Select(epoch => epoch.ValidationLoss!.Value));
        Assert.Equal([4f], host.Parameters["w"].ToArray());
    }

    [Fact]
    public void EarlyStoppingIgnoresImprovementsBelowTheMinimum()
    {
        // The training loss is 1/epoch: falls of 1/2, 1/6, 1/12, … against a minimum of 0.3 from the last that counted.
        int step = 0;
        var model = new FakeModel().Function("Train", (frame, _) => frame.Output<float>(0) = 1f / ++step);
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var history = host.Fit(new TrainingSignature(0, 0, Loss.MeanSquaredError, [1], [1]), DataSet.Create([0f], [1], [0f], []), new FitOptions
        {
            Epochs = 50, EarlyStopping = new EarlyStopping(Patience: 2, MinDelta: 0.3),
        });
        // 1 → 1/2 counts; 1/3 and 1/4 are within 0.3 of 1/2.
        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(4, history.BestEpoch);
    }

    [Fact]
    public void CancellationLeavesTheLastCompleteStepAndAModelThatGoesOn()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        var model = new FakeModel().Parameter("w", [1]).Function("Train", (frame, worker) =>
        {
            if (worker != 0) return;
            frame.Parameter<float>(0) += 1;
            if (++steps == 5) source.Cancel();
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var signature = new TrainingSignature(0, 0, Loss.MeanSquaredError, [3], [1]);
        var exception = Assert.Throws<OperationCanceledException>(
            () => host.Fit(signature, LinearModel.Data(100), new FitOptions { BatchSize = 10, CancellationToken = source.Token, LearningRate = 9, Threads = 2 }));
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(5, host.Iteration);
        Assert.Equal([5f], host.Parameters["w"].ToArray());
        Assert.Equal(0.1, host.GetLearningRate(0));
        Assert.Equal(1, host.Threads);
        host.Fit(signature, LinearModel.Data(10), new FitOptions { BatchSize = 10 });
        Assert.Equal(6, host.Iteration);
    }

    [Fact]
    public void ProgressEndsEachEpochWithItsFigures()
    {
        var reports = new List<TrainingProgress>();
        using var host = LinearModel.Host();
        var history = host.Fit(LinearModel.Signature, LinearModel.Data(50), new FitOptions { Epochs = 3, BatchSize = 20, Progress = new Listener(reports) });
        var ends = reports.Where(report => report.Completed is not null).ToArray();
        Assert.Equal(history.Epochs, ends.Select(report => report.Completed));
        Assert.All(ends, report => Assert.Equal((3, 3, 50, 50, 3), (report.Step, report.Steps, report.Samples, report.SampleCount, report.Epochs)));
        var first = reports[0];
        Assert.Null(first.Completed);
        Assert.Equal((1, 1, 20), (first.Epoch, first.Step, first.Samples));
    }

    [Fact]
    public void LearningRatesAreOverriddenForTheCall()
    {
        var rates = new List<double>();
        var model = new FakeModel().Function("Train", (frame, _) => rates.Add(-frame.Arguments[0]));
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var signature = new TrainingSignature(0, 0, Loss.MeanSquaredError, [3], [1]);
        host.Fit(signature, LinearModel.Data(2), new FitOptions { BatchSize = 1, LearningRate = 0.25 });
        host.Fit(signature, LinearModel.Data(3), new FitOptions { BatchSize = 1, LearningRateSchedule = step => 1.0 / (step + 1) });
        host.Fit(signature, LinearModel.Data(1), new FitOptions { BatchSize = 1 });
        Assert.Equal([0.25, 0.25, 1, 0.5, 1.0 / 3, 0.1], rates);
    }

    [Fact]
    public void FitIsExclusive()
    {
        ModelHost? host = null;
        Exception? inner = null;
        var signature = new TrainingSignature(0, 0, Loss.MeanSquaredError, [3], [1]);
        var model = new FakeModel().Function("Train", (_, _) => inner ??= Record.Exception(() => host!.Fit(signature, LinearModel.Data(1))));
        using (host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 }) host.Fit(signature, LinearModel.Data(1));
        Assert.IsType<InvalidOperationException>(inner);
    }

    [Fact]
    public void OptionsAreChecked()
    {
        using var host = LinearModel.Host();
        void Refused(FitOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => host.Fit(LinearModel.Signature, LinearModel.Data(5), options));
        Refused(new FitOptions { Epochs = 0 });
        Refused(new FitOptions { BatchSize = 0 });
        Refused(new FitOptions { Threads = 0 });
        Refused(new FitOptions { LearningRate = double.NaN });
        Refused(new FitOptions { EarlyStopping = new EarlyStopping(Patience: 0) });
    }

    [Fact]
    public void DataThatDoNotFitAreRefusedBeforeTraining()
    {
        using var host = LinearModel.Host();
        string Message(ModelHost model, TrainingSignature signature, DataSet data) => Assert.Throws<ArgumentException>(() => model.Fit(signature, data)).Message;
        Assert.Equal(
            "The data set doesn't fit the model: its samples have shape [2, 2] (4 elements), but the model takes [3] (3). (Parameter 'data')",
            Message(host, LinearModel.Signature, DataSet.Create(new float[4], [2, 2], new float[1], [])));
        Assert.Contains("target numbers of shape [1]", Message(host, LinearModel.Signature, DataSet.Create(new float[3], [3], [0])), StringComparison.Ordinal);
        Assert.Contains("targets have shape [2]", Message(host, LinearModel.Signature, DataSet.Create(new float[3], [3], new float[2], [2])), StringComparison.Ordinal);
        Assert.Contains("empty", Message(host, LinearModel.Signature, LinearModel.Data(0)), StringComparison.Ordinal);
        Assert.Contains("are ids", Message(host, LinearModel.Signature, DataSet.Create([1, 2, 3], [3], new float[1], [])), StringComparison.Ordinal);

        using var classifier = ClassifierModel.Host();
        Assert.Contains(
            "the label 3 at position 1, but the model knows labels from 0 to 2",
            Message(classifier, ClassifierModel.Signature, DataSet.Create(new float[4], [2], [2, 3])), StringComparison.Ordinal);
        Assert.Contains("needs a class label", Message(classifier, ClassifierModel.Signature, DataSet.Create(new float[2], [2], new float[3], [3])), StringComparison.Ordinal);
        Assert.Equal(0, classifier.Iteration);
    }

    private static float[] Train(int threads, bool shuffle, ulong seed)
    {
        using var host = LinearModel.Host(seed, threads);
        host.Fit(LinearModel.Signature, LinearModel.Data(101), new FitOptions { Epochs = 3, BatchSize = 16, Shuffle = shuffle });
        return [.. host.Parameters.SelectMany(view => view.ToArray())];
    }

    private static ModelHost Recorder(List<float> seen)
    {
        var model = new FakeModel().Function("Train", (frame, _) =>
        {
            for (int i = 0; i < frame.Batch; i++) seen.Add(Unsafe.Add(ref frame.Input<float>(0), i));
        });
        return new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
    }

    private sealed class Listener(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
