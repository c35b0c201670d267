using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Truth values and integers through the whole pipeline.</summary>
public sealed class MaskTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    public void Masks_by_operators_are_those_of_the_eager_tensors(int batch)
    {
        var random = new Random(batch);
        int count = batch * 5;
        float[] x = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
        int[] ids = [.. Enumerable.Range(0, count).Select(_ => random.Next(5))];
        bool[] given = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 1)];
        using var model = new MaskedNet();
        var (values, mask) = model.Predict(x, ids, given);
#pragma warning disable DLC3002 // The eager reference is what is compared with.
        var (eagerValues, eagerMask) = model.Forward(
            Tensor.FromArray(x, batch, 5), Tensor<int>.FromArray(ids, batch, 5), Tensor<bool>.FromArray(given, batch, 5));
#pragma warning restore DLC3002
        Assert.Equal(eagerMask.ToArray(), mask);
        Assert.Contains(true, mask);
        Assert.All(eagerValues.ToArray().Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
