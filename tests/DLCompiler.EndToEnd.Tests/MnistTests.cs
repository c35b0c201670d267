using System;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Networks that learn the real MNIST: some seconds each, because nothing smaller shows that a whole training works.</summary>
public class MnistTests
{
    [SkippableFact]
    public void LeNet5_learns_in_three_epochs()
    {
        Skip.IfNot(Mnist.IsAvailable, Mnist.Missing);
        using var model = new LeNet5 { Seed = 1 };
        model.Fit(Mnist.Train, new FitOptions { Epochs = 3, BatchSize = 64 });
        Assert.InRange(Accuracy(model.Evaluate(Mnist.Test)), 0.985, 1);
    }

    [SkippableFact]
    public void Mlp_learns_in_five_epochs()
    {
        Skip.IfNot(Mnist.IsAvailable, Mnist.Missing);
        using var model = new Mlp { Seed = 1 };
        model.Fit(Mnist.Train, new FitOptions { Epochs = 5, BatchSize = 64 });
        Assert.InRange(Accuracy(model.Evaluate(Mnist.Test)), 0.972, 1);
    }

    private static double Accuracy(EvaluationResult result) => result.Accuracy ?? throw new InvalidOperationException("A classifier has an accuracy.");
}
