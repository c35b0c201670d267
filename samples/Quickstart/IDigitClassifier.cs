using System;
using DLCompiler;
using DLCompiler.Data;

namespace Quickstart;

/// <summary>What both networks of this sample can do. The members are the generated ones.</summary>
internal interface IDigitClassifier : IDisposable
{
    /// <summary>Fixes the initial parameters, dropout and shuffling.</summary>
    ulong Seed { get; set; }

    /// <summary>Threads of a training step.</summary>
    int Threads { get; set; }

    /// <summary>Trains.</summary>
    TrainingHistory Fit(DataSet data, FitOptions? options = null);

    /// <summary>The loss and accuracy on a data set.</summary>
    EvaluationResult Evaluate(DataSet data, int batchSize = 256);

    /// <summary>The ten scores of each image, row by row.</summary>
    float[] Predict(ReadOnlySpan<float> image);

    /// <summary>Writes the parameters to a safetensors file.</summary>
    void Save(string path);

    /// <summary>Reads the parameters from a safetensors file.</summary>
    void Load(string path);
}

public partial class LeNet5 : IDigitClassifier;

public partial class Mlp : IDigitClassifier;
