using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>A table's row for padding is zero at first, is looked up like any other, and has no gradient, as PyTorch's <c>padding_idx</c>.</summary>
public sealed class PaddedWordsTests
{
    private static readonly int[] Ids = [1, 0, 4, 4, 2, 1, 1, 0];

    [Fact]
    public void The_row_of_padding_starts_as_zero()
    {
        using var model = new PaddedWords { Seed = 7 };
        float[] table = model.Parameters["padded.weight"].ToArray();
        Assert.Equal([3, 4, 5], Enumerable.Range(0, 15).Where(i => table[i] == 0));
        Assert.DoesNotContain(0f, model.Parameters["plain.weight"].ToArray());
        Assert.Equal(new float[3], model.Predict(Ids)[..3]);
    }

    [Fact]
    public void The_row_of_padding_stays_and_the_others_learn()
    {
        using var model = new PaddedWords { Seed = 7 };
        float[] start = [.. Enumerable.Range(1, 15).Select(i => i * 0.1f)];
        model.Parameters["padded.weight"].CopyFrom(start);
        model.Parameters["plain.weight"].CopyFrom(start);
        Assert.Equal([0.4f, 0.5f, 0.6f], model.Predict(Ids)[..3]);
        float loss = model.StepPadded(Ids);
        Assert.Equal(model.StepPlain(Ids), loss, 1e-4f);
        float[] padded = model.Parameters["padded.weight"].ToArray(), plain = model.Parameters["plain.weight"].ToArray();
        for (int i = 0; i < 15; i++) Assert.Equal(i / 3 == 1 ? start[i] : plain[i], padded[i], 1e-5f);
        Assert.NotEqual(start[4], plain[4]);
    }
}
