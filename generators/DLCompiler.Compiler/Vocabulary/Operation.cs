using System;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>A method or operator of tensors: its name in the public API and how it lowers to the graph.</summary>
/// <param name="Owner">The declaring type's metadata name.</param>
/// <param name="Method">The method's name, <c>op_Addition</c> for operators.</param>
/// <param name="Lower">Lowers a call.</param>
/// <param name="HasRow">Whether the summary shows it.</param>
public sealed record Operation(string Owner, string Method, Func<VocabularyCall, object> Lower, bool HasRow = false)
{
    /// <summary>The name as people write it: an operator by its symbol.</summary>
    public string Written => Method switch
    {
        "op_Addition" => "+",
        "op_Subtraction" or "op_UnaryNegation" => "-",
        "op_Multiply" => "*",
        "op_Division" => "/",
        "op_LessThan" => "<",
        "op_LessThanOrEqual" => "<=",
        "op_GreaterThan" => ">",
        "op_GreaterThanOrEqual" => ">=",
        "op_BitwiseAnd" => "&",
        "op_BitwiseOr" => "|",
        "op_ExclusiveOr" => "^",
        "op_LogicalNot" => "!",
        _ => Method,
    };

    /// <summary>The metadata name of the float tensor.</summary>
    public const string Tensor = "DLCompiler.Tensor";

    /// <summary>The class of operations on tensors of integers.</summary>
    public const string Indices = "DLCompiler.IndexOperations";

    /// <summary>The class of operations on tensors of truth values.</summary>
    public const string Masks = "DLCompiler.MaskOperations";

    /// <summary>The class of operations along sequences.</summary>
    public const string Sequences = "DLCompiler.SequenceOperations";
}
