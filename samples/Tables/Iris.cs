using System.IO;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Tables;

/// <summary>The species of an iris by the lengths and widths of its leaves: 150 flowers (Fisher 1936).</summary>
[Model, Input("N", 4)]
[Dense(16), Tanh, Dense(3)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.1f, DecayVectors = false)]
public partial class Iris : Sequential
{
    internal static Score Run(string folder)
    {
        // Numbers alone need no more than the library's reader.
        var data = CsvDataSet.Load(Path.Combine(folder, "iris.csv"), new CsvOptions { HasHeader = false });
        Accuracy network = new(), linear = new();
        foreach (var (train, test) in new Rows(data, new int[data.Count]).Folds())
        {
            using var one = new Iris { Seed = 1, Threads = 1 };
            one.Fit(train.Data, Options(train.Data.Count, 60, 0.02));
            network.Add(one.Predict(test.Numbers), test.Labels);

            using var other = new LinearIris { Seed = 1, Threads = 1 };
            other.Fit(OneHot(train.Data), Options(train.Data.Count, 100, 0.05));
            linear.Add(other.Predict(test.Numbers), test.Labels);
        }

        return new Score("iris, species", "accuracy (5 folds)", network.Value, linear.Value, LessIsBetter: false);
    }

    // Targets for linear regression: 1 for the species, 0 for the others.
    private static DataSet OneHot(DataSet data)
    {
        var targets = new float[3 * data.Count];
        for (int i = 0; i < data.Count; i++) targets[3 * i + data.Labels(i, 1)[0]] = 1;
        return DataSet.Create(data.Features(0, data.Count).ToArray(), [4], targets, [3]);
    }

    private static FitOptions Options(int rows, int epochs, double rate) => new()
    {
        Epochs = epochs, BatchSize = 16, LearningRateSchedule = Schedule.Cosine(rate, epochs * ((rows + 15) / 16)),
    };
}

/// <summary>Linear regression of three columns of zeros and ones; the largest is the species.</summary>
[Model, Input("N", 4)]
[Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.05f)]
public partial class LinearIris : Sequential;
