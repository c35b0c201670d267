using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Tensors;

public class TensorShapeTests
{
    [Fact]
    public void Axes_count_from_either_end()
    {
        var shape = new TensorShape(2, 3, 5);
        Assert.Equal((3, 30, 2, 5, 3), (shape.Rank, shape.ElementCount, shape[0], shape[^1], shape[^2]));
        Assert.Equal([2, 3, 5], shape.ToArray());
        Assert.Equal(10, shape.Sum());
    }

    [Fact]
    public void A_scalar_has_no_axes_and_one_element()
    {
        var shape = new TensorShape();
        Assert.Equal((0, 1, "[]"), (shape.Rank, shape.ElementCount, shape.ToString()));
    }

    [Fact]
    public void Equality_is_by_sizes()
    {
        Assert.True(new TensorShape(2, 3) == new TensorShape(2, 3));
        Assert.True(new TensorShape(2, 3) != new TensorShape(3, 2));
        Assert.False(new TensorShape(2) == null);
        Assert.Equal(new TensorShape(2, 3).GetHashCode(), new TensorShape(2, 3).GetHashCode());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void An_axis_that_does_not_exist_is_named(int axis)
    {
        var shape = new TensorShape(2, 3, 5);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => shape[axis]);
        Assert.Contains($"[2, 3, 5] has no axis {axis}: it has 3 axes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_not_negative_and_elements_can_be_counted()
    {
        Assert.Contains("[2, -1]", Assert.Throws<ArgumentException>(() => new TensorShape(2, -1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TensorShape(65536, 65536));
        Assert.Equal(0, new TensorShape(0, 65536).ElementCount);
    }
}
