using System;
using System.Globalization;
using Xunit;

namespace DLCompiler.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void Elements_are_row_major()
    {
        var x = Tensor.FromArray([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal((1f, 3f, 4f, 6f), (x[0, 0], x[0, 2], x[1, 0], x[1, 2]));
        Assert.Equal([1f, 2, 3, 4, 5, 6], x.ToArray());
        Assert.Equal(new TensorShape(6), Tensor.FromArray([1, 2, 3, 4, 5, 6]).Shape);
    }

    [Fact]
    public void Creation_copies()
    {
        float[] source = [1, 2];
        var x = Tensor.FromArray(source);
        source[0] = 7;
        x.ToArray()[1] = 7;
        Expect.Tensor("[2] 1 2", x);
    }

    [Fact]
    public void Constants()
    {
        Expect.Tensor("[2, 2] 3 3 3 3", Tensor.Full(3, 2, 2));
        Expect.Tensor("[] 3", Tensor.Full(3));
        Expect.Tensor("[2] 0 0", Tensor.Zeros(2));
        Expect.Tensor("[1, 2] 1 1", Tensor.Ones(1, 2));
    }

    [Fact]
    public void Other_element_types_carry_labels_and_masks()
    {
        var ids = Tensor<int>.FromArray([3, 1, 2, 0], 2, 2);
        Assert.Equal((2, 4), (ids[1, 0], ids.Span.Length));
        Assert.True(Tensor<bool>.Full(true, 2)[1]);
        Assert.Equal(0.1, Tensor<double>.Full(0.1).Item());
    }

    [Fact]
    public void Both_precisions_convert()
    {
        Assert.Equal(0.1f, (float)Tensor.Full(0.1f).ToDouble().Item());
        Assert.Equal((double)0.1f, Tensor.Full(0.1f).ToDouble().Item());
        Assert.Equal(0.1f, Tensor<double>.Full(0.1).ToSingle().Item());
    }

    [Fact]
    public void The_only_element_is_read_as_a_scalar()
    {
        Assert.Equal(2.5f, Tensor.Full(2.5f, 1, 1).Item());
        Assert.Contains("[2] has 2 elements", Assert.Throws<InvalidOperationException>(() => Tensor.Zeros(2).Item()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_are_copied_out()
    {
        float[] destination = [0, 0, 9];
        Tensor.FromArray([1, 2]).CopyTo(destination);
        Assert.Equal([1f, 2, 9], destination);
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(4).CopyTo(destination));
    }

    [Fact]
    public void Wrong_indices_and_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3)[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros(2, 3)[1, 3]);
        Expect.Mismatch(() => Tensor.FromArray([1, 2, 3], 2, 2), "3 elements", "[2, 2]");
    }

    [Fact]
    public void Text_is_invariant_and_shortened()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("[2, 2] [[1.5, 2], [-3, 4]]", Tensor.FromArray([1.5f, 2, -3, 4], 2, 2).ToString());
            Assert.Equal("[9] [0, 0, 0, …, 0, 0, 0]", Tensor.Zeros(9).ToString());
            Assert.Equal("[] 1", Tensor<int>.Full(1).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
