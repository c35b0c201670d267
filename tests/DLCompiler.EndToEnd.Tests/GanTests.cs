using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Two steps of one model, each with its own optimizer and parameters; nested models.</summary>
public class GanTests
{
    private const int Batch = 64, Latent = 64, Pixels = 784;

    [Fact]
    public void Both_losses_stay_in_balance()
    {
        using var gan = new Gan { Seed = 1 };
        float[] pictures = Pictures();
        List<float> discriminator = [], generator = [];
        for (int step = 0; step < 600; step++)
        {
            var real = pictures.AsSpan(step % (pictures.Length / Pixels / Batch) * Batch * Pixels, Batch * Pixels);
            discriminator.Add(gan.StepDiscriminator(real, Noise.Normal(2 * step, Batch * Latent)));
            generator.Add(gan.StepGenerator(Noise.Normal((2 * step) + 1, Batch * Latent)));
        }

        Assert.All(discriminator.Concat(generator), loss => Assert.True(float.IsFinite(loss)));

        // Neither has won: a discriminator that is never wrong has the loss 0, and one that only guesses 2·ln 2.
        Assert.InRange(discriminator.TakeLast(100).Average(), 0.1, 2 * Math.Log(2) + 0.1);
        Assert.InRange(generator.TakeLast(100).Average(), 0.3, 5);

        // What it draws is not noise, which would be 0 on average: paper in the first row, ink somewhere, and not always the same.
        float[] drawn = gan.G.Predict(Noise.Normal(-1, Batch * Latent));
        float firstRow = Enumerable.Range(0, Batch).Average(i => drawn.AsSpan(i * Pixels, 28).ToArray().Average());
        Assert.InRange(firstRow, -1f, -0.6f);
        Assert.InRange(drawn.Max(), 0.5f, 1f);
        Assert.NotEqual(drawn[..Pixels], drawn[Pixels..(2 * Pixels)]);
    }

    [Fact]
    public void A_step_updates_its_own_network_only()
    {
        using var gan = new Gan { Seed = 1 };
        float[] real = Pictures()[..(Batch * Pixels)], noise = Noise.Normal(1, Batch * Latent);
        float[] g = Values(gan.G.Parameters), d = Values(gan.D.Parameters);
        gan.StepDiscriminator(real, noise);
        Assert.Equal(g, Values(gan.G.Parameters));
        Assert.NotEqual(d, Values(gan.D.Parameters));
        d = Values(gan.D.Parameters);
        gan.StepGenerator(noise);
        Assert.NotEqual(g, Values(gan.G.Parameters));
        Assert.Equal(d, Values(gan.D.Parameters));
    }

    [Fact]
    public void A_nested_model_works_on_its_parents_parameters()
    {
        using var gan = new Gan { Seed = 1 };
        float[] noise = Noise.Normal(1, 3 * Latent);
        float[] before = gan.G.Predict(noise);
        Assert.Equal(gan.Parameters["G.0.weight"].ToArray(), gan.G.Parameters["0.weight"].ToArray());

        // From the parent to the child, and back.
        float[] bias = new float[Pixels];
        Array.Fill(bias, 100f);
        gan.Parameters["G.4.bias"].CopyFrom(bias);
        float[] after = gan.G.Predict(noise);
        Assert.NotEqual(before, after);
        Assert.All(after, pixel => Assert.Equal(1f, pixel));
        gan.D.Parameters["2.bias"].CopyFrom([7f]);
        Assert.Equal([7f], gan.Parameters["D.2.bias"].ToArray());
    }

    private static float[] Values(ParameterSet parameters) => [.. parameters.SelectMany(view => view.ToArray())];

    private static float[] Pictures() => Array.ConvertAll(EmbeddedDigits.Train.Features(0, 6400).ToArray(), pixel => (2 * pixel) - 1);
}
