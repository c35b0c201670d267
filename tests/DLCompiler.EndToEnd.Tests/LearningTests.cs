using System;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Networks that learn without any file: a few seconds together.</summary>
public class LearningTests
{
    [Fact]
    public void LeNet5_learns_the_embedded_digits()
    {
        using var model = new LeNet5 { Seed = 1 };
        var history = model.Fit(EmbeddedDigits.Train, new FitOptions { Epochs = 4, BatchSize = 64, Validation = EmbeddedDigits.Test });
        Assert.True(history.Last.ValidationAccuracy >= 0.97, $"accuracy {history.Last.ValidationAccuracy}");
        Assert.Equal(history.Last.ValidationAccuracy, model.Evaluate(EmbeddedDigits.Test).Accuracy);
    }

    [Fact]
    public void An_untrained_network_knows_nothing()
    {
        using var model = new LeNet5 { Seed = 1 };
        var result = model.Evaluate(EmbeddedDigits.Test);
        Assert.InRange(result.Accuracy!.Value, 0.02, 0.3);
        Assert.InRange(result.Loss, Math.Log(10) - 0.1, Math.Log(10) + 0.1);
    }

    [Fact]
    public void LeNet5_learns_one_batch_by_heart() =>
        LearnsByHeart(new LeNet5 { Seed = 3 }, (model, images, labels) => model.StepTrain(images, labels), model => model.Evaluate(Batch()));

    [Fact]
    public void Mlp_learns_one_batch_by_heart() =>
        LearnsByHeart(new Mlp { Seed = 3 }, (model, images, labels) => model.StepTrain(images, labels), model => model.Evaluate(Batch()));

    private static void LearnsByHeart<TModel>(TModel model, Func<TModel, float[], int[], float> step, Func<TModel, EvaluationResult> evaluate)
        where TModel : IDisposable
    {
        using (model)
        {
            var batch = Batch();
            float[] images = batch.Features(0, batch.Count).ToArray();
            int[] labels = batch.Labels(0, batch.Count).ToArray();
            float first = step(model, images, labels), last = first;
            for (int i = 0; i < 200; i++) last = step(model, images, labels);
            Assert.InRange(first, 1.8f, 2.8f);
            Assert.InRange(last, 0f, 0.02f);
            Assert.Equal(1, evaluate(model).Accuracy);
        }
    }

    private static DataSet Batch() => EmbeddedDigits.Train.Take(32);
}
