using Xunit;

namespace DLCompiler.Tests.Tensors;

public class MatMulTests
{
    [Fact]
    public void A_worked_example()
        => Expect.Tensor("[2, 2] 58 64 139 154", Tensor.FromArray([1, 2, 3, 4, 5, 6], 2, 3).MatMul(Tensor.FromArray([7, 8, 9, 10, 11, 12], 3, 2)));

    [Fact]
    public void Matrices() // P(2, 3) @ P(3, 4, salt=1)
    {
        Tensor left = Pattern.Of(2, 3), right = Pattern.Salted(1, 3, 4);
        Expect.Both("[2, 4] 0.75 0.5625 -1.421875 1.625 0.3125 -2.859375 0.4375 0.5", left.MatMul(right), left.ToDouble().MatMul(right.ToDouble()));
    }

    [Fact]
    public void Leading_axes_broadcast() // P(2, 1, 2, 3) @ P(3, 3, 2, salt=1)
    {
        string expected = """
            [2, 3, 2, 2]
            -0.703125 1.265625 -1.640625 -1.21875 1.046875 0.140625 -1.265625 1.671875 -1.15625 -0.265625 1.984375 -1.546875
            1.015625 -0.109375 0.078125 0.640625 0.015625 -1.46875 0.578125 -2.09375 0.453125 0.765625 1.078125 0.203125
            """;
        Expect.Tensor(expected, Pattern.Of(2, 1, 2, 3).MatMul(Pattern.Salted(1, 3, 3, 2)));
    }

    [Fact]
    public void Empty_sizes()
    {
        Expect.Tensor("[2, 2] 0 0 0 0", Tensor.Zeros(2, 0).MatMul(Tensor.Zeros(0, 2)));
        Expect.Tensor("[0, 2]", Tensor.Zeros(0, 3).MatMul(Tensor.Zeros(3, 2)));
    }

    [Fact]
    public void NaN_reaches_its_row_only() => Expect.Tensor("[2, 1] nan 2", Tensor.FromArray([float.NaN, 0, 1, 1], 2, 2).MatMul(Tensor.Ones(2, 1)));

    [Fact]
    public void Mismatches_name_the_dimensions()
    {
        Expect.Mismatch(
            () => Tensor.Zeros(2, 3).MatMul(Tensor.Zeros(4, 5)),
            "can't multiply [2, 3] by [4, 5]: dimension 1 is 3 on the left and dimension 0 is 4 on the right",
            "transpose");
        Expect.Mismatch(() => Tensor.Zeros(3).MatMul(Tensor.Zeros(3, 5)), "[3] by [3, 5]", "two axes");
        Expect.Mismatch(
            () => Tensor.Zeros(2, 1, 3).MatMul(Tensor.Zeros(4, 3, 5)),
            "the matrices of [2] and [4]: dimension 0 is 2 on the left and 4 on the right");
    }
}
