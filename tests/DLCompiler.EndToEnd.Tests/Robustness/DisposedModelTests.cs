using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Robustness;

/// <summary>Every public member of a disposed model says that it is disposed, or needs nothing that is gone.</summary>
public sealed class DisposedModelTests : IDisposable
{
    // Numbers that were given and not computed, and a second disposal.
    private static readonly string[] stay = ["get_Seed", "get_Threads", "get_PredictThreads", "Dispose"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    private string Weights => Path.Combine(folder.FullName, "weights");

    private string State => Path.Combine(folder.FullName, "state");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_with_a_training_loop(bool used)
    {
        SaveFiles();
        var model = new Mlp { Seed = 3, Threads = 2, PredictThreads = 2 };
        var view = used ? model.Parameters["1.weight"] : null;
        if (used) model.StepTrain(new float[784], [1]);
        model.Dispose();
        model.Dispose();

        float[] x = new float[784], y = new float[10];
        var data = EmbeddedDigits.Test.Take(5);
        AllRefuse("Mlp", typeof(Mlp), new()
        {
            ["Predict"] = [() => model.Predict(x), () => model.Predict(x, y), () => model.Predict(new float[7])],
            ["StepTrain"] = [() => model.StepTrain(x, [1])],
            ["Fit"] = [() => model.Fit(data)],
            ["Evaluate"] = [() => model.Evaluate(data)],
            ["Save"] = [() => model.Save(Weights)],
            ["Load"] = [() => model.Load(Weights)],
            ["SaveTrainingState"] = [() => model.SaveTrainingState(State)],
            ["LoadTrainingState"] = [() => model.LoadTrainingState(State)],
            ["get_Parameters"] = [() => _ = model.Parameters],
            ["get_Iteration"] = [() => _ = model.Iteration],
            ["set_Seed"] = [() => model.Seed = 1],
            ["set_Threads"] = [() => model.Threads = 1],
            ["set_PredictThreads"] = [() => model.PredictThreads = 1],
        });
        Assert.Equal((3UL, 2, 2), (model.Seed, model.Threads, model.PredictThreads));
        if (view is null) return;
        Assert.Throws<ObjectDisposedException>(() => view.ToArray());
        Assert.Throws<ObjectDisposedException>(() => view.CopyFrom(new float[view.Length]));
        Assert.Throws<ObjectDisposedException>(() => view.CopyTo(new float[view.Length]));
#pragma warning disable DLC3002 // The eager reference reads the model's parameters.
        Assert.Throws<ObjectDisposedException>(() => model.Forward(Tensor.FromArray(x, 1, 1, 28, 28)));
#pragma warning restore DLC3002
        Assert.Equal("1.weight [128, 784]", view.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_with_steps_and_the_models_in_it(bool used)
    {
        SaveFiles();
        var gan = new Gan { Seed = 1 };
        float[] real = new float[784], noise = new float[64];
        if (used) gan.StepDiscriminator(real, noise);
        gan.Dispose();
        AllRefuse("Gan", typeof(Gan), new()
        {
            ["StepDiscriminator"] = [() => gan.StepDiscriminator(real, noise)],
            ["StepGenerator"] = [() => gan.StepGenerator(noise)],
            ["Save"] = [() => gan.Save(Weights)],
            ["Load"] = [() => gan.Load(Weights)],
            ["SaveTrainingState"] = [() => gan.SaveTrainingState(State)],
            ["LoadTrainingState"] = [() => gan.LoadTrainingState(State)],
            ["get_Parameters"] = [() => _ = gan.Parameters],
            ["get_Iteration"] = [() => _ = gan.Iteration],
            ["set_Seed"] = [() => gan.Seed = 1],
            ["set_Threads"] = [() => gan.Threads = 1],
            ["set_PredictThreads"] = [() => gan.PredictThreads = 1],
        });

        // The generator has a part of the outer model's memory once that was used; before, it is a model of its own.
        var generator = gan.G;
        if (!used)
        {
            Assert.Equal(784, generator.Predict(noise).Length);
            generator.Dispose();
        }

        AllRefuse("Generator", typeof(Generator), new()
        {
            ["Predict"] = [() => generator.Predict(noise), () => generator.Predict(noise, real)],
            ["Save"] = [() => generator.Save(Weights)],
            ["Load"] = [() => generator.Load(Weights)],
            ["get_Parameters"] = [() => _ = generator.Parameters],
            ["set_Seed"] = [() => generator.Seed = 1],
            ["set_Threads"] = [() => generator.Threads = 1],
            ["set_PredictThreads"] = [() => generator.PredictThreads = 1],
        });
    }

    [Fact]
    public void A_disposed_part_leaves_the_whole()
    {
        using var gan = new Gan { Seed = 1 };
        float[] noise = new float[64];
        gan.StepGenerator(noise);
        gan.G.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gan.G.Predict(noise));
        gan.StepGenerator(noise);
        Assert.Equal(2, gan.Iteration);

        using var second = new Gan { Seed = 1 };
        second.G.Dispose();
        var exception = Assert.Throws<ObjectDisposedException>(() => second.StepGenerator(noise));
        Assert.Equal("Generator", exception.ObjectName);
    }

    private static void AllRefuse(string name, Type type, Dictionary<string, Action[]> uses)
    {
        var members = type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(method => method.Name).Distinct();
        Assert.Equal(uses.Keys.Concat(stay).Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
        foreach (var (member, actions) in uses)
        {
            foreach (var use in actions)
            {
                var exception = Record.Exception(use);
                Assert.True(exception is ObjectDisposedException, $"{name}.{member}: {exception}");
                Assert.Equal(name, ((ObjectDisposedException)exception).ObjectName);
                Assert.StartsWith($"'{name}' is disposed, and its parameters are gone with it.", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    // Sound files: what is refused is the model, not its file.
    private void SaveFiles()
    {
        using var model = new Mlp { Seed = 3 };
        model.Save(Weights);
        model.SaveTrainingState(State);
    }
}
