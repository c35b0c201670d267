using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx;

/// <summary>One node of a model that is being mapped: its operands and attributes, checked as they are asked for.</summary>
public sealed class OnnxCall(OnnxImporter importer, OnnxNode node, IReadOnlyList<OnnxValue?> inputs)
{
    /// <summary>Takes the graph's nodes.</summary>
    public GraphBuilder Graph => importer.Graph;

    /// <summary>The version of the operator's set: its meaning depends on it.</summary>
    public long Opset => importer.Opset(node.Domain);

    /// <summary>How many operands are listed, those that are left out included.</summary>
    public int Count => inputs.Count;

    /// <summary>How many results are wanted.</summary>
    public int Results => node.Outputs.Count;

    /// <summary>The node's operator.</summary>
    public string Operator => node.Operator;

    /// <summary>Whether an operand is given.</summary>
    public bool Has(int index) => index < inputs.Count && inputs[index] is not null;

    /// <summary>Whether a result is wanted.</summary>
    public bool Wants(int index) => index < node.Outputs.Count && node.Outputs[index].Length > 0;

    /// <summary>An operand.</summary>
    public OnnxValue Value(int index) => Has(index) ? inputs[index]! : throw Fail(OnnxProblem.Invalid, $"lacks its operand number {index}");

    /// <summary>An operand as a node of the graph.</summary>
    public Node Node(int index) => importer.NodeOf(Value(index));

    /// <summary>A known value as a node.</summary>
    public Node NodeOf(OnnxValue value) => importer.NodeOf(value);

    /// <summary>An operand as a node beside others: where their first size is the batch, so is that of equal elements that are as many.</summary>
    public Node NodeBeside(int index, Dimension first)
    {
        if (first.IsConstant || Value(index).Tensor is not { Shape.Count: > 0 } tensor || tensor.Shape[0] != importer.Batch) return Node(index);
        if (tensor.Values.Any(item => !item.Equals(tensor.Values[0]))) return Node(index);
        var shape = new Shape(tensor.Shape.Select((size, axis) => axis == 0 ? first : size));
        return Graph.Constant(tensor.Values[0], Node(index).Type with { Shape = shape });
    }

    /// <summary>A size as a number: of the batch where that is always the same.</summary>
    public int SizeOrBatch(Shape shape, int axis) =>
        !shape[axis].IsConstant && importer.Batch > 0 ? (int)shape[axis].Evaluate(_ => importer.Batch) : Size(shape, axis);

    /// <summary>All operands as nodes.</summary>
    public IReadOnlyList<Node> Nodes => [.. Enumerable.Range(0, inputs.Count).Where(Has).Select(Node)];

    /// <summary>The elements of an operand that has to be known.</summary>
    public OnnxTensor Known(int index)
    {
        OnnxValue value = Value(index);
        return value.Tensor ?? throw Fail(OnnxProblem.NotConstant, $"needs to know its operand '{value.Name}' (number {index}) when it is compiled",
            importer.IsGiven(value) ? value.Name : null);
    }

    /// <summary>The sizes of an operand, known or not.</summary>
    public Shape ShapeOf(int index) => Value(index).Tensor is { } tensor ? new Shape(tensor.Shape.Select(size => (Dimension)size)) : Node(index).Shape;

    /// <summary>An attribute.</summary>
    public OnnxAttribute? Attribute(string name) => node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute : null;

    /// <summary>An integer attribute.</summary>
    public long Integer(string name, long otherwise) => Attribute(name)?.Integer ?? otherwise;

    /// <summary>A number attribute.</summary>
    public double Number(string name, double otherwise) => Attribute(name)?.Number ?? otherwise;

    /// <summary>A text attribute.</summary>
    public string Text(string name, string otherwise) => Attribute(name)?.Text ?? otherwise;

    /// <summary>An attribute with several integers.</summary>
    public IReadOnlyList<int>? Integers(string name) => Attribute(name)?.Integers is { } integers ? [.. integers.Select(integer => (int)integer)] : null;

    /// <summary>Axes that later versions take as an operand and earlier ones as an attribute; null where neither is given.</summary>
    public IReadOnlyList<long>? IntegersOrInput(string name, int index) => Has(index) ? Known(index).Integers : Attribute(name)?.Integers;

    /// <summary>An axis, counted from the end where it is negative.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
        : throw Fail(OnnxProblem.Invalid, $"has no axis {axis} of {rank}");

    /// <summary>A size that has to be known.</summary>
    public int Size(Shape shape, int axis) => shape[axis].IsConstant ? (int)shape[axis].Value
        : throw Fail(OnnxProblem.NotConstant, $"needs to know dimension {axis} of {shape}");

    /// <summary>The reason why the node can't be mapped.</summary>
    public OnnxException Fail(OnnxProblem problem, string reason, string? input = null)
    {
        string domain = node.Domain.Length == 0 ? "ai.onnx" : node.Domain;
        string separator = reason.StartsWith(":", System.StringComparison.Ordinal) ? "" : " ";
        return new OnnxException(problem, $"{node.Operator} ({domain} {Opset}, {node}){separator}{reason}", input);
    }
}
