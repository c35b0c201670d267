using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Data;
using DLCompiler.Metrics;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>Predicts a data set batch by batch and sums up loss and accuracy. Batches are read in place.</summary>
internal sealed class Evaluator
{
    private readonly ModelHost host;
    private readonly TrainingSignature signature;
    private readonly TrainingData data;
    private readonly int batchSize;
    private readonly float[] outputs;
    private readonly IReadOnlyList<Metric> metrics;

    public Evaluator(ModelHost host, TrainingSignature signature, DataSet data, int batchSize, string name = "data", IReadOnlyList<Metric>? metrics = null)
    {
        if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "At least one sample is predicted at a time.");
        this.metrics = metrics ?? [];
        this.host = host;
        this.signature = signature;
        this.data = new TrainingData(signature, data, name);
        // The result doesn't depend on it, so that one may ask for more than an array can hold.
        this.batchSize = Math.Min(Math.Min(batchSize, this.data.Count), Array.MaxLength / this.data.OutputLength);
        outputs = new float[this.batchSize * this.data.OutputLength];
    }

    public EvaluationResult Evaluate(CancellationToken cancellation = default)
    {
        double loss = 0;
        long right = 0;
        foreach (var metric in metrics) metric.Reset();
        for (int first = 0; first < data.Count; first += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, data.Count - first);
            var results = outputs.AsSpan(0, count * data.OutputLength);
            Predict(first, count, results);
            var (partLoss, partRight) = Measure(first, count, results);
            loss += partLoss;
            right += partRight;
            foreach (var metric in metrics)
            {
                if (data.HasLabels) metric.Add(results, data.Labels(first, count));
                else metric.Add(results, data.Targets(first, count));
            }
        }

        // Softmax cross-entropy is one number per sample, the others one per element.
        double terms = data.HasLabels ? data.Count : (double)data.Count * data.OutputLength;
        return new EvaluationResult(loss / terms, HostLoss.HasAccuracy(signature.Loss) ? right / terms : null, data.Count)
        {
            Metrics = [.. metrics.Select(metric => new MetricValue(metric.Name, metric.Value))],
        };
    }

    private void Predict(int first, int count, Span<float> results)
    {
        var call = host.Call(signature.PredictFunction);
        data.TakeSizes(ref call);
        if (data.HasIds) call.Indices(0, data.Ids(first, count), data.InputLength, data.IdLimit, "ids");
        else call.Input(0, data.Features(first, count), data.InputLength, "features");
        call.Output(0, results, data.OutputLength, "outputs");
        // The results are the same at any number of threads, so evaluation takes those of training.
        call.Run(host.Storage.StepPool);
    }

    private (double Loss, long Right) Measure(int first, int count, ReadOnlySpan<float> results) => signature.Loss switch
    {
        Loss.SoftmaxCrossEntropy => HostLoss.SoftmaxCrossEntropy(results, data.Labels(first, count), data.Classes),
        Loss.SigmoidCrossEntropy => HostLoss.SigmoidCrossEntropy(results, data.Targets(first, count)),
        Loss.BinaryCrossEntropy => HostLoss.BinaryCrossEntropy(results, data.Targets(first, count)),
        _ => (HostLoss.OfElements(signature.Loss, results, data.Targets(first, count)), 0),
    };
}
