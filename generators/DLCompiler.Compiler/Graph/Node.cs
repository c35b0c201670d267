using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Graph;

/// <summary>One value of the graph: an operator applied to other values. Identity matters: equal nodes are made once by <see cref="GraphBuilder"/>.</summary>
public sealed class Node
{
    internal Node(int id, Operator @operator, IReadOnlyList<Node> inputs, TensorType type, string? label)
    {
        Id = id;
        Operator = @operator;
        Inputs = inputs;
        Type = type;
        Label = label;
    }

    /// <summary>A number that is unique within the builder and grows with creation: inputs have smaller ones.</summary>
    public int Id { get; }

    /// <summary>What computes the value.</summary>
    public Operator Operator { get; }

    /// <summary>The operands.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>The value's element type and shape.</summary>
    public TensorType Type { get; }

    /// <summary>The value's shape.</summary>
    public Shapes.Shape Shape => Type.Shape;

    /// <summary>Where in the user's model the value comes from (<c>conv1</c>, <c>body.norm2</c>); emitted names and comments use it.</summary>
    public string? Label { get; }

    /// <summary>One line of a graph listing.</summary>
    public override string ToString() =>
        $"%{Id} = {Operator.Name}{(Operator.Attributes.Length > 0 ? $"<{Operator.Attributes}>" : "")}({string.Join(", ", Inputs.Select(input => $"%{input.Id}"))}) : {Type}{(Label is null ? "" : $"  // {Label}")}";
}
