using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What the symbols of a method's declared shapes stand for in one call.</summary>
internal sealed class SymbolBindings
{
    private readonly Dictionary<string, Dimension> bindings = new(StringComparer.Ordinal);

    /// <summary>In what a shape differs from the declared form; null if in nothing. A symbol that is new stands for the size found.</summary>
    public string? Difference(Shape declared, Shape actual)
    {
        if (declared.Rank != actual.Rank) return $"{Checks.Count(actual.Rank, "axis", "axes")} instead of {Checks.Text(declared.Rank)}";
        for (int axis = 0; axis < declared.Rank; axis++)
        {
            Dimension expected = declared[axis], size = actual[axis];
            if (!expected.IsConstant)
            {
                string symbol = expected.ToString();
                if (!bindings.TryGetValue(symbol, out Dimension? bound)) bindings.Add(symbol, bound = size);
                expected = bound;
            }

            if (expected == size) continue;
            string which = expected == declared[axis] ? $"{expected}" : $"{declared[axis]}, which is {expected} here";
            return $"dimension {Checks.Text(axis)} is {size} instead of {which}";
        }

        return null;
    }
}
