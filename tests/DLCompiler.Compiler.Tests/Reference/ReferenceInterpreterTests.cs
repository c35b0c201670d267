using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>The oracle itself, against figures worked out by hand.</summary>
public sealed class ReferenceInterpreterTests
{
    [Fact]
    public void Convolution()
    {
        // A 3×3 image and a 2×2 kernel; padding 1 and stride 2 give four windows, of 1, 2, 2 and 4 pixels.
        double[] y = Evaluate(new Convolve(new(2, 2, 1, 1, 1, 1, 1)), ([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]), ([1, 1, 2, 2], [1, 10, 100, 1000]));
        Assert.Equal([1000, 3200, 7040, 5 + 60 + 800 + 9000], y);
    }

    [Fact]
    public void MaxPoolTakesTheFirstWinnerAndAnyNaN()
    {
        var pool = new PoolGeometry(2, 2, 2, 2, 0, 0);
        (int[], double[]) image = ([1, 1, 2, 6], [5, 5, 1, 2, double.NaN, 9, 5, 4, 3, 8, 1, double.NaN]);
        Assert.Equal([5, 8, double.NaN], Evaluate(new MaxPool(pool), image));
        Assert.Equal([0, 3, 0], Evaluate(new MaxPoolIndex(pool), image));
    }

    [Fact]
    public void PaddingNeverWinsAndCountsAsZeroInMeans()
    {
        var pool = new PoolGeometry(2, 2, 2, 2, 1, 1);
        (int[], double[]) image = ([1, 1, 2, 2], [-1, -2, -3, -4]);
        Assert.Equal([-1, -2, -3, -4], Evaluate(new MaxPool(pool), image));
        Assert.Equal([3, 2, 1, 0], Evaluate(new MaxPoolIndex(pool), image));
        Assert.Equal([-0.25, -0.5, -0.75, -1], Evaluate(new AveragePool(pool), image));
    }

    [Fact]
    public void ScatterAddsRowsOfTheSameId() =>
        Assert.Equal([0, 0, 5, 7, 3, 4], Evaluate(new ScatterAdd(new Shape(3, 2)), ([3], [1, 2, 1]), ([3, 2], [1, 2, 3, 4, 4, 5])));

    [Fact]
    public void CrossEntropyOfLargeLogits() => Assert.Equal([0, 1000], Evaluate(new SoftmaxCrossEntropy(), ([2, 2], [1000, 0, 1000, 0]), ([2], [0, 1])));

    [Fact]
    public void SoftmaxIgnoresMinusInfinity() => Assert.Equal([0.5, 0, 0.5], Evaluate(new Softmax(), ([3], [7, double.NegativeInfinity, 7])));

    [Fact]
    public void Views()
    {
        (int[], double[]) x = ([2, 3], [1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 4, 2, 5, 3, 6], Evaluate(new Permute([1, 0]), x));
        Assert.Equal([1, 3, 4, 6], Evaluate(new Slice(1, 0, 2, 2), x));
        Assert.Equal([0, 1, 2, 3, 0, 4, 5, 6], Evaluate(new Pad(1, 1, 0), x));
        Assert.Equal([3, 2, 1, 6, 5, 4], Evaluate(new Flip(1), x));
        Assert.Equal([1, 2, 3, 1, 4, 5, 6, 4], Evaluate(new Concat(1), x, ([2, 1], [1, 4])));
        Assert.Equal([1, 1, 2, 2], Evaluate(new Broadcast(new Shape(2, 2), [0]), ([2], [1, 2])));
    }

    private static double[] Evaluate(Operator @operator, params (int[] Shape, double[] Values)[] operands)
    {
        var graph = new GraphBuilder();
        var feeds = new Dictionary<Node, ReferenceTensor>();
        foreach ((int[] shape, double[] values) in operands)
        {
            // Operands of indices are recognised by what the operator demands of its operands.
            bool isIndex = (@operator is ScatterAdd && feeds.Count == 0) || (@operator is SoftmaxCrossEntropy && feeds.Count == 1);
            var type = new TensorType(isIndex ? ElementType.Int32 : ElementType.Float64, new Shape(shape.Select(size => (Dimension)size)));
            feeds.Add(graph.Add(new Input($"x{feeds.Count}", type)), new ReferenceTensor(shape, values));
        }

        return ReferenceInterpreter.Evaluate([graph.Add(@operator, [.. feeds.Keys])], feeds)[0].Values;
    }
}
