using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What the symbols of a method's declared shapes stand for in one call.</summary>
internal sealed class SymbolBindings
{
    private readonly Dictionary<string, Dimension> bindings = new(StringComparer.Ordinal);

    /// <summary>Whether a shape has the declared form; a symbol that is new stands for the size found.</summary>
    public bool Match(Shape declared, Shape actual)
    {
        if (declared.Rank != actual.Rank) return false;
        for (int axis = 0; axis < declared.Rank; axis++)
        {
            Dimension expected = declared[axis], size = actual[axis];
            if (!expected.IsConstant)
            {
                string symbol = expected.ToString();
                if (!bindings.TryGetValue(symbol, out Dimension? bound)) bindings.Add(symbol, bound = size);
                expected = bound;
            }

            if (expected != size) return false;
        }

        return true;
    }
}
