using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Tables;

/// <summary>Miles per gallon of cars of the years 1970 to 1982 by their engines, weights and origin: 392 cars (Quinlan 1993).</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class AutoMpg
{
    readonly Embedding origins = new(3, 2);
    readonly Dense first = new(32), second = new(32), mileage = new(1);

    /// <summary>From six normalised figures and the number of the origin to the normalised mileage.</summary>
    public Tensor Forward([Shape("N", 6)] Tensor car, [Shape("N")] Tensor<int> origin)
    {
        var x = first.Forward(Tensor.Concat(1, car, origins.Forward(origin))).Relu();
        return mileage.Forward(second.Forward(x).Relu());
    }

    internal static Score Run(string folder)
    {
        string[] figures = ["cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year"];
        var table = Table.Read(folder, "auto-mpg.csv").Complete(figures);
        var rows = new Rows(DataSet.Create(table.Numbers(figures), [6], Scale.Normalized(table.Numbers("mpg")), [1]), table.Kinds("origin"));
        R2 network = new(), linear = new();
        foreach (var (train, test) in rows.Folds())
        {
            using var one = new AutoMpg { Seed = 1, Threads = 1 };
            train.Train(100, 16, 0.01, (batch, rate) => one.StepTrain(batch.Numbers, batch.Kinds, batch.Targets, rate));
            network.Add(one.Predict(test.Numbers, test.Kinds), test.Targets);

            using var other = new LinearMpg { Seed = 1, Threads = 1 };
            train.Train(200, 16, 0.02, (batch, rate) => other.StepTrain(batch.Numbers, batch.Kinds, batch.Targets, rate));
            linear.Add(other.Predict(test.Numbers, test.Kinds), test.Targets);
        }

        return new Score("auto-mpg, mileage", "R² (5 folds)", network.Value, linear.Value, LessIsBetter: false);
    }
}

/// <summary>Linear regression: a number for each origin is the same as a column of zeros and ones for each.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.02f)]
public partial class LinearMpg
{
    readonly Embedding origins = new(3, 1, Initializer.Zeros);
    readonly Dense mileage = new(1);

    /// <summary>From six normalised figures and the number of the origin to the normalised mileage.</summary>
    public Tensor Forward([Shape("N", 6)] Tensor car, [Shape("N")] Tensor<int> origin) => mileage.Forward(car) + origins.Forward(origin);
}
