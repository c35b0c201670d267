using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace DLCompiler.Tests.Tensors;

/// <summary>Double precision has all operations, with the same meaning.</summary>
public sealed class DoubleOperationsTests
{
    // What makes tensors, or reads them.
    private static readonly string[] Others =
    [
        "FromArray", "Full", "Zeros", "Ones", "Item", "ToArray", "CopyTo", "ToDouble", "ToString", "Equals", "GetHashCode", "GetType",
        "Arange", "Linspace", "RandomUniform", "RandomNormal", "RandomBernoulli", "RandomPermutation", "op_UnaryPlus",
    ];

    [Fact]
    public void Every_operation_exists_in_double_precision()
    {
        HashSet<string> doubles = [.. typeof(DoubleTensorOperations).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)];
        IEnumerable<string> singles = typeof(Tensor).GetMethods().Select(method => method.Name).Where(name => !name.StartsWith("get_", StringComparison.Ordinal));
        Assert.Empty(singles.Distinct().Except(Others).Except(doubles));
    }

    [Fact]
    public void Both_precisions_agree()
    {
        var random = new Random(5);
        var x = Tensor.FromArray([.. Enumerable.Range(0, 24).Select(_ => (random.NextSingle() * 1.8f) - 0.9f)], 2, 3, 4);
        var y = x.ToDouble();
        (Tensor Single, Tensor<double> Double)[] pairs =
        [
            (x.Atanh() + x.Sinh() * x.Erf() - x.Round(), y.Atanh() + y.Sinh() * y.Erf() - y.Round()),
            (x.Clamp(-0.5f, 0.2f).Map(v => v * v), y.Clamp(-0.5, 0.2).Map(v => v * v)),
            (Tensor.Where(x > 0, x.Log1P(), x), Tensor<double>.Where(y > 0, y.Log1P(), y)),
            (x.Variance(1) + x.Norm(1) - x.LogSumExp([1]), y.Variance(1) + y.Norm(1) - y.LogSumExp([1])),
            (x.Prod([1, 2]) + x.Min([0]).Sum(), y.Prod([1, 2]) + y.Min([0]).Sum()),
            (x.CumProd(2).Sort(1, true).Roll(0, 1), y.CumProd(2).Sort(1, true).Roll(0, 1)),
            (x.Pad(2, 1, 2, PadMode.Reflect).Tile(2, 1, 1), y.Pad(2, 1, 2, PadMode.Reflect).Tile(2, 1, 1)),
            (Tensor.Einsum("abc,abd->cd", x, x[.., .., 1..]), Tensor<double>.Einsum("abc,abd->cd", y, y[.., .., 1..])),
            (x.TopK(2).Values.Outer(x[.., .., ..3]), y.TopK(2).Values.Outer(y[.., .., ..3])),
            (x.Gather(1, x.ArgMax(1, true)).LowerTriangle(), y.Gather(1, y.ArgMax(1, true)).LowerTriangle()),
        ];
        foreach (var (single, @double) in pairs)
        {
            Assert.Equal(@double.Shape, single.Shape);
            Assert.All(single.ToArray().Zip(@double.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }
    }

    [Fact]
    public void Empty_axes_are_those_of_PyTorch()
    {
        var empty = Tensor.Zeros(0, 3);
        Assert.Equal([0, 0, 0], empty.Sum([0]).ToArray());
        Assert.Equal([1, 1, 1], empty.Prod(0).ToArray());
        Assert.All(empty.Mean([0]).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All(empty.Variance(0).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.Equal([float.NegativeInfinity], empty.LogSumExp().ToArray());
        Assert.Equal([false], (empty > 0).Any().ToArray());
        Assert.Equal([true], (empty > 0).All().ToArray());
        Assert.Equal(0, empty.CumSum(0).Shape.ElementCount);
        Assert.Equal(0, empty.Sort(0).Shape.ElementCount);
        Assert.Throws<ShapeMismatchException>(() => empty.Min(0));
        Assert.Throws<ShapeMismatchException>(() => empty.ArgMax(0));
    }
}
