using System;
using DLCompiler;
using DLCompiler.Data;

namespace Zoo;

/// <summary>What all networks of the zoo can do. The members are the generated ones.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>Fixes the initial parameters, dropout and shuffling.</summary>
    ulong Seed { get; set; }

    /// <summary>Threads of a training step.</summary>
    int Threads { get; set; }

    /// <summary>Threads of a prediction.</summary>
    int PredictThreads { get; set; }

    /// <summary>The scores of each image, row by row.</summary>
    void Predict(ReadOnlySpan<float> image, Span<float> result);

    /// <summary>One training step; its loss.</summary>
    float StepTrain(ReadOnlySpan<float> image, ReadOnlySpan<int> target, double? learningRate = null);
}

/// <summary>A network that tells images in classes.</summary>
internal interface IClassifier : INetwork
{
    /// <summary>Trains.</summary>
    TrainingHistory Fit(DataSet data, FitOptions? options = null);

    /// <summary>The loss and accuracy on a data set.</summary>
    EvaluationResult Evaluate(DataSet data, int batchSize = 256);
}
