using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Finds what kernels can't do with sizes besides the batch that are known at run time only.</summary>
internal static class UnsupportedSize
{
    /// <summary>The first operation that needs all sizes but the batch, and the size that it can't have; null where there is none.</summary>
    public static (Node Node, string Symbol)? Find(FunctionGraph function)
    {
        return Find(function.Graph);

        (Node Node, string Symbol)? Find(GraphBuilder graph)
        {
            foreach (Node node in graph.Nodes)
            {
                if (node.Operator is Loop loop && Find(loop.Body.Graph) is { } inside) return inside;
                if (FirstAxis(node.Operator) is not { } first) continue;
                string? symbol = node.Inputs.Append(node).SelectMany(operand => operand.Shape.Skip(first)).SelectMany(size => size.Symbols())
                    .FirstOrDefault(name => function.Sizes.Any(size => size.Name == name));
                if (symbol is not null) return (node, symbol);
            }

            return null;
        }
    }

    /// <summary>The operation, for a message: by the field or method it belongs to.</summary>
    public static string Describe(Node node) => node.Label is { Length: > 0 } label ? $"'{label}'" : node.Operator.Name;

    // The first axis whose size has to be known; null where none has to be.
    private static int? FirstAxis(Operator @operator) => @operator switch
    {
        Convolve or ConvolveInputGradient or ConvolveWeightGradient or MaxPool or AveragePool or Pad => 0,
        Recurrence recurrence => recurrence.Axis,
        TakeAlong take => take.Axis,
        AddAlong add => add.Axis,
        ArgSort sort => sort.Axis,
        _ => null,
    };
}
