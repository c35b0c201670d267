using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Tensors whose elements are all equal: constants, and maps of no input but of run-time sizes and arguments (1/N, a learning rate).</summary>
internal static class Uniform
{
    /// <summary>The value of every element, where the node is uniform.</summary>
    public static ScalarExpression? Value(Node node) => node.Operator switch
    {
        Constant constant => new ScalarExpression.Constant(constant.Value),
        Map map when map.Element == ElementType.Float32 || map.Element == ElementType.Float64 => map.Expression.UsedInputs().Count == 0 ? map.Expression : null,
        _ => null,
    };

    /// <summary>A uniform tensor in its one canonical form.</summary>
    public static Node Make(GraphBuilder graph, ScalarExpression value, TensorType type) =>
        value is ScalarExpression.Constant constant ? graph.Constant(constant.Value, type) : graph.Add(new Map(value, type.Element), graph.Constant(0, type));
}
