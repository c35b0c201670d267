using System;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The transforms of F(2×2, 3×3): a tile of 2 × 2 results is Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A of a kernel g and the 4 × 4 source elements d (Lavin and Gray, "Fast
/// algorithms for convolutional neural networks", 2015): 16 products in place of 36.
/// </summary>
public static class WinogradTransforms
{
    /// <summary>Rows and columns of results in a tile.</summary>
    public const int Results = 2;

    /// <summary>Rows and columns of a tile's source, and of what is transformed.</summary>
    public const int Side = 4;

    /// <summary>Elements of a transformed tile: so many independent sums over channels.</summary>
    public const int Positions = Side * Side;

    /// <summary>Bᵀ d B: sums and differences alone.</summary>
    public static Value[,] Source(KernelBuilder kernel, Value.Variable[,] d, ValueKind pack) => Apply(kernel, d, "t", Side, (a, _) =>
    [
        Minus(a(0), a(2), pack), Plus(a(1), a(2), pack), Minus(a(2), a(1), pack), Minus(a(1), a(3), pack),
    ]);

    /// <summary>Aᵀ m A.</summary>
    public static Value[,] Result(KernelBuilder kernel, Value.Variable[,] m, ValueKind pack) => Apply(kernel, m, "s", Results, (a, _) =>
    [
        Plus(Plus(a(0), a(1), pack), a(2), pack), Minus(Minus(a(1), a(2), pack), a(3), pack),
    ]);

    /// <summary>G g Gᵀ.</summary>
    public static Value[,] Weights(KernelBuilder kernel, Value.Variable[,] g, ValueKind pack) => Apply(kernel, g, "h", Side, (a, name) =>
    {
        Value.Variable outer = kernel.Let(name + "outer", Half(Plus(a(0), a(2), pack), pack)), inner = kernel.Let(name + "inner", Half(a(1), pack));
        return [a(0), Plus(outer, inner, pack), Minus(outer, inner, pack), a(2)];
    });

    // Columns first, then rows.
    private static Value[,] Apply(KernelBuilder kernel, Value.Variable[,] from, string name, int size, Func<Func<int, Value>, string, Value[]> line)
    {
        int given = from.GetLength(0);
        var between = new Value.Variable[size, given];
        for (int column = 0; column < given; column++)
        {
            int current = column;
            kernel.Line(() =>
            {
                Value[] values = line(row => from[row, current], FormattableString.Invariant($"{name}c{current}"));
                for (int row = 0; row < size; row++) between[row, current] = kernel.Let(FormattableString.Invariant($"{name}{row}{current}"), values[row]);
            });
        }

        var result = new Value[size, size];
        for (int row = 0; row < size; row++)
        {
            int current = row;
            Value[] values = line(column => between[current, column], FormattableString.Invariant($"{name}r{current}"));
            for (int column = 0; column < size; column++) result[row, column] = values[column];
        }

        return result;
    }

    private static Value Plus(Value left, Value right, ValueKind pack) => new Value.Apply(Operation.Add, [left, right], pack);

    private static Value Minus(Value left, Value right, ValueKind pack) => new Value.Apply(Operation.Subtract, [left, right], pack);

    private static Value Half(Value value, ValueKind pack) => new Value.Apply(Operation.Multiply, [value, new Value.Literal(0.5, pack)], pack);
}
