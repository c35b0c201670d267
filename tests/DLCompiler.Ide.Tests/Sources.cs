namespace DLCompiler.Ide.Tests;

/// <summary>The files of the fresh project.</summary>
internal static class Sources
{
    public const string LeNet5 =
        """
        using DLCompiler;

        /// <summary>Reads handwritten digits.</summary>
        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
        public partial class LeNet5
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

    public const string Program =
        """
        using System;
        using DLCompiler;
        using DLCompiler.Data;

        using LeNet5 model = new() { Seed = 1 };
        var (train, test) = Digits.Load();
        model.Fit(train, new FitOptions { Epochs = 3 });
        float[] scores = model.Predict(test.Features(0, 1));
        Console.WriteLine(scores.Length);
        Console.WriteLine(LeNet5.ParameterCount);

        """;

    /// <summary>A block in one file, used with what does not fit in another.</summary>
    public const string Block =
        """
        using DLCompiler;

        [Block]
        public partial class Residual(int channels, int stride = 1)
        {
            readonly Conv2D conv = new(channels, kernel: 3, stride, padding: 1);

            public Tensor Forward(Tensor x) => (conv.Forward(x) + x).Relu();
        }

        """;
}
