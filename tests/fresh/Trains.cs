using System;
using DLCompiler;
using DLCompiler.Data;

var random = new Random(1);
var features = new float[256 * 16];
var labels = new int[256];
for (int i = 0; i < labels.Length; i++)
{
    labels[i] = random.Next(4);
    for (int k = 0; k < 16; k++) features[i * 16 + k] = (float)random.NextDouble() + (k / 4 == labels[i] ? 1 : 0);
}

using var model = new Net { Seed = 1 };
DataSet data = DataSet.Create(features, [16], labels);
TrainingHistory history = model.Fit(data, new FitOptions { Epochs = 20, BatchSize = 32 });
EvaluationResult result = model.Evaluate(data);
Console.WriteLine(Net.Summary);
Console.WriteLine(FormattableString.Invariant($"loss {history.Last.Loss:F4}, accuracy {result.Accuracy:F4}"));

model.Save("net.safetensors");
using var copy = new Net();
copy.Load("net.safetensors");
bool same = model.Predict(features).AsSpan().SequenceEqual(copy.Predict(features));
if (result.Accuracy < 0.95 || !same) return 1;
Console.WriteLine("trained, saved and loaded");
return 0;

[Model, Input("N", 16)]
[Dense(32), Relu, Dense(4)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-2f)]
public partial class Net : Sequential;
