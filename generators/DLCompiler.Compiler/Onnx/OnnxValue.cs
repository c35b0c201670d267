using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Onnx;

/// <summary>A value while a model is mapped: a node of the graph, or a tensor whose elements are known and that becomes a node where one is needed.</summary>
public sealed class OnnxValue
{
    private OnnxValue(Node? node, OnnxTensor? tensor) => (Node, Tensor) = (node, tensor);

    /// <summary>The node; null until a known tensor is needed as one.</summary>
    public Node? Node { get; internal set; }

    /// <summary>The elements, where they are known.</summary>
    public OnnxTensor? Tensor { get; }

    /// <summary>The name in the model.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>A value that is computed.</summary>
    public static implicit operator OnnxValue(Node node) => new(node, null);

    /// <summary>A value that is known.</summary>
    public static implicit operator OnnxValue(OnnxTensor tensor) => new(null, tensor);
}
