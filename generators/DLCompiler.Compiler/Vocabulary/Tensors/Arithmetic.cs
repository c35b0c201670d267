using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Elementwise functions of two tensors, or of a tensor and a number.</summary>
internal static class Arithmetic
{
    // The format of a mismatch's message: {0} and {1} are the shapes on the left and on the right.
    private static readonly (string Method, BinaryFunction Function, string Mismatch)[] Functions =
    [
        ("op_Addition", BinaryFunction.Add, "can't add {0} and {1}"),
        ("op_Subtraction", BinaryFunction.Subtract, "can't subtract {1} from {0}"),
        ("op_Multiply", BinaryFunction.Multiply, "can't multiply {0} and {1}"),
        ("op_Division", BinaryFunction.Divide, "can't divide {0} by {1}"),
        ("Maximum", BinaryFunction.Max, "can't take the maximum of {0} and {1}"),
        ("Minimum", BinaryFunction.Min, "can't take the minimum of {0} and {1}"),
        ("Pow", BinaryFunction.Power, "can't raise {0} to the powers {1}"),
    ];

    public static IEnumerable<Operation> Operations => Functions.Select(entry =>
        new Operation(Operation.Tensor, entry.Method, call => Combine(call, entry.Function, entry.Mismatch)));

    private static TensorValue Combine(VocabularyCall call, BinaryFunction function, string mismatch)
    {
        // Operators are static, with both operands as arguments; methods have the left one as receiver.
        bool isStatic = call.Arguments.All.Count == 2;
        ArgumentValue right = call.Arguments.All[isStatic ? 1 : 0];
        object? left = isStatic ? call.Arguments.All[0].Value : new TensorValue(call.Input);
        if (left is TensorValue a && right.Value is TensorValue b)
        {
            (Node x, Node y) = OperandShapes.Align(call, a.Node, b.Node, mismatch);
            return new TensorValue(call.Graph.Map(Call(function, X, Y), x, y));
        }

        if (function == BinaryFunction.Divide && right.Value is int or float && call.Arguments.Number(right.Name) == 0)
        {
            throw new VocabularyError(DiagnosticIds.InvalidArgument, right.Origin,
                "the right operand is 0: every quotient would be infinite or NaN; use another number")
            {
                Tensors = [],
            };
        }

        if (left is TensorValue tensor) return new TensorValue(call.Graph.Map(Call(function, X, Scalar(call, right)), tensor.Node));
        return new TensorValue(call.Graph.Map(Call(function, Scalar(call, call.Arguments.All[0]), X), call.Arguments.Tensor(right.Name)));
    }

    private static ScalarExpression Scalar(VocabularyCall call, ArgumentValue argument) =>
        argument.Value is ScalarValue scalar ? scalar.Expression : call.Arguments.Number(argument.Name);
}
