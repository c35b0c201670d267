using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Values;

/// <summary>A tensor: a node of the function's graph.</summary>
public sealed class TensorValue(Node node)
{
    /// <summary>The node.</summary>
    public Node Node { get; } = node;

    /// <summary>The shape.</summary>
    public Shape Shape => Node.Shape;
}

/// <summary>A tensor's shape as a value: <c>x.Shape</c>.</summary>
public sealed class ShapeValue(Node tensor)
{
    /// <summary>Whose shape it is.</summary>
    public Node Tensor { get; } = tensor;

    /// <summary>The shape.</summary>
    public Shape Shape => Tensor.Shape;
}
