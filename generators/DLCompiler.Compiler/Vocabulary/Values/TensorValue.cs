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
public sealed class ShapeValue(Shape shape)
{
    /// <summary>The shape.</summary>
    public Shape Shape { get; } = shape;
}
