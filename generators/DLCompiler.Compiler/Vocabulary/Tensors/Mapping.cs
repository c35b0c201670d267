using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>x.Map(v =&gt; …)</c>: a scalar function of the user's own, run once with expressions in place of elements.</summary>
internal static class Mapping
{
    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "Map", Map)];

    private static object Map(VocabularyCall call)
    {
        Node[] operands = [call.Input];
        if (call.Arguments.Find("other") is not null)
        {
            (Node x, Node y) = OperandShapes.Align(call, call.Input, call.Arguments.Tensor("other"), "can't map {0} and {1}");
            operands = [x, y];
        }

        List<ScalarExpression.Input> elements = [.. operands.Select(_ => call.Function.NewElement())];
        return call.Invoke(call.Arguments.Find("function")?.Value, [.. elements.Select(element => new ScalarValue(element))]).Value switch
        {
            PoisonValue poison => poison,
            ScalarValue { Expression: var function } when function.UsedInputs().All(index => elements.Any(element => element.Index == index)) =>
                new TensorValue(call.Graph.Map(function.Renumber(index => elements.FindIndex(element => element.Index == index)), operands)),
            int number => Constant(call, number),
            float number => Constant(call, number),
            _ => throw call.ErrorAt(
                DiagnosticIds.Unsupported,
                "function",
                "the function of a Map can't be compiled: it takes elements and returns a number made from them; use arithmetic, MathF and '?:'"),
        };
    }

    private static TensorValue Constant(VocabularyCall call, double value) => new(call.Graph.Constant(value, call.Input.Type));
}
