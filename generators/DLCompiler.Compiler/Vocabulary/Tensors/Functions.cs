using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Mathematical functions of each element, rounding, and what only differentiation sees.</summary>
internal static class Functions
{
    private const double OverLnTwo = 1.4426950408889634, OverLnTen = 0.43429448190325183;

    private static readonly (string Name, ScalarExpression Function)[] Elementwise =
    [
        ("Acos", Call(UnaryFunction.Acos, X)),
        ("Acosh", Call(UnaryFunction.Acosh, X)),
        ("Asin", Call(UnaryFunction.Asin, X)),
        ("Asinh", Call(UnaryFunction.Asinh, X)),
        ("Atan", Call(UnaryFunction.Atan, X)),
        ("Atanh", Call(UnaryFunction.Atanh, X)),
        ("Ceiling", ScalarFunctions.Ceiling(X)),
        ("Cos", Call(UnaryFunction.Cos, X)),
        ("Cosh", Call(UnaryFunction.Cosh, X)),
        ("Erf", Call(UnaryFunction.Erf, X)),
        ("ExpM1", Call(UnaryFunction.ExpM1, X)),
        ("Floor", Call(UnaryFunction.Floor, X)),
        ("Log10", OverLnTen * Call(UnaryFunction.Log, X)),
        ("Log1P", Call(UnaryFunction.Log1P, X)),
        ("Log2", OverLnTwo * Call(UnaryFunction.Log, X)),
        ("Reciprocal", 1 / X),
        ("Round", ScalarFunctions.Round(X)),
        ("Rsqrt", 1 / Call(UnaryFunction.Sqrt, X)),
        ("Sign", Call(UnaryFunction.Sign, X)),
        ("Sin", Call(UnaryFunction.Sin, X)),
        ("Sinh", Call(UnaryFunction.Sinh, X)),
        ("Tan", Call(UnaryFunction.Sin, X) / Call(UnaryFunction.Cos, X)),
        ("Truncate", ScalarFunctions.Truncate(X)),
    ];

    public static IEnumerable<Operation> Operations =>
    [
        .. Elementwise.Select(entry => new Operation(Operation.Tensor, entry.Name, call => new TensorValue(call.Graph.Map(entry.Function, call.Input)))),
        new(Operation.Tensor, "Recompute", call => new TensorValue(call.Graph.Add(new Recompute(0), call.Input))),
        new(Operation.Tensor, "StopGradient", call => new TensorValue(call.Graph.Add(new StopGradient(), call.Input))),
    ];
}
