using System;
using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>Attention over sequences whose length each call gives, with dropout in training: predictions are those of the eager reference.</summary>
public sealed class AttentionLengthTests
{
    private const string Text = """
        using System;
        using System.Linq;
        using DLCompiler;
        namespace Lengths;

        [Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.01f)]
        public partial class Talker
        {
            readonly Embedding table = new(9, 12);
            readonly LearnedPositions learned = new(12);
            readonly MultiHeadAttention near = new(4, keyValueHeads: 2, dropout: 0.1f, causal: true, alibi: true), turned = new(3, window: 4, rotaryBase: 100);
            readonly MultiHeadAttention other = new(2, separate: true);
            readonly SinusoidalPositions positions = new();
            readonly Dense classes = new(9);

            public Tensor Forward([Shape("N", "T <= 12")] Tensor<int> ids)
            {
                Tensor x = learned.Forward(positions.Forward(table.Forward(ids)));
                x = x + near.Forward(x);
                x = x + turned.Forward(x);
                return classes.Forward(other.Forward(x, x.Tanh()));
            }
        }

        [Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.01f)]
        public partial class Reader
        {
            readonly Gpt gpt = new(9, context: 12, features: 12, heads: 2, count: 1);
            readonly Bert bert = new(9, context: 12, features: 8, heads: 2, count: 1, segments: 9);

            public Tensor Forward([Shape("N", "T <= 12")] Tensor<int> ids) => gpt.Forward(ids) + bert.MaskedLogits(bert.Forward(ids, segments: ids));
        }

        public static class Check
        {
            public static double One() => Difference(1, 1);

            public static double Some() => Difference(2, 7);

            public static double All() => Difference(5, 12);

            private static double Difference(int batch, int length)
            {
                using var model = new Talker { Seed = 3, Threads = 2 };
                int[] ids = Enumerable.Range(0, batch * length).Select(i => i * 5 % 9).ToArray();
                for (int step = 0; step < 3; step++) model.StepTrain(ids, ids, length);
                float[] eager = model.Forward(Tensor<int>.FromArray(ids, batch, length)).ToArray();
                return model.Predict(ids, length).Zip(eager, (a, b) => Math.Abs((double)a - b)).Max();
            }

            public static double Loss()
            {
                using var model = new Reader { Seed = 3 };
                float loss = 0;
                for (int step = 0; step < 120; step++)
                {
                    int length = 1 + (step % 12);
                    int[] ids = Enumerable.Range(0, 4 * length).Select(i => (i * 5 + step) % 9).ToArray();
                    loss = model.StepTrain(ids, ids, length);
                }

                return loss;
            }
        }
        """;

    private static readonly Lazy<LoadedAssembly> Program = new(() => new LoadedAssembly(GeneratorRun.Of(Text)));

    [Theory]
    [InlineData("One")]
    [InlineData("Some")]
    [InlineData("All")]
    public void Layers_are_those_of_the_reference(string method) => Assert.InRange((double)Program.Value.Run("Lengths.Check", method)!, 0, 2e-5);

    [Fact]
    public void Blocks_learn_to_repeat_what_they_read() => Assert.InRange((double)Program.Value.Run("Lengths.Check", "Loss")!, 0, 1);
}
