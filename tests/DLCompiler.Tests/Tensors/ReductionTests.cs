using Xunit;

namespace DLCompiler.Tests.Tensors;

public class ReductionTests
{
    private static readonly Tensor X = Pattern.Of(2, 3, 2); // -1.375 0.375 -0.75 1 -0.125 -1.25 | 0.5 -0.625 1.125 0 -1.125 0.625
    private static readonly Tensor<double> XD = X.ToDouble();

    [Fact]
    public void All_elements()
    {
        Expect.Both("[] -1.625", X.Sum(), XD.Sum());
        Expect.Both("[] -0.135416667", X.Mean(), XD.Mean());
    }

    [Fact]
    public void Along_an_axis()
    {
        Expect.Both("[3, 2] -0.875 -0.25 0.375 1 -1.25 -0.625", X.Sum(0), XD.Sum(0));
        Expect.Both("[2, 2] -2.25 0.125 0.5 0", X.Sum(1), XD.Sum(-2));
        Expect.Both("[2, 3] -0.5 0.125 -0.6875 -0.0625 0.5625 -0.25", X.Mean(-1), XD.Mean(2));
        Expect.Both("[2, 2] -0.125 1 1.125 0.625", X.Max(1), XD.Max(1));
    }

    [Fact]
    public void The_axis_may_stay()
    {
        Expect.Both("[2, 1, 2] -2.25 0.125 0.5 0", X.Sum(1, keepDimensions: true), XD.Sum(1, keepDimensions: true));
        Expect.Tensor("[2, 3, 1] -0.5 0.125 -0.6875 -0.0625 0.5625 -0.25", X.Mean(-1, keepDimensions: true));
        Expect.Tensor("[1, 3, 2] 0.5 0.375 1.125 1 -0.125 0.625", X.Max(0, keepDimensions: true));
    }

    [Fact]
    public void Sums_do_not_lose_small_terms()
    {
        // In float32, 2^24 + 1 is 2^24.
        Assert.Equal(16777218f, Tensor.FromArray([16777216, 1, 1]).Sum().Item());
    }

    [Fact]
    public void NaN_wins_and_infinities_count()
    {
        Expect.Tensor("[2] nan 3", Tensor.FromArray([float.NaN, 2, 1, 3], 2, 2).Max(1));
        Expect.Tensor("[] -inf", Tensor.FromArray([float.NegativeInfinity, float.NegativeInfinity]).Max(0));
        Expect.Tensor("[] nan", Tensor.FromArray([float.NegativeInfinity, float.PositiveInfinity]).Sum());
    }

    [Fact]
    public void Empty_axes()
    {
        Expect.Tensor("[] 0", Tensor.Zeros(0).Sum());
        Expect.Tensor("[] nan", Tensor.Zeros(0).Mean());
        Expect.Tensor("[2] 0 0", Tensor.Zeros(2, 0).Sum(1));
        Expect.Tensor("[2] nan nan", Tensor.Zeros(2, 0).Mean(1));
        Expect.Tensor("[0]", Tensor.Zeros(2, 0).Max(0));
        Expect.Mismatch(() => Tensor.Zeros(2, 0).Max(1), "[2, 0]", "empty");
    }

    [Fact]
    public void An_axis_that_does_not_exist_is_named()
    {
        Expect.Mismatch(() => X.Sum(3), "can't sum along axis 3 of [2, 3, 2]");
        Expect.Mismatch(() => X.Mean(-4), "can't average along axis -4");
        Expect.Mismatch(() => Tensor.Full(1).Max(0), "axis 0 of []");
    }
}
