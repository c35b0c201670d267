using System;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Models with a size besides the batch that each call gives.</summary>
public class BoundedSizeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(5, 12)]
    [InlineData(17, 3)]
    public void Predictions_are_those_of_the_reference(int batch, int length)
    {
        using var model = new Tagger { Seed = 3 };
        int[] ids = Ids(batch * length);
        float[] compiled = model.Predict(ids, length);
#pragma warning disable DLC3002 // The eager reference, on purpose.
        float[] eager = model.Forward(Tensor<int>.FromArray(ids, batch, length)).ToArray();
#pragma warning restore DLC3002
        Close(eager, compiled, 2e-5f);
    }

    [Fact]
    public void One_model_learns_from_sequences_of_different_lengths()
    {
        using var model = new Tagger { Threads = 2 };
        float loss = 0;
        for (int step = 0; step < 150; step++)
        {
            int length = 1 + (step % 12);
            int[] ids = Ids(8 * length, step), labels = [.. ids.Select(id => (id + 1) % 9)];
            loss = model.StepTrain(ids, labels, length);
        }

        Assert.InRange(loss, 0, 0.1f);
    }

    [Fact]
    public void Bits_do_not_depend_on_threads()
    {
        Assert.Equal(Trained(1), Trained(3));

        static int[] Trained(int threads)
        {
            using var model = new Tagger { Threads = threads };
            for (int step = 0; step < 5; step++) model.StepTrain(Ids(20 * (step + 3), step), Ids(20 * (step + 3), step + 1), step + 3);
            return [.. model.Parameters["query.weight"].ToArray().Select(BitConverter.SingleToInt32Bits)];
        }
    }

    [Fact]
    public void Changing_the_size_allocates_nothing()
    {
        using var model = new Tagger { Threads = 2 };
        int[] ids = Ids(6 * 12);
        var scores = new float[6 * 12 * 9];
        AllocationTests.AllocatesNothing(() =>
        {
            foreach (int length in (ReadOnlySpan<int>)[12, 1, 7])
            {
                model.StepTrain(ids.AsSpan(0, 6 * length), ids.AsSpan(0, 6 * length), length);
                model.Predict(ids.AsSpan(0, 6 * length), length, scores.AsSpan(0, 6 * length * 9));
            }
        });
    }

    [Fact]
    public void Sizes_that_the_model_is_not_made_for_are_refused()
    {
        using var model = new Tagger();
        var above = Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(new int[13], 13));
        Assert.StartsWith("T may be 1 to 12, as [Shape(…, \"T <= 12\")] says.", above.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict([], 0));
        var length = Assert.Throws<ArgumentException>(() => model.Predict(new int[13], 5));
        Assert.StartsWith("'ids' has 13 elements, which is not a whole number of samples of 5 elements.", length.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_sequence_has_a_first_and_a_last_element(int length)
    {
        using var model = new Ends();
        float[] x = Noise.Normal(1, 5 * length * 3);
        (float[] first, float[] last) = model.Predict(x, length);
#pragma warning disable DLC3002 // The eager reference, on purpose.
        (Tensor eagerFirst, Tensor eagerLast) = model.Forward(Tensor.FromArray(x, 5, length, 3));
#pragma warning restore DLC3002
        Assert.Equal([5, 4], eagerFirst.Shape);
        Assert.Equal([5, 1, 4], eagerLast.Shape);
        Close([.. eagerFirst.ToArray(), .. eagerLast.ToArray()], [.. first, .. last], 1e-5f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Lines_of_features_are_summed_and_sorted(int length)
    {
        using var model = new Ranked();
        float[] x = Noise.Normal(1, 4 * length * 5);
        (float[] sums, float[] sorted) = model.Predict(x, length);
#pragma warning disable DLC3002 // The eager reference, on purpose.
        (Tensor eagerSums, Tensor eagerSorted) = model.Forward(Tensor.FromArray(x, 4, length, 5));
#pragma warning restore DLC3002
        Assert.Equal(eagerSorted.ToArray(), sorted);
        Close(eagerSums.ToArray(), sums, 1e-5f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_size_that_is_divided_has_to_be_a_multiple(int length)
    {
        using var model = new Pairs();
        float[] x = Noise.Normal(1, 2 * length * 3), compiled = model.Predict(x, length);
#pragma warning disable DLC3002 // The eager reference, on purpose.
        float[] eager = model.Forward(Tensor.FromArray(x, 2, length, 3)).ToArray();
#pragma warning restore DLC3002
        Close(eager, compiled, 1e-5f);
        var odd = Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(new float[3 * 7], 7));
        Assert.StartsWith("T has to be a multiple of 2, as the model divides it (DLC1020).", odd.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(new float[3 * 9], 9));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void Fit_takes_the_size_from_the_data(int length)
    {
        using var model = new BagOfWords();
        DataSet data = Data(300, length);
        model.Fit(data, new FitOptions { Epochs = 8, BatchSize = 32 });
        Assert.InRange(model.Evaluate(data).Accuracy!.Value, 0.99, 1);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        using var model = new BagOfWords();
        var above = Assert.Throws<ArgumentException>(() => model.Fit(Data(20, 11)));
        Assert.Contains("Words is 11 in its samples of shape [11], and the model takes 1 to 10", above.Message, StringComparison.Ordinal);
        var images = Assert.Throws<ArgumentException>(() => model.Fit(DataSet.Create(Ids(40), [2, 10], Ids(2))));
        Assert.Contains("the model takes 1 to 10", images.Message, StringComparison.Ordinal);
    }

    private static void Close(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++) Assert.Equal(expected[index], actual[index], tolerance);
    }

    // Whether the word 8 occurs.
    private static DataSet Data(int count, int length)
    {
        int[] ids = Ids(count * length), labels = [.. Enumerable.Range(0, count).Select(i => ids.AsSpan(i * length, length).Contains(8) ? 1 : 0)];
        return DataSet.Create(ids, [length], labels);
    }

    private static int[] Ids(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(9))];
    }
}
