using System;

namespace DLCompiler.Compiler.Onnx;

/// <summary>What keeps a model from being imported.</summary>
public enum OnnxProblem
{
    /// <summary>The operator has no mapping.</summary>
    Operator,

    /// <summary>The operator has a mapping, but not for these attributes or operands.</summary>
    Form,

    /// <summary>The graph has no such element type.</summary>
    Element,

    /// <summary>A size, an axis or another number is known at run time only.</summary>
    NotConstant,

    /// <summary>The model contradicts itself or the standard.</summary>
    Invalid,
}

/// <summary>A model that can't be imported: the message names the operator, its domain and version, and the node.</summary>
/// <param name="problem">What kind of reason.</param>
/// <param name="message">The reason.</param>
/// <param name="input">The graph's input whose value would have to be known, where that is the reason.</param>
public sealed class OnnxException(OnnxProblem problem, string message, string? input = null) : Exception(message)
{
    /// <summary>What kind of reason.</summary>
    public OnnxProblem Problem => problem;

    /// <summary>The graph's input whose value would have to be known.</summary>
    public string? Input => input;
}
