using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>Tensor.Where</c>: one of two values, by a mask; <c>Clamp</c>.</summary>
internal static class Choices
{
    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "Where", Where), new(Operation.Tensor, "Clamp", Clamp)];

    private static TensorValue Where(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        Node mask = call.Arguments.Tensor("condition");
        Pair.Side[] sides = [.. new[] { "ifTrue", "ifFalse" }.Select(name => Pair.Read(call, call.Arguments.Find(name)!))];
        Node? a = sides[0].Tensor, b = sides[1].Tensor;
        if (a is not null && b is not null) (a, b) = OperandShapes.Align(call, a, b, "can't choose between {0} and {1}");
        if ((a ?? b) is { } values)
        {
            (mask, values) = OperandShapes.Align(call, mask, values, "can't choose by the mask {0} from values {1}");
            (a, b) = (a is null ? null : graph.Broadcast(a, values.Shape), b is null ? null : graph.Broadcast(b, values.Shape));
        }

        var choice = new ScalarExpression.Select(X, sides[0].Number ?? Y, sides[1].Number ?? (a is null ? Y : new ScalarExpression.Input(2)));
        return new TensorValue(graph.Map(choice, ElementType.Float32, [mask, .. new[] { a, b }.OfType<Node>()]));
    }

    private static TensorValue Clamp(VocabularyCall call)
    {
        double low = call.Arguments.Number("min", double.NegativeInfinity), high = call.Arguments.Number("max", double.PositiveInfinity);
        if (low > high)
            throw Checks.Wrong(call.Arguments, "max", $"is {Checks.Text(high)} and min is {Checks.Text(low)}; give the smaller number first");
        return new TensorValue(call.Graph.Map(ScalarFunctions.Clamp(X, low, high), call.Input));
    }
}
