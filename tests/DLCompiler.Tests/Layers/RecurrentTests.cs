using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

/// <summary>Recurrent layers and cells, eagerly. The operators' tests compare them with PyTorch.</summary>
public class RecurrentTests
{
    private static readonly Tensor X = Pattern(2, 4, 3);

    [Fact]
    public void Layers_are_their_cells_step_by_step()
    {
        var lstm = new Lstm(5);
        var (outputs, hidden, cell) = lstm.ForwardWithState(X);
        var step = new LstmCell(5).With([.. lstm.Parameters.Select(one => (one.Name.Replace("_l0", "", StringComparison.Ordinal), one.Value))]);
        Tensor h = Tensor.Zeros(2, 5), c = Tensor.Zeros(2, 5);
        for (int t = 0; t < 4; t++)
        {
            (h, c) = step.Forward(X[.., t], h, c);
            Assert.Equal(h.ToArray(), outputs[.., t].ToArray());
        }

        Assert.Equal(h.ToArray(), hidden.ToArray());
        Assert.Equal(c.ToArray(), cell.ToArray());
        Assert.Equal(hidden.ToArray(), new Lstm(5, sequence: false).With([.. lstm.Parameters]).Forward(X).ToArray());
    }

    [Fact]
    public void The_variants_of_gru_differ_in_the_place_of_the_reset()
    {
        var after = new GruCell(2);
        Tensor x = Pattern(3, 4), h = Pattern(3, 2);
        Tensor result = after.Forward(x, h);
        var before = new GruCell(2, resetAfter: false).With([.. after.Parameters]);
        Assert.NotEqual(result.ToArray(), before.Forward(x, h).ToArray());

        // Without a state there is nothing to reset.
        Tensor zero = Tensor.Zeros(3, 2);
        var unbiased = new GruCell(2, bias: false);
        result = unbiased.Forward(x, zero);
        Assert.Equal(result.ToArray(), new GruCell(2, bias: false, resetAfter: false).With([.. unbiased.Parameters]).Forward(x, zero).ToArray());
    }

    [Fact]
    public void A_length_ends_a_sample_as_if_the_rest_were_not_there()
    {
        var gru = new Gru(3, layers: 2, bidirectional: true);
        Tensor<int> lengths = Tensor<int>.FromArray([2, 4]);
        var (outputs, hidden) = gru.ForwardWithState(X, lengths: lengths);
        var (cut, cutHidden) = gru.ForwardWithState(X[..1, ..2]);
        Assert.Equal(cut.ToArray(), outputs[..1, ..2].ToArray());
        Assert.Equal(cutHidden.ToArray(), hidden[..1].ToArray());
        Assert.All(outputs[..1, 2..].ToArray(), value => Assert.Equal(0, value));
        Assert.Equal("[2, 4, 3]", hidden.Shape.ToString());
    }

    [Fact]
    public void Lengths_must_be_within_the_padded_sequence()
    {
        var lstm = new Lstm(5);
        var tooLong = Assert.Throws<ArgumentOutOfRangeException>(() => lstm.Forward(X, Tensor<int>.FromArray([4, 5])));
        Assert.Contains("the length of sample 1 must be from 1 to 4, the padded length.", tooLong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => lstm.Forward(X, Tensor<int>.FromArray([0, 4])));
        var many = Assert.Throws<ShapeMismatchException>(() => lstm.Forward(X, Tensor<int>.FromArray([4, 4, 4])));
        Assert.Equal("Lstm takes a length for each sample, [2], not [3].", many.Message);
    }

    [Fact]
    public void Wrong_shapes_and_numbers_are_refused()
    {
        Assert.Equal("Gru takes sequences [N, T, inputs], not [2, 3].", Assert.Throws<ShapeMismatchException>(() => new Gru(5).Forward(Pattern(2, 3))).Message);
        Assert.Equal(
            "Lstm takes a first state [2, 2, 5], not [2, 5].",
            Assert.Throws<ShapeMismatchException>(() => new Lstm(5, bidirectional: true).ForwardWithState(X, Tensor.Zeros(2, 5))).Message);
        Assert.Throws<ShapeMismatchException>(() => new SimpleRnn(5, input: 4).Forward(X));
        Assert.Throws<ShapeMismatchException>(() => new RnnCell(5).Forward(Pattern(2, 3), Pattern(2, 4)));
        Assert.Throws<ShapeMismatchException>(() => new RnnCell(5).Forward(X, Pattern(2, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(3, layers: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(3, dropout: 0.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gru(3, recurrentDropout: 1));
    }

    [Fact]
    public void Weights_are_uniform_within_one_over_the_root_of_the_units()
    {
        var layer = new SimpleRnn(25);
        layer.Forward(Pattern(1, 1, 400));
        Assert.Equal(
            ["weight_ih_l0 [25, 400]", "weight_hh_l0 [25, 25]", "bias_ih_l0 [25]", "bias_hh_l0 [25]"],
            layer.Parameters.Select(parameter => $"{parameter.Name} {parameter.Value.Shape}"));
        Assert.InRange(layer.Parameters[0].Value.Abs().Max().Item(), 0.19f, 0.2f);
    }

    [Fact]
    public void Double_precision_is_the_same_function()
    {
        var lstm = new Lstm(3, layers: 2, bidirectional: true, merge: DirectionMerge.Sum);
        float[] single = lstm.Forward(X).ToArray();
        double[] exact = lstm.Forward(X.ToDouble()).ToArray();
        for (int i = 0; i < single.Length; i++) Assert.Equal(exact[i], single[i], 1e-6);
    }

    private static Tensor Pattern(params int[] sizes)
    {
        int count = sizes.Aggregate(1, (product, size) => product * size);
        return Tensor.FromArray([.. Enumerable.Range(1, count).Select(i => (float)((i * 0.618033988749895 % 1 * 3) - 1.4))], sizes);
    }
}
