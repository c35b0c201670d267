using System;
using Xunit;

namespace DLCompiler.Tests.Tensors;

public class ScanTests
{
    private static readonly Tensor X = Tensor.FromArray([1, 2, 3, 10, 20, 30], 2, 3);

    [Fact]
    public void A_state_goes_from_step_to_step()
    {
        var (outputs, last) = X.Scan(Tensor.Zeros(2), (sum, x) => sum + x);
        Expect.Tensor("[2, 3] 1 3 6 10 30 60", outputs);
        Expect.Tensor("[2] 6 60", last);
    }

    [Fact]
    public void In_reverse_outputs_stand_where_their_elements_do() =>
        Expect.Tensor("[2, 3] 6 5 3 60 50 30", X.Scan(Tensor.Zeros(2), (sum, x) => sum + x, reverse: true).Outputs);

    [Fact]
    public void Another_axis_can_be_walked_along() => Expect.Tensor("[2, 3] 1 2 3 11 22 33", X.Scan(Tensor.Zeros(3), (sum, x) => sum + x, axis: 0).Outputs);

    [Fact]
    public void States_keep_their_names_and_outputs_are_others()
    {
        var (outputs, last) = X.Scan((sum: Tensor.Zeros(2), count: Tensor.Zeros(2)), (state, x) =>
        {
            Tensor sum = state.sum + x, count = state.count + 1;
            return (sum / count, (sum, count));
        });
        Expect.Tensor("[2, 3] 1 1.5 2 10 15 20", outputs);
        Expect.Tensor("[2] 3 3", last.count);
    }

    [Fact]
    public void States_can_be_an_array() =>
        Expect.Tensor("[2] 2 20", X.Scan(new[] { Tensor.Zeros(2), Tensor.Zeros(2) }, (states, x) => (x, new[] { x, states[0] })).Last[1]);

    [Fact]
    public void Sequences_of_every_kind_go_together()
    {
        Expect.Tensor("[2, 3] 1 5 14 100 500 1400", (X, X).Scan(Tensor.Zeros(2), (sum, a, b) => sum + (a * b)).Outputs);
        Expect.Tensor("[2, 3] 0 2 5 0 20 50", (X, X > 1.5f & X.NotEqualTo(10)).Scan(
            Tensor.Zeros(2), (sum, a, taken) => (Tensor.Where(taken, sum + a, sum), Tensor.Where(taken, sum + a, sum))).Outputs);
        Expect.Tensor("[2, 3] 2 6 12 20 60 120", (X, X, X).Scan(Tensor.Zeros(2), (sum, a, b, c) => (sum + a + b + c - a, sum + b + c)).Outputs);
        var ids = Tensor<int>.FromArray([1, 0, 1, 0, 0, 1], 2, 3);
        Expect.Tensor("[2, 3] 1 1 4 0 0 30", (X, ids).Scan(Tensor.Zeros(2), (sum, a, id) => (sum + (a * id.ToSingle()), sum + (a * id.ToSingle()))).Outputs);
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        var changed = Assert.Throws<ShapeMismatchException>(() => X.Scan(Tensor.Zeros(1), (sum, x) => sum + x));
        Assert.Equal(
            "a state of a Scan begins as [1], and its step returns [2]: a state keeps its shape. Begin with [2], or return [1].", changed.Message);
        var lengths = Assert.Throws<ShapeMismatchException>(() => (X, X[.., 1..]).Scan(Tensor.Zeros(2), (sum, a, b) => sum + a + b));
        Assert.Equal("can't walk along [2, 3] and [2, 2] together: dimension 1 is 3 and 2.", lengths.Message);
        Assert.Throws<ShapeMismatchException>(() => X.Scan(Tensor.Zeros(2), (sum, x) => sum + x, axis: 2));
        Assert.Throws<ShapeMismatchException>(() => Tensor.Zeros(2, 0).Scan(Tensor.Zeros(2), (sum, x) => sum + x));
        Assert.Throws<ArgumentOutOfRangeException>(() => X.Scan(Tensor.Zeros(2), (sum, x) => sum + x, truncate: -1));
        Assert.Throws<ArgumentException>(() => X.Scan(3, (number, x) => (x, number)));
    }
}
