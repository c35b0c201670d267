using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class SequentialTests
{
    [Input("N", 3)]
    [Dense(2), Relu, Dropout(0.5f), Dense(1, Bias = false)]
    private sealed class Mlp : Sequential;

    [Input("N", 4, 4)]
    [Reshape(1, 4, 4), Conv2D(2, 3, padding: 1), BatchNorm, LeakyRelu(0.2f), MaxPool(2), AvgPool(2), Flatten, Tanh]
    private sealed class Images : Sequential;

    [Input("N", 2, 4, 4)]
    [DepthwiseConv2D(3, padding: 1), SeparableConv2D(3, 3, stride: 2, padding: 1), ConvTranspose2D(1, 3, stride: 2, padding: 1, outputPadding: 1)]
    private sealed class Convolutions : Sequential;

    [Input("N", "T <= 8")]
    [Embedding(3, 2), Softmax]
    private sealed class Words : Sequential;

    [Sigmoid, Gelu]
    private sealed class Functions : Sequential;

    [Input("N", 8)]
    [Relu6, Elu(0.5f), Selu, Celu(2), GeluTanh, Silu, Mish, Softplus(2), Softsign, LogSigmoid, HardSigmoid, HardSwish, HardTanh(-0.5f, 0.5f)]
    private sealed class Activations : Sequential;

    [Input("N", 8)]
    [Glu, SwiGlu, LogSoftmax]
    private sealed class Gates : Sequential;

    [Input("N", 8, 4, 4)]
    [GroupNorm(2), PixelShuffle(2), InstanceNorm, ZeroPad(1, 0, 2, 1), Crop(0, 1, 1, 0), UpsampleNearest(2), GlobalAvgPool, LayerNorm, RmsNorm]
    private sealed class Normalized : Sequential;

    [Input("N", 2, 4, 4)]
    [GlobalMaxPool]
    private sealed class Largest : Sequential;

    [Input("N", 2, 9)]
    [Conv1D(3, 3, same: true), MaxPool1D(2, ceilMode: true), ConvTranspose1D(2, 2, stride: 2), AvgPool1D(2), AdaptiveMaxPool1D(3), AdaptiveAvgPool1D(2)]
    private sealed class Lines : Sequential;

    [Input("N", 2, 6, 6)]
    [LocalResponseNorm(3), SpatialDropout(0.5f), AlphaDropout(0.5f), GaussianNoise(0.5f), UpsampleBilinear(2), ResizeBilinear(5), AdaptiveMaxPool(4)]
    [AdaptiveAvgPool(2), Flatten, Maxout(3), PRelu]
    private sealed class Resized : Sequential;

    [Relu, Embedding(3, 2)]
    private sealed class Misplaced : Sequential;

    private sealed class Storage : Dictionary<string, Tensor>, IParameterSource
    {
        public Tensor? Find(string name) => this.GetValueOrDefault(name);
    }

    [Fact]
    public void Layers_follow_the_attributes_and_are_named_by_position()
    {
        var model = new Mlp();
        model.Attach(
            new Storage
            {
                ["0.weight"] = Tensor.FromArray([1, 0, 0, 0, 1, 1], 2, 3),
                ["0.bias"] = Tensor.FromArray([0, -10]),
                ["3.weight"] = Tensor.FromArray([2, 3], 1, 2),
            },
            string.Empty);
        Expect.Both(
            "[2, 1] 10 13",
            model.Forward(Tensor.FromArray([5, 1, 1, -1, 7, 22f / 3], 2, 3)),
            model.Forward(Tensor<double>.FromArray([5, 1, 1, -1, 7, 22 / 3.0], 2, 3)));
        Assert.Equal([0, 3], model.Layers.Select(layer => layer.Position));
    }

    [Fact]
    public void A_chain_computes_what_its_layers_do()
    {
        var x = Pattern.Of(2, 4, 4);
        var conv = new Conv2D(2, 3, padding: 1);
        var expected = new BatchNorm().Forward(conv.Forward(x.Reshape(2, 1, 4, 4))).LeakyRelu(0.2f).MaxPool(2).AvgPool(2).Flatten().Tanh();
        Assert.Equal(expected.ToArray(), new Images().Forward(x).ToArray());
        x = Pattern.Of(2, 2, 4, 4);
        var narrow = new SeparableConv2D(3, 3, stride: 2, padding: 1).Forward(new DepthwiseConv2D(3, padding: 1).Forward(x));
        expected = new ConvTranspose2D(1, 3, stride: 2, padding: 1, outputPadding: 1).Forward(narrow);
        Assert.Equal(expected.ToArray(), new Convolutions().Forward(x).ToArray());
        Assert.Equal(Pattern.Of(2).Sigmoid().Gelu().ToArray(), new Functions().Forward(Pattern.Of(2)).ToArray());
        x = Pattern.Of(3, 8);
        expected = x.Relu6().Elu(0.5f).Selu().Celu(2).GeluTanh().Silu().Mish().Softplus(2).Softsign().LogSigmoid().HardSigmoid().HardSwish()
            .HardTanh(-0.5f, 0.5f);
        Assert.Equal(expected.ToArray(), new Activations().Forward(x).ToArray());
        Assert.Equal(x.Glu().SwiGlu().LogSoftmax().ToArray(), new Gates().Forward(x).ToArray());
        x = Pattern.Of(2, 8, 4, 4);
        expected = new InstanceNorm().Forward(new GroupNorm(2).Forward(x).PixelShuffle(2)).ZeroPad(1, 0, 2, 1).Crop(0, 1, 1, 0)
            .UpsampleNearest(2).GlobalAvgPool();
        Assert.Equal(new RmsNorm().Forward(new LayerNorm().Forward(expected)).ToArray(), new Normalized().Forward(x).ToArray());
        Assert.Equal(x.Reshape(8, 2, 4, 4).GlobalMaxPool().ToArray(), new Largest().Forward(x.Reshape(8, 2, 4, 4)).ToArray());
        x = Pattern.Of(3, 2, 9);
        expected = new ConvTranspose1D(2, 2, stride: 2).Forward(new Conv1D(3, 3, same: true).Forward(x).MaxPool1D(2, ceilMode: true)).AvgPool1D(2)
            .AdaptiveMaxPool1D(3).AdaptiveAvgPool1D(2);
        Assert.Equal(expected.ToArray(), new Lines().Forward(x).ToArray());
        x = Pattern.Of(2, 2, 6, 6);
        expected = new LocalResponseNorm(3).Forward(x).UpsampleBilinear(2).ResizeBilinear(5).AdaptiveMaxPool(4).AdaptiveAvgPool(2).Flatten();
        Assert.Equal(new PRelu().Forward(new Maxout(3).Forward(expected)).ToArray(), new Resized().Forward(x).ToArray());
    }

    [Fact]
    public void A_chain_of_a_model_finds_its_layers_under_its_own_key()
    {
        var model = new Words();
        model.Attach(new Storage { ["words.0.weight"] = Tensor.FromArray([0, 0, 1, 1, float.NegativeInfinity, 2], 3, 2) }, "words");
        Expect.Tensor("[1, 2, 2] 0.5 0.5 0 1", model.Forward(Tensor<int>.FromArray([1, 2], 1, 2)));
    }

    [Fact]
    public void Inputs_are_checked()
    {
        Expect.Mismatch(() => new Mlp().Forward(Tensor.Zeros(2, 4)), "Mlp takes [N, 3] but receives [2, 4]: dimension 1 is 4, not 3");
        Expect.Mismatch(() => new Images().Forward(Tensor.Zeros(2, 4)), "[N, 4, 4]", "[2, 4]", "2 axes, not 3");
        Expect.Mismatch(() => new Words().Forward(Tensor<int>.FromArray([1, 2])), "[N, T <= 8]", "[2]");
        Assert.Throws<InvalidOperationException>(() => new Mlp().Forward(Tensor<int>.FromArray([1, 2])));
        Assert.Throws<InvalidOperationException>(() => new Misplaced().Forward(Tensor.Zeros(2)));
    }
}
