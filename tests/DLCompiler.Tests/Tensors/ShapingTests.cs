using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Tensors;

public class ShapingTests
{
    /// <summary>0, 1, 2, … in a shape.</summary>
    private static Tensor Range(params int[] sizes) => Tensor.FromArray(
        [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(i => (float)i)],
        sizes);

    [Fact]
    public void Flatten_keeps_the_batch()
    {
        Expect.Both("[2, 4] 0 1 2 3 4 5 6 7", Range(2, 2, 2).Flatten(), Range(2, 2, 2).ToDouble().Flatten());
        Expect.Tensor("[2, 1] 0 1", Range(2).Flatten());
        Expect.Tensor("[0, 6]", Range(0, 2, 3).Flatten());
        Expect.Mismatch(() => Tensor.Full(1).Flatten(), "[]");
    }

    [Fact]
    public void Reshape_infers_one_size()
    {
        Expect.Both("[3, 2] 0 1 2 3 4 5", Range(2, 3).Reshape(3, 2), Range(2, 3).ToDouble().Reshape(3, 2));
        Expect.Tensor("[3, 2] 0 1 2 3 4 5", Range(6).Reshape(-1, 2));
        Expect.Tensor("[1, 6, 1] 0 1 2 3 4 5", Range(2, 3).Reshape(1, -1, 1));
        Expect.Tensor("[] 5", Tensor.Full(5, 1, 1).Reshape());
    }

    [Fact]
    public void Reshape_errors()
    {
        Expect.Mismatch(() => Range(2, 3).Reshape(4, 2), "can't reshape [2, 3] to [4, 2]: 6 elements are not 8");
        Expect.Mismatch(() => Range(2, 3).Reshape(4, -1), "can't reshape [2, 3] to [4, -1]", "multiple of 4");
        Expect.Mismatch(() => Range(2, 3).Reshape(-1, -1), "only one size");
        Expect.Mismatch(() => Range(0, 3).Reshape(0, -1), "can't be inferred");
    }

    [Fact]
    public void Transpose_swaps_two_axes()
    {
        Expect.Both("[3, 2] 0 3 1 4 2 5", Range(2, 3).Transpose(0, 1), Range(2, 3).ToDouble().Transpose(-1, -2));
        Expect.Tensor("[2, 2, 2] 0 4 2 6 1 5 3 7", Range(2, 2, 2).Transpose(0, 2));
        Expect.Mismatch(() => Range(2, 3).Transpose(0, 2), "axis 2 of [2, 3]");
    }

    [Fact]
    public void Permute_reorders_axes() // torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1)
    {
        var x = Range(2, 3, 4);
        Expect.Both(
            "[4, 2, 3] 0 4 8 12 16 20 1 5 9 13 17 21 2 6 10 14 18 22 3 7 11 15 19 23",
            x.Permute(2, 0, 1),
            x.ToDouble().Permute(-1, 0, 1));
        Expect.Mismatch(() => x.Permute(0, 1), "can't permute [2, 3, 4] by [0, 1]: name each of its 3 axes once");
        Expect.Mismatch(() => x.Permute(0, 1, 1), "[0, 1, 1]");
    }

    [Fact]
    public void Slice_takes_part_of_an_axis()
    {
        var x = Range(2, 3, 2);
        Expect.Both("[2, 2, 2] 2 3 4 5 8 9 10 11", x.Slice(1, 1, 2), x.ToDouble().Slice(-2, 1, 2));
        Expect.Tensor("[1, 3, 2] 6 7 8 9 10 11", x.Slice(0, 1, 1));
        Expect.Tensor("[2, 3, 0]", x.Slice(2, 2, 0));
        Expect.Mismatch(() => x.Slice(1, 2, 2), "can't take 2 elements from 2 on along axis 1 of [2, 3, 2]: the axis has 3");
        Expect.Mismatch(() => x.Slice(1, -1, 2), "from -1");
        Expect.Mismatch(() => x.Slice(1, int.MaxValue, 1), "the axis has 3");
    }

    [Fact]
    public void Concat_joins_along_an_axis()
    {
        Tensor a = Range(2, 1, 2), b = Range(2, 2, 2) + 10;
        Expect.Tensor("[2, 3, 2] 0 1 10 11 12 13 2 3 14 15 16 17", Tensor.Concat(1, a, b));
        Expect.Tensor("[2, 3, 2] 0 1 10 11 12 13 2 3 14 15 16 17", Tensor<double>.Concat(-2, a.ToDouble(), b.ToDouble()));
        Expect.Tensor("[4] 0 1 0 1", Tensor.Concat(0, Range(2), Range(0), Range(2)));
        Expect.Tensor("[2] 0 1", Tensor.Concat(0, Range(2)));
    }

    [Fact]
    public void Concat_errors()
    {
        Expect.Mismatch(
            () => Tensor.Concat(1, Range(2, 3), Range(4, 3)),
            "can't concatenate [2, 3] and [4, 3] along axis 1: dimension 0 is 2 in the first and 4 in the other");
        Expect.Mismatch(() => Tensor.Concat(0, Range(2, 3), Range(6)), "[2, 3] and [6]", "2 axes", "1");
        Expect.Mismatch(() => Tensor.Concat(2, Range(2, 3)), "axis 2 of [2, 3]");
        Assert.Throws<ArgumentException>(() => Tensor.Concat(0));
    }
}
