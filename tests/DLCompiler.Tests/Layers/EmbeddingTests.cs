using System;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class EmbeddingTests
{
    private static readonly Tensor Table = Tensor.FromArray([0, 1, 10, 11, 20, 21], 3, 2);

    [Fact]
    public void Ids_pick_rows()
    {
        var layer = new Embedding(3, 2).With(("weight", Table));
        Expect.Tensor("[2] 10 11", layer.Forward(Tensor<int>.Full(1)));
        Expect.Tensor("[2, 2, 2] 20 21 0 1 0 1 10 11", layer.Forward(Tensor<int>.FromArray([2, 0, 0, 1], 2, 2)));
        Expect.Tensor("[0, 2]", layer.Forward(Tensor<int>.FromArray([], 0)));
    }

    [Fact]
    public void An_untrained_table_is_standard_normal()
    {
        var layer = new Embedding(50, 40);
        layer.Forward(Tensor<int>.Full(0));
        var weight = Assert.Single(layer.Parameters).Value;
        Assert.Equal("[50, 40]", weight.Shape.ToString());
        Assert.InRange(weight.Mean().Item(), -0.1f, 0.1f);
        Assert.InRange(weight.Square().Mean().Item(), 0.9f, 1.1f);
    }

    [Fact]
    public void An_id_outside_the_table_is_named()
    {
        var layer = new Embedding(3, 2).With(("weight", Table));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward(Tensor<int>.FromArray([2, 3])));
        Assert.Contains("id 3 at position 1 is not in the table: it has 3 rows", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward(Tensor<int>.FromArray([-1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(2, 0));
    }
}
