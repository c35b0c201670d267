using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Tables;

/// <summary>The species of a penguin by its measures and the island: 342 birds (Horst, Hill and Gorman 2020).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class Penguins
{
    readonly Embedding islands = new(3, 2);
    readonly Dense first = new(32), second = new(32), scores = new(3);

    /// <summary>From four normalised measures and the number of the island to three scores.</summary>
    public Tensor Forward([Shape("N", 4)] Tensor measures, [Shape("N")] Tensor<int> island)
    {
        var x = first.Forward(Tensor.Concat(1, measures, islands.Forward(island))).Relu();
        return scores.Forward(second.Forward(x).Relu());
    }

    internal static Score Run(string folder)
    {
        string[] measures = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"];
        var table = Table.Read(folder, "penguins.csv").Complete(measures);
        var rows = new Rows(DataSet.Create(table.Numbers(measures), [4], table.Kinds("species")), table.Kinds("island"));
        Perplexity network = new(), linear = new();
        foreach (var (train, test) in rows.Folds())
        {
            using var one = new Penguins { Seed = 1, Threads = 1 };
            train.Train(100, 16, 0.01, (batch, rate) => one.StepTrain(batch.Numbers, batch.Kinds, batch.Labels, rate));
            network.Add(one.Predict(test.Numbers, test.Kinds), test.Labels);

            using var other = new LinearPenguins { Seed = 1, Threads = 1 };
            train.Train(200, 16, 0.05, (batch, rate) => other.StepTrain(batch.Numbers, batch.Kinds, batch.Labels, rate));
            linear.Add(other.Predict(test.Numbers, test.Kinds), test.Labels);
        }

        return new Score("penguins, species", "perplexity (5 folds)", network.Value, linear.Value, LessIsBetter: true);
    }
}

/// <summary>Softmax regression: a table of three numbers for each island is the same as a column of zeros and ones for each.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.05f)]
public partial class LinearPenguins
{
    readonly Embedding islands = new(3, 3, Initializer.Zeros);
    readonly Dense scores = new(3);

    /// <summary>From four normalised measures and the number of the island to three scores.</summary>
    public Tensor Forward([Shape("N", 4)] Tensor measures, [Shape("N")] Tensor<int> island) => scores.Forward(measures) + islands.Forward(island);
}
