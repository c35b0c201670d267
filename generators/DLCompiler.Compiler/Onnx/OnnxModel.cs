using System.Collections.Generic;

namespace DLCompiler.Compiler.Onnx;

/// <summary>An ONNX model as it is in its file, free of the file's format: what <see cref="OnnxImporter"/> reads.</summary>
/// <param name="Opsets">The version of each operator set by its domain; the standard's own domain is empty.</param>
/// <param name="Graph">Its graph.</param>
public sealed record OnnxModel(IReadOnlyDictionary<string, long> Opsets, OnnxGraph Graph);

/// <summary>A graph: its nodes in an order that respects dependencies.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Initializers">Tensors that the file carries, by name: weights, shapes.</param>
/// <param name="Inputs">What the caller gives; those that have an initializer may be left out.</param>
/// <param name="Outputs">What it computes.</param>
public sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<OnnxValueInfo> Inputs,
    IReadOnlyList<OnnxValueInfo> Outputs);

/// <summary>An operator applied to values by name; an empty name is an operand or result that is left out.</summary>
/// <param name="Domain">The operator set; empty for the standard's own.</param>
public sealed record OnnxNode(
    string Operator,
    string Domain,
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? $"{Operator} '{Name}'" : $"{Operator} of '{string.Join(", ", Outputs)}'";
}

/// <summary>A node's attribute: one of its members is set, by the kind of attribute.</summary>
public sealed record OnnxAttribute(
    long? Integer = null,
    double? Number = null,
    string? Text = null,
    OnnxTensor? Tensor = null,
    IReadOnlyList<long>? Integers = null,
    IReadOnlyList<double>? Numbers = null,
    IReadOnlyList<string>? Texts = null);

/// <summary>A value of a graph's signature.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">Its element type; undefined for what is no tensor.</param>
/// <param name="Shape">Its sizes; null where they aren't known at all, and −1 for one that isn't.</param>
public sealed record OnnxValueInfo(string Name, OnnxElement Element, IReadOnlyList<long>? Shape);
