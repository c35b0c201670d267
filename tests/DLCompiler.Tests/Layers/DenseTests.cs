using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class DenseTests
{
    [Fact]
    public void A_worked_example()
    {
        var layer = new Dense(2).With(("weight", Tensor.FromArray([1, 2, 3, -1, 0, 1], 2, 3)), ("bias", Tensor.FromArray([10, 20])));
        Expect.Tensor("[1, 2] 24 22", layer.Forward(Tensor.FromArray([1, 2, 3], 1, 3)));
    }

    [Fact]
    public void Matches_PyTorch() // F.linear(P(2, 3), P(2, 3, salt=1), P(2, salt=2)); without bias on P(2, 2, 3)
    {
        var layer = new Dense(2, input: 3).With(("weight", Pattern.Salted(1, 2, 3)), ("bias", Pattern.Salted(2, 2)));
        Expect.Both("[2, 2] 0.484375 1.3125 0.734375 -0.5625", layer.Forward(Pattern.Of(2, 3)), layer.Forward(Pattern.Of(2, 3).ToDouble()));

        var plain = new Dense(2, bias: false).With(("weight", Pattern.Salted(1, 2, 3)));
        Expect.Tensor("[2, 2, 2] -0.890625 1.0625 -0.640625 -0.8125 1.40625 -0.890625 1.65625 -1.328125", plain.Forward(Pattern.Of(2, 2, 3)));
        Assert.Equal("weight", Assert.Single(plain.Parameters).Name);
    }

    [Fact]
    public void Parameters_are_created_from_the_first_input()
    {
        var layer = new Dense(5);
        Assert.Empty(layer.Parameters);
        Expect.Tensor("[0, 5]", layer.Forward(Tensor.Zeros(0, 16)));
        Assert.Equal([("weight", "[5, 16]"), ("bias", "[5]")], layer.Parameters.Select(parameter => (parameter.Name, parameter.Value.Shape.ToString())));

        // Uniform on ±1/√16, not degenerate, and the same every time.
        float[] weight = layer.Parameters[0].Value.ToArray();
        Assert.All(weight, value => Assert.InRange(value, -0.25f, 0.25f));
        Assert.InRange(weight.Max() - weight.Min(), 0.4f, 0.5f);
        var twin = new Dense(5);
        twin.Forward(Tensor.Zeros(1, 16));
        Assert.Equal(weight, twin.Parameters[0].Value.ToArray());
    }

    [Fact]
    public void Input_sizes_are_checked()
    {
        Expect.Mismatch(
            () => new Dense(120, input: 256).Forward(Tensor.Zeros(2, 400)),
            "declared with 256 inputs but receives [2, 400]: dimension 1 is 400. Declare 400, or omit it");
        Expect.Mismatch(() => new Dense(2).Forward(Tensor.Full(1)), "[]");
        var used = new Dense(2);
        used.Forward(Tensor.Zeros(1, 3));
        Expect.Mismatch(() => used.Forward(Tensor.Zeros(1, 4)), "weight of shape [2, 3]", "needs [2, 4]");
    }

    [Fact]
    public void Sizes_are_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(1, input: -1));
    }
}
