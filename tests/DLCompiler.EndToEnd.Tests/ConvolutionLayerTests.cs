using System;
using System.IO;
using System.Linq;
using System.Text;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>
/// Small networks of depthwise, separable and transposed convolutions: they learn, are saved and loaded, and predict what the reference does.
/// </summary>
public class ConvolutionLayerTests
{
    [Fact]
    public void An_autoencoder_learns_to_repeat_digits()
    {
        float[] images = EmbeddedDigits.Train.Features(0, 512).ToArray();
        using var model = new Autoencoder { Seed = 1 };
        var history = model.Fit(DataSet.Create(images, [1, 28, 28], images, [1, 28, 28]), new FitOptions { Epochs = 12, BatchSize = 32 });
        double mean = images.Average(pixel => pixel), variance = images.Average(pixel => (pixel - mean) * (pixel - mean));
        Assert.InRange(history.Epochs[0].Loss, variance / 2, 1);
        Assert.InRange(history.Last.Loss, 0, variance / 5);
    }

    [Fact]
    public void MobileNet_learns_the_embedded_digits()
    {
        using var model = new MobileNet { Seed = 1 };
        var history = model.Fit(EmbeddedDigits.Train.Take(1024), new FitOptions { Epochs = 8, BatchSize = 32, Validation = EmbeddedDigits.Test.Take(500) });
        double best = history.Epochs.Max(epoch => epoch.ValidationAccuracy!.Value);
        Assert.True(best >= 0.9, $"accuracy {best}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Bits_do_not_depend_on_the_number_of_threads(int threads) => Assert.Equal(Trained(1), Trained(threads));

    [Fact]
    public void A_reloaded_network_predicts_the_same()
    {
        string path = Path.GetTempFileName();
        try
        {
            float[] images = Noise.Normal(3, 17 * 2 * 9 * 9);
            using var model = new ConvolutionChain { Seed = 1 };
            using var other = new ConvolutionChain { Seed = 2 };
            model.StepTrain(images, [.. Enumerable.Range(0, 17).Select(index => index % 4)]);
            model.Save(path);
            Assert.NotEqual(model.Predict(images), other.Predict(images));
            other.Load(path);
            Assert.Equal(model.Predict(images), other.Predict(images));
            string file = File.ReadAllText(path, Encoding.Latin1);
            string[] layers = ["0.weight", "0.bias", "2.depthwise.weight", "2.pointwise.weight", "2.pointwise.bias", "4.weight", "4.bias"];
            Assert.All(layers, name => Assert.Contains($"\"{name}\":", file, StringComparison.Ordinal));
            Assert.Equal([[4, 1, 3, 3], [4], [4, 1, 3, 3], [6, 4, 1, 1], [6], [6, 3, 3, 3], [3]],
                layers.Select(name => model.Parameters[name].Shape.ToArray()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(17)]
    [InlineData(32)]
    public void Predictions_are_those_of_the_reference(int batch)
    {
        float[] images = Noise.Normal(5, batch * 2 * 9 * 9);
        using var model = new ConvolutionChain { Seed = 3 };
        float[] compiled = model.Predict(images);
#pragma warning disable DLC3002 // The eager reference, on purpose.
        float[] eager = model.Forward(Tensor.FromArray(images, batch, 2, 9, 9)).ToArray();
#pragma warning restore DLC3002
        Assert.Equal(eager.Length, compiled.Length);
        for (int index = 0; index < eager.Length; index++) Assert.Equal(eager[index], compiled[index], 2e-5f);
    }

    [Fact]
    public void New_parameters_are_drawn_as_PyTorch_draws_them()
    {
        using var model = new ConvolutionChain { Seed = 4 };

        // Fan-ins: kernel² of a depthwise weight, the channels between of a pointwise one, filters·kernel² of a transposed one.
        (string Name, double FanIn)[] parameters = [("0.weight", 9), ("2.depthwise.weight", 9), ("2.pointwise.weight", 4), ("4.weight", 27), ("4.bias", 27)];
        foreach ((string name, double fanIn) in parameters)
        {
            double largest = model.Parameters[name].ToArray().Max(Math.Abs), bound = 1 / Math.Sqrt(fanIn);
            Assert.InRange(largest, bound * (name == "4.bias" ? 0.2 : 0.75), bound);
        }
    }

    private static int[] Trained(int threads)
    {
        using var model = new MobileNet { Seed = 5, Threads = threads };
        model.Fit(EmbeddedDigits.Train.Take(200), new FitOptions { BatchSize = 48 });
        return [.. model.Parameters.SelectMany(view => view.ToArray()).Select(BitConverter.SingleToInt32Bits)];
    }
}
