using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Graph;

/// <summary>What a function is for: it decides what is emitted around it.</summary>
public enum FunctionKind
{
    /// <summary>Inference: dropout and batch statistics don't exist in it.</summary>
    Predict,

    /// <summary>A training step: computes a loss and updates parameters and states.</summary>
    Step,
}

/// <summary>A compiled function before compilation: values in, values out, states written at its end.</summary>
/// <param name="Name">The name: <c>Predict</c>, <c>Train</c>, or that of the user's step.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Inputs">Nodes with the operator <c>Input</c>, in the order of the user's parameters.</param>
/// <param name="Outputs">The results. A step has one: the loss, a scalar.</param>
/// <param name="StateWrites">States (running statistics) and the values they have after the function: SSA, one write each.</param>
/// <param name="Updates">Parameters that this step trains, with the names as in <see cref="ModelGraph.Parameters"/>; empty for inference.</param>
/// <param name="Optimizer">How a step updates them; null for inference.</param>
public sealed record FunctionGraph(
    string Name,
    FunctionKind Kind,
    GraphBuilder Graph,
    IReadOnlyList<Node> Inputs,
    IReadOnlyList<Node> Outputs,
    IReadOnlyList<(Node State, Node Value)> StateWrites,
    IReadOnlyList<string> Updates,
    OptimizerSpecification? Optimizer)
{
    /// <summary>The sizes besides the batch that are known at run time only, in the order in which calls give them.</summary>
    public IReadOnlyList<BoundedSize> Sizes { get; init; } = [];

    /// <summary>What a generation remembers, in the order of its memory.</summary>
    public IReadOnlyList<Node> Memories { get; init; } = [];

    /// <summary>Memories and the values they have after the function; what is appended to one is not among them.</summary>
    public IReadOnlyList<(Node Memory, Node Value)> MemoryWrites { get; init; } = [];

    /// <summary>All values that it computes: outputs, then the values of states and memories.</summary>
    public IReadOnlyList<Node> Results =>
        [.. Outputs, .. StateWrites.Select(write => write.Value), .. MemoryWrites.Select(write => write.Value)];

    /// <summary>The function with other values in place of its <see cref="Results"/>.</summary>
    public FunctionGraph WithResults(IReadOnlyList<Node> results) => this with
    {
        Outputs = [.. results.Take(Outputs.Count)],
        StateWrites = [.. StateWrites.Select((write, index) => (write.State, results[Outputs.Count + index]))],
        MemoryWrites = [.. MemoryWrites.Select((write, index) => (write.Memory, results[Outputs.Count + StateWrites.Count + index]))],
    };
}

/// <summary>A size that is known at run time only.</summary>
/// <param name="Name">Its symbol in shapes.</param>
/// <param name="Bound">The largest value it may have.</param>
public sealed record BoundedSize(string Name, long Bound);
