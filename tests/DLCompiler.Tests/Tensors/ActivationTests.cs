using System;
using Xunit;

namespace DLCompiler.Tests.Tensors;

/// <summary>What the activations beside the basic ones reject, and their double-precision forms; their figures are compared with PyTorch's elsewhere.</summary>
public class ActivationTests
{
    [Fact]
    public void Double_precision_agrees_with_single()
    {
        Tensor x = Pattern.Of(4, 6);
        Tensor<double> d = x.ToDouble();
        (Tensor Single, Tensor<double> Double)[] pairs =
        [
            (x.Celu(0.5f), d.Celu(0.5)), (x.Elu(), d.Elu()), (x.GeluTanh(), d.GeluTanh()), (x.Glu(), d.Glu()), (x.HardSigmoid(), d.HardSigmoid()),
            (x.HardSwish(), d.HardSwish()), (x.HardTanh(), d.HardTanh()), (x.LogSigmoid(), d.LogSigmoid()), (x.LogSoftmax(0), d.LogSoftmax(0)),
            (x.Mish(), d.Mish()), (x.Relu6(), d.Relu6()), (x.Selu(), d.Selu()), (x.Silu(), d.Silu()), (x.Softplus(2), d.Softplus(2)),
            (x.Softsign(), d.Softsign()), (x.SwiGlu(), d.SwiGlu()),
        ];
        Assert.All(pairs, pair => Assert.Equal(pair.Single.ToArray(), pair.Double.ToSingle().ToArray()));
    }

    [Fact]
    public void Numbers_out_of_their_range_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2).Celu(0));
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2).Softplus(0));
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2).HardTanh(1, 1));
        Expect.Mismatch(() => Tensor.Ones(2, 3).Glu(), "can't split [2, 3] in halves: axis 1 has 3 elements");
        Expect.Mismatch(() => Tensor.Ones(2, 3).SwiGlu(2), "[2, 3]");
    }
}
