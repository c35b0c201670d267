using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Growth;

/// <summary>Networks that differ in one size.</summary>
/// <param name="Name">The size.</param>
/// <param name="Values">Its values.</param>
/// <param name="Text">The network with a value, a model named Grown with ten classes.</param>
/// <param name="Inputs">Its inputs, with a value.</param>
/// <param name="Batch">Its samples in a step, with a value.</param>
internal sealed record Sweep(string Name, int[] Values, Func<int, string> Text, Func<int, int> Inputs, Func<int, int> Batch)
{
    public static IReadOnlyList<Sweep> All { get; } =
    [
        new("batch", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096], _ => Convolutional, _ => 784, batch => batch),
        new("width", [16, 32, 64, 128, 256, 512, 1024, 2048, 4096], width => Perceptron(width, 1), _ => 784, _ => 32),
        new("depth", [1, 2, 5, 10, 20, 50, 100, 200], depth => Perceptron(128, depth), _ => 784, _ => 32),
        new("layers", [1, 2, 4, 8, 16, 32, 64], Transformer, _ => 784, _ => 8),
    ];

    private const string Convolutional =
        """
        using DLCompiler;

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd)]
        public partial class Grown
        {
            readonly Conv2D conv1 = new(6, kernel: 5, padding: 2), conv2 = new(16, kernel: 5);
            readonly Dense fc1 = new(120), fc2 = new(84), fc3 = new(10);

            public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
            {
                var x = conv1.Forward(image).Relu().MaxPool(2);
                x = conv2.Forward(x).Relu().MaxPool(2);
                x = fc1.Forward(x.Flatten()).Relu();
                return fc3.Forward(fc2.Forward(x).Relu());
            }
        }
        """;

    private static string Perceptron(int width, int depth) => string.Create(CultureInfo.InvariantCulture,
        $"""
        using DLCompiler;

        [Model, Input("N", 784)]
        [{string.Join(", ", Enumerable.Repeat($"Dense({width.ToString(CultureInfo.InvariantCulture)}), Relu", depth))}, Dense(10)]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd)]
        public partial class Grown : Sequential;
        """);

    private static string Transformer(int layers) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        using DLCompiler;

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd)]
        public partial class Grown
        {
            readonly Dense pixels = new(128), scores = new(10);
            readonly TransformerEncoder body = new({{layers}}, 128, heads: 4, hidden: 512, dropout: 0, preNorm: true);

            public Tensor Forward([Shape("N", 16, 49)] Tensor x) => scores.Forward(body.Forward(pixels.Forward(x)).Mean(1));
        }
        """);
}
