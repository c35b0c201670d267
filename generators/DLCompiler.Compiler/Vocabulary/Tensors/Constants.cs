using System.Collections.Generic;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>Tensor.Zeros</c>, <c>Ones</c> and <c>Full</c>: every element the same.</summary>
internal static class Constants
{
    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "Zeros", call => Fill(call, 0)),
        new(Operation.Tensor, "Ones", call => Fill(call, 1)),
        new(Operation.Tensor, "Full", call => Fill(call, call.Arguments.Number("value"))),
    ];

    private static TensorValue Fill(VocabularyCall call, double value)
    {
        var shape = new Shape(call.Arguments.Sizes("sizes"));
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] is { IsConstant: true, Value: < 1 })
            {
                throw new VocabularyError(
                    DiagnosticIds.InvalidArgument, call.Arguments.OriginOf("sizes", axis), $"size {Checks.Text(axis)} is {shape[axis]}; it must be at least 1");
            }
        }

        return new TensorValue(call.Graph.Add(new Constant(new TensorType(ElementType.Float32, shape), value)));
    }
}
