using System;
using System.IO;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>A trained model that is saved and loaded predicts the same bits.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_reloaded_LeNet5_predicts_the_same()
    {
        string path = Path.Combine(folder.FullName, "lenet5.safetensors");
        float[] images = EmbeddedDigits.Test.Features(0, 33).ToArray();
        using var model = new LeNet5 { Seed = 1 };
        using var other = new LeNet5 { Seed = 2 };
        model.Fit(EmbeddedDigits.Train.Take(256), new FitOptions { BatchSize = 32 });
        model.Save(path);
        Assert.NotEqual(model.Predict(images), other.Predict(images));
        other.Load(path);
        Assert.Equal(model.Predict(images), other.Predict(images));
    }

    [Fact]
    public void A_model_does_not_load_another_models_file()
    {
        string path = Path.Combine(folder.FullName, "mlp.safetensors");
        using var mlp = new Mlp();
        using var lenet = new LeNet5 { Seed = 1 };
        float[] images = EmbeddedDigits.Test.Features(0, 2).ToArray(), before = lenet.Predict(images);
        mlp.Save(path);
        Assert.Throws<CheckpointException>(() => lenet.Load(path));
        Assert.Equal(before, lenet.Predict(images));
    }
}
