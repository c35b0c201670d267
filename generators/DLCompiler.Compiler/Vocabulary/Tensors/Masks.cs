using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Logic on masks, and masks and indices as numbers.</summary>
internal static class Masks
{
    private static readonly (string Method, string Operator, ScalarExpression Function)[] Pairs =
    [
        ("And", "op_BitwiseAnd", Call(BinaryFunction.And, X, Y)),
        ("Or", "op_BitwiseOr", Call(BinaryFunction.Or, X, Y)),
        ("Xor", "op_ExclusiveOr",
            Call(BinaryFunction.Or, Call(BinaryFunction.And, X, Call(UnaryFunction.Not, Y)), Call(BinaryFunction.And, Call(UnaryFunction.Not, X), Y))),
    ];

    public static IEnumerable<Operation> Operations =>
    [
        .. from pair in Pairs
           from name in new[] { pair.Method, pair.Operator }
           select new Operation(Operation.Masks, name, call => Combine(call, pair.Function)),
        new(Operation.Masks, "Not", Not),
        new(Operation.Masks, "op_LogicalNot", Not),
        new(Operation.Masks, "ToSingle", call => new TensorValue(call.Graph.Map(new ScalarExpression.Select(X, 1.0, 0.0), ElementType.Float32, call.Input))),
        new(Operation.Indices, "ToSingle", call => new TensorValue(call.Graph.Map(X, ElementType.Float32, call.Input))),
    ];

    private static TensorValue Combine(VocabularyCall call, ScalarExpression function)
    {
        (Pair.Side left, Pair.Side right) = Pair.Of(call);
        (Node a, Node b) = OperandShapes.Align(call, left.Tensor!, right.Tensor!, "can't combine the masks {0} and {1}");
        return new TensorValue(call.Graph.Map(function, ElementType.Bool, a, b));
    }

    private static TensorValue Not(VocabularyCall call) => new(call.Graph.Map(Call(UnaryFunction.Not, X), ElementType.Bool, call.Input));
}
