using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph;

/// <summary>
/// An operator of the graph with its attributes: a record, so that equal operations on equal inputs are recognised. Each operator is one file
/// that holds its shape rule, its gradient rule and its documentation.
/// </summary>
public abstract record Operator
{
    /// <summary>The operator's name, as graph listings show it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The attributes, as graph listings show them; empty where there are none.</summary>
    public virtual string Attributes => "";

    /// <summary>The result's type for inputs of the given types.</summary>
    /// <exception cref="ShapeException">The inputs don't fit each other or the attributes.</exception>
    public abstract TensorType Infer(IReadOnlyList<TensorType> inputs);

    /// <summary>
    /// The gradient rule: for each input of <paramref name="node"/>, the gradient of the loss with respect to it as new nodes, or null where none flows.
    /// </summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="node">The node to differentiate: its inputs and itself (the result) may be used.</param>
    /// <param name="gradient">The gradient with respect to the node's result; same shape as the result.</param>
    public abstract IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient);

    /// <summary>
    /// The same value in other, more basic operators: the fallback of back ends and the reference of tests. Null where the operator is basic itself.
    /// </summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="node">The node to replace.</param>
    public virtual Node? Decompose(GraphBuilder graph, Node node) => null;

    /// <summary>Whether the gradient is that of <see cref="Decompose"/>, not a rule of its own.</summary>
    public virtual bool IsDifferentiatedInParts => false;

    /// <summary>Multiplications and additions of one evaluation, counted separately, for summaries and cost models.</summary>
    public virtual Shapes.Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => Shapes.Dimension.Zero;

    /// <summary>What the integers of an input must be below because memory is read by them; 0 where they are ordinary numbers.</summary>
    /// <param name="inputs">The types of all inputs.</param>
    /// <param name="input">Which of them.</param>
    public virtual long IndexLimit(IReadOnlyList<TensorType> inputs, int input) => 0;
}
