using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Reference;

namespace DLCompiler.Compiler.Tests.Autodiff;

/// <summary>What a checked function is given: a type, and the range its values are drawn from. Integers are drawn from [Low, High). Symbolic sizes: N =
/// 3, T = 4.</summary>
internal sealed record Operand(TensorType Type, double Low = -1, double High = 1)
{
    /// <summary>Numbers between −1 and 1, away from the kink at 0.</summary>
    public static Operand Real(params Dimension[] sizes) => new(new TensorType(ElementType.Float64, new Shape(sizes)));

    /// <summary>Numbers between 0.5 and 2.</summary>
    public static Operand Positive(params Dimension[] sizes) => new(new TensorType(ElementType.Float64, new Shape(sizes)), 0.5, 2);

    /// <summary>Integers below a limit.</summary>
    public static Operand Ids(int limit, params Dimension[] sizes) => new(new TensorType(ElementType.Int32, new Shape(sizes)), 0, limit);

    /// <summary>The symbolic sizes of all operands.</summary>
    public static IReadOnlyDictionary<string, long> Symbols { get; } = new Dictionary<string, long> { ["N"] = 3, ["T"] = 4 };

    /// <summary>Random values.</summary>
    public ReferenceTensor Draw(Random random) =>
        ReferenceTensor.Generate([.. Type.Shape.Dimensions.Select(size => (int)size.Evaluate(name => Symbols[name]))], _ =>
        {
            double value = Low + (random.NextDouble() * (High - Low));
            if (!Type.Element.IsFloat()) return Math.Floor(value);
            return Math.Abs(value) < 0.05 ? value + (value < 0 ? -0.05 : 0.05) : value;
        });
}
