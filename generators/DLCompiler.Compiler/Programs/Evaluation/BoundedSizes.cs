using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Which of a function's symbolic sizes is the batch, and which others its calls give.</summary>
internal static class BoundedSizes
{
    /// <summary>The batch: the first size of the first input that has one.</summary>
    public static Dimension? BatchOf(IEnumerable<Shape> inputs) => inputs.FirstOrDefault(shape => shape.Rank > 0 && !shape[0].IsConstant) is { Rank: > 0 } shape
        ? shape[0] : null;

    /// <summary>The sizes besides the batch that a function's inputs have, in the order of the model's symbols.</summary>
    public static IReadOnlyList<SymbolicSize> Of(IReadOnlyList<Shape> inputs, IReadOnlyList<SymbolicSize> symbols)
    {
        string? batch = BatchOf(inputs)?.ToString();
        var used = new HashSet<string>(inputs.SelectMany(shape => shape).SelectMany(size => size.Symbols()));
        return [.. symbols.Where(symbol => symbol.Bound is not null && symbol.Name != batch && used.Contains(symbol.Name))];
    }
}
