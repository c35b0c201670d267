using Xunit;

namespace DLCompiler.Tests.Tensors;

public class ArithmeticTests
{
    private static readonly Tensor Column = Tensor.FromArray([1, 2], 2, 1);
    private static readonly Tensor Row = Tensor.FromArray([1, 2, 4]);
    private static readonly Tensor<double> ColumnD = Column.ToDouble();
    private static readonly Tensor<double> RowD = Row.ToDouble();

    [Fact]
    public void Tensors_broadcast()
    {
        Expect.Both("[2, 3] 2 3 5 3 4 6", Column + Row, ColumnD + RowD);
        Expect.Both("[2, 3] 0 -1 -3 1 0 -2", Column - Row, ColumnD - RowD);
        Expect.Both("[2, 3] 1 2 4 2 4 8", Column * Row, ColumnD * RowD);
        Expect.Both("[2, 3] 1 0.5 0.25 2 1 0.5", Column / Row, ColumnD / RowD);
        Expect.Both("[2, 3] 1 2 4 2 2 4", Column.Maximum(Row), ColumnD.Maximum(RowD));
        Expect.Both("[2, 3] 1 1 1 1 2 2", Column.Minimum(Row), ColumnD.Minimum(RowD));
    }

    [Fact]
    public void Missing_axes_and_scalars_repeat()
    {
        Expect.Tensor("[2, 1, 2] 2 3 4 5", Tensor.FromArray([1, 2, 3, 4], 2, 1, 2) + Tensor.Ones(1));
        Expect.Tensor("[2] 3 4", Tensor.Full(2) + Tensor.FromArray([1, 2]));
        Expect.Tensor("[2, 2, 2] 1 2 2 4 3 6 4 8", Tensor.FromArray([1, 2, 3, 4], 2, 2, 1) * Tensor.FromArray([1, 2]));
    }

    [Fact]
    public void Numbers_combine_with_every_element()
    {
        Expect.Both("[3] 3 4 6", Row + 2, RowD + 2);
        Expect.Both("[3] 3 4 6", 2 + Row, 2 + RowD);
        Expect.Both("[3] -1 0 2", Row - 2, RowD - 2);
        Expect.Both("[3] 1 0 -2", 2 - Row, 2 - RowD);
        Expect.Both("[3] 2 4 8", Row * 2, RowD * 2);
        Expect.Both("[3] 2 4 8", 2 * Row, 2 * RowD);
        Expect.Both("[3] 0.5 1 2", Row / 2, RowD / 2);
        Expect.Both("[3] 2 1 0.5", 2 / Row, 2 / RowD);
        Expect.Both("[3] -1 -2 -4", -Row, -RowD);
    }

    [Fact]
    public void Special_values_follow_IEEE_754()
    {
        var x = Tensor.FromArray([1, -1, 0, float.NaN, float.PositiveInfinity]);
        Expect.Tensor("[5] inf -inf nan nan inf", x / 0);
        Expect.Tensor("[5] 1 0 0 nan inf", x.Maximum(Tensor.Full(0)));
        Expect.Tensor("[5] 0 -1 0 nan 0", Tensor.Full(0).Minimum(x));
        Expect.Tensor("[2] nan nan", Tensor.Full(float.NaN, 2).Maximum(Tensor.FromArray([1, float.NaN])));
        Expect.Tensor("[5] nan nan nan nan nan", x * float.NaN);
    }

    [Fact]
    public void Empty_tensors_stay_empty() => Expect.Tensor("[0, 3]", Tensor.Zeros(0, 1) + Row);

    [Fact]
    public void A_mismatch_names_both_shapes_and_the_dimension()
    {
        Expect.Mismatch(
            () => Tensor.Zeros(2, 128, 4, 4) + Tensor.Zeros(2, 64, 4, 4),
            "can't add [2, 128, 4, 4] and [2, 64, 4, 4]: dimension 1 is 128 on the left and 64 on the right");
        Expect.Mismatch(() => Row - Tensor.Zeros(2), "can't subtract [3] and [2]", "dimension 0");
        Expect.Mismatch(() => RowD.Maximum(Tensor<double>.Full(0, 5, 2)), "take the maximum of [3] and [5, 2]: dimension 1 is 3");
    }
}
