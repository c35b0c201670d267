namespace DLCompiler.Generator.Tests.Harness;

/// <summary>Models that several tests use.</summary>
internal static class Samples
{
    public const string LeNet5 =
        """
        using DLCompiler;

        namespace App;

        /// <summary>A network.</summary>
        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
        public partial class LeNet5
        {
            readonly Conv2D conv1 = new(6, kernel: 5, padding: 2);
            readonly Conv2D conv2 = new(16, kernel: 5);
            readonly Dense fc1 = new(120), fc2 = new(84), fc3 = new(10);

            /// <summary>The network's body.</summary>
            public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
            {
                var x = conv1.Forward(image).Relu().MaxPool(2);
                x = conv2.Forward(x).Relu().MaxPool(2);
                x = fc1.Forward(x.Flatten()).Relu();
                return fc3.Forward(fc2.Forward(x).Relu());
            }
        }
        """;

    public const string Mlp =
        """
        using DLCompiler;

        namespace App;

        /// <summary>A chain.</summary>
        [Model, Input("N", 784)]
        [Dense(128), Relu, Dropout(0.2f), Dense(10)]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
        public partial class Mlp : Sequential;
        """;

    public const string Gan =
        """
        using DLCompiler;

        namespace App;

        /// <summary>From noise to pictures.</summary>
        [Model, Input("N", 64), Dense(128), Relu, Dense(784), Tanh]
        public partial class Generator : Sequential;

        /// <summary>From pictures to a judgement.</summary>
        [Model, Input("N", 784), Dense(128), LeakyRelu(0.2f), Dense(1)]
        public partial class Discriminator : Sequential;

        /// <summary>Both.</summary>
        [Model]
        public partial class Gan
        {
            /// <summary>Draws.</summary>
            public readonly Generator G = new();

            /// <summary>Judges.</summary>
            public readonly Discriminator D = new();

            [Step(Updates = nameof(D), Optimizer = Optimizer.Adam, LearningRate = 2e-4f, Beta1 = 0.5f)]
            Tensor DiscriminatorLoss([Shape("N", 784)] Tensor real, [Shape("N", 64)] Tensor z) =>
                D.Forward(real).SigmoidCrossEntropy(1) + D.Forward(G.Forward(z)).SigmoidCrossEntropy(0);

            [Step(Updates = nameof(G), Optimizer = Optimizer.Adam, LearningRate = 2e-4f, Beta1 = 0.5f)]
            Tensor GeneratorLoss([Shape("N", 64)] Tensor z) => D.Forward(G.Forward(z)).SigmoidCrossEntropy(1);
        }
        """;

    public const string ResidualNet =
        """
        using DLCompiler;

        namespace App;

        /// <summary>A piece.</summary>
        [Block]
        public partial class ResidualBlock(int channels, int stride = 1)
        {
            readonly Conv2D conv1 = new(channels, kernel: 3, stride, padding: 1, bias: false);
            readonly Conv2D conv2 = new(channels, kernel: 3, padding: 1, bias: false);
            readonly Conv2D project = new(channels, kernel: 1, stride, bias: false);
            readonly BatchNorm norm1 = new(), norm2 = new();

            /// <summary>The piece's body.</summary>
            public Tensor Forward(Tensor x)
            {
                var skip = stride == 1 && x.Shape[1] == channels ? x : project.Forward(x);
                var y = norm1.Forward(conv1.Forward(x)).Relu();
                return (norm2.Forward(conv2.Forward(y)) + skip).Relu();
            }
        }

        /// <summary>A network.</summary>
        [Model]
        [Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, Momentum = 0.9f)]
        public partial class ResidualNet
        {
            readonly Conv2D stem = new(8, kernel: 3, padding: 1);
            readonly ResidualBlock[] blocks = [new(8), new(16, stride: 2)];
            readonly Dense head = new(10);

            /// <summary>The network's body.</summary>
            public Tensor Forward([Shape("N", 3, 16, 16)] Tensor image)
            {
                var x = stem.Forward(image).Relu();
                foreach (var block in blocks) x = block.Forward(x);
                return head.Forward(x.AvgPool(8).Flatten());
            }
        }
        """;
}
