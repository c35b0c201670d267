using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Tables;

/// <summary>
/// The median price of houses in a district of California in 1990 by place, age, rooms, people and incomes: 20,433 districts (Pace and Barry 1997).
/// </summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.003f, WeightDecay = 0.01f)]
public partial class Housing
{
    readonly Embedding places = new(5, 3);
    readonly Dense first = new(64), second = new(64), price = new(1);

    /// <summary>From eight normalised figures and the number of how near the ocean is to the normalised price.</summary>
    public Tensor Forward([Shape("N", 8)] Tensor district, [Shape("N")] Tensor<int> ocean)
    {
        var x = first.Forward(Tensor.Concat(1, district, places.Forward(ocean))).Relu();
        return price.Forward(second.Forward(x).Relu());
    }

    internal static Score Run(string folder)
    {
        string[] figures =
            ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households", "median_income"];
        var table = Table.Read(folder, "california-housing.csv.gz").Complete(figures);
        var prices = Scale.Normalized(table.Numbers("median_house_value"));
        var rows = new Rows(DataSet.Create(table.Numbers(figures), [8], prices, [1]), table.Kinds("ocean_proximity"));
        var (train, test) = rows.Folds().First();
        R2 network = new(), linear = new();

        using var one = new Housing { Seed = 1, Threads = 1 };
        train.Train(10, 64, 0.003, (batch, rate) => one.StepTrain(batch.Numbers, batch.Kinds, batch.Targets, rate));
        network.Add(one.Predict(test.Numbers, test.Kinds), test.Targets);

        using var other = new LinearHousing { Seed = 1, Threads = 1 };
        train.Train(10, 64, 0.01, (batch, rate) => other.StepTrain(batch.Numbers, batch.Kinds, batch.Targets, rate));
        linear.Add(other.Predict(test.Numbers, test.Kinds), test.Targets);
        return new Score("housing, price", "R² (a fifth held out)", network.Value, linear.Value, LessIsBetter: false);
    }
}

/// <summary>Linear regression.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f)]
public partial class LinearHousing
{
    readonly Embedding places = new(5, 1, Initializer.Zeros);
    readonly Dense price = new(1);

    /// <summary>From eight normalised figures and the number of how near the ocean is to the normalised price.</summary>
    public Tensor Forward([Shape("N", 8)] Tensor district, [Shape("N")] Tensor<int> ocean) => price.Forward(district) + places.Forward(ocean);
}
