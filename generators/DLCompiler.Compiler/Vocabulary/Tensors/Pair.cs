using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>The operands of a function of two tensors, or of a tensor and a number.</summary>
internal static class Pair
{
    /// <summary>An operand: a tensor, or else a number.</summary>
    public readonly record struct Side(Node? Tensor, ScalarExpression? Number);

    /// <summary>The left and the right operand; operators and extension methods have both as arguments, other methods have the left one as receiver.</summary>
    public static (Side Left, Side Right) Of(VocabularyCall call)
    {
        bool isStatic = call.Arguments.All.Count == 2;
        return (isStatic ? Read(call, call.Arguments.All[0]) : new Side(call.Input, null), Read(call, call.Arguments.All[isStatic ? 1 : 0]));
    }

    /// <summary>An argument as an operand.</summary>
    public static Side Read(VocabularyCall call, ArgumentValue argument) => argument.Value switch
    {
        TensorValue tensor => new Side(tensor.Node, null),
        ScalarValue scalar => new Side(null, scalar.Expression),
        _ => new Side(null, call.Arguments.Number(argument.Name)),
    };
}
