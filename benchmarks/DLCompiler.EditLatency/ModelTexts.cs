using System.Globalization;
using System.Linq;

namespace DLCompiler.EditLatency;

/// <summary>The files of a project that somebody could have: perceptrons, convolutional networks and residual networks, twelve layers or blocks each.</summary>
internal static class ModelTexts
{
    /// <summary>A block that every third model uses.</summary>
    public const string Block =
        """
        using DLCompiler;

        namespace App;

        [Block]
        public partial class Residual(int channels)
        {
            readonly Conv2D conv1 = new(channels, kernel: 3, padding: 1, bias: false);
            readonly Conv2D conv2 = new(channels, kernel: 3, padding: 1, bias: false);
            readonly BatchNorm norm1 = new(), norm2 = new();

            public Tensor Forward(Tensor x)
            {
                var y = norm1.Forward(conv1.Forward(x)).Relu();
                return (norm2.Forward(conv2.Forward(y)) + x).Relu();
            }
        }
        """;

    /// <summary>A file that has nothing to do with models.</summary>
    public static string Other(int number) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;

        namespace App;

        public sealed class Service{{Text(number)}}
        {
            private readonly Dictionary<string, int> counts = new();

            public int Count(string key) => counts.TryGetValue(key, out int count) ? count : 0;

            public void Add(IEnumerable<string> keys)
            {
                foreach (string key in keys.Where(key => key.Length > {{Text(number)}})) counts[key] = Count(key) + 1;
            }
        }
        """;

    /// <summary>The file of one model.</summary>
    public static string Model(int number) => (number % 3) switch
    {
        0 => Perceptron(number),
        1 => Convolutional(number),
        _ => Residual(number),
    };

    /// <summary>ResNet-152 for images of 224×224: the one model of its project.</summary>
    public const string ResNet152 =
        """
        using DLCompiler;

        namespace App;

        [Block]
        public partial class Bottleneck(int channels, int stride)
        {
            readonly Conv2D conv1 = new(channels, kernel: 1, bias: false);
            readonly Conv2D conv2 = new(channels, kernel: 3, stride, padding: 1, bias: false);
            readonly Conv2D conv3 = new(4 * channels, kernel: 1, bias: false);
            readonly Conv2D project = new(4 * channels, kernel: 1, stride, bias: false);
            readonly BatchNorm norm1 = new(), norm2 = new(), norm3 = new(), normProjected = new();

            public Tensor Forward(Tensor x)
            {
                var skip = stride == 1 && x.Shape[1] == 4 * channels ? x : normProjected.Forward(project.Forward(x));
                var y = norm1.Forward(conv1.Forward(x)).Relu();
                y = norm2.Forward(conv2.Forward(y)).Relu();
                return (norm3.Forward(conv3.Forward(y)) + skip).Relu();
            }
        }

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f)]
        public partial class ResNet152
        {
            readonly Conv2D stem = new(64, kernel: 7, stride: 2, padding: 3, bias: false);
            readonly BatchNorm norm = new();
            readonly Bottleneck[] blocks = Blocks([3, 8, 36, 3]);
            readonly Dense fc = new(1000);

            public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
            {
                var x = norm.Forward(stem.Forward(image)).Relu().MaxPool(3, 2, 1);
                foreach (var block in blocks) x = block.Forward(x);
                return fc.Forward(x.Mean(3).Mean(2));
            }

            static Bottleneck[] Blocks(int[] depths)
            {
                int count = 0;
                foreach (int depth in depths) count += depth;
                var blocks = new Bottleneck[count];
                int next = 0;
                for (int stage = 0; stage < depths.Length; stage++)
                    for (int i = 0; i < depths[stage]; i++) blocks[next++] = new Bottleneck(64 << stage, stage > 0 && i == 0 ? 2 : 1);
                return blocks;
            }
        }
        """;

    // Sizes differ from model to model, so that none is another's copy.
    private static string Perceptron(int number) =>
        $$"""
        using DLCompiler;

        namespace App;

        [Model, Input("N", 784)]
        {{string.Join("\n", Enumerable.Range(0, 5).Select(layer => $"[Dense({Text(256 - (16 * layer) + number)}), Relu]"))}}
        [Dropout(0.2f), Dense(10)]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
        public partial class {{Name(number)}} : Sequential;
        """;

    private static string Convolutional(int number) =>
        $$"""
        using DLCompiler;

        namespace App;

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
        public partial class {{Name(number)}}
        {
            readonly Conv2D conv1 = new({{Text(8 + (number % 5))}}, kernel: 3, padding: 1), conv2 = new(12, kernel: 3, padding: 1);
            readonly Conv2D conv3 = new(16, kernel: 3, padding: 1), conv4 = new(24, kernel: 3, padding: 1);
            readonly Dropout dropout = new(0.25f);
            readonly Dense fc1 = new({{Text(96 + number)}}), fc2 = new(84), fc3 = new(10);

            public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
            {
                var x = conv2.Forward(conv1.Forward(image).Relu()).Relu().MaxPool(2);
                x = conv4.Forward(conv3.Forward(x).Relu()).Relu().MaxPool(2);
                x = dropout.Forward(fc1.Forward(x.Flatten()).Relu());
                return fc3.Forward(fc2.Forward(x).Relu());
            }
        }
        """;

    private static string Residual(int number) =>
        $$"""
        using DLCompiler;

        namespace App;

        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, Momentum = 0.9f)]
        public partial class {{Name(number)}}
        {
            readonly Conv2D stem = new({{Text(8 + (number % 7))}}, kernel: 3, padding: 1, bias: false);
            readonly BatchNorm norm = new();
            readonly Residual block1 = new({{Text(8 + (number % 7))}}), block2 = new({{Text(8 + (number % 7))}});
            readonly Residual block3 = new({{Text(8 + (number % 7))}}), block4 = new({{Text(8 + (number % 7))}});
            readonly Dense fc1 = new({{Text(64 + number)}}), fc2 = new(10);

            public Tensor Forward([Shape("N", 3, 16, 16)] Tensor image)
            {
                var x = norm.Forward(stem.Forward(image)).Relu();
                x = block2.Forward(block1.Forward(x)).MaxPool(2);
                x = block4.Forward(block3.Forward(x));
                return fc2.Forward(fc1.Forward(x.Mean(3).Mean(2)).Relu());
            }
        }
        """;

    /// <summary>The class of a model.</summary>
    public static string Name(int number) => "Model" + Text(number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
