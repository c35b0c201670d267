using System;
using System.Linq;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary>Methods and operators of <c>TensorShape</c>.</summary>
internal static class ShapeMembers
{
    /// <summary>The method; null if it is not known.</summary>
    public static Func<object?, object?[], object?>? Find(string owner, string method) => (owner, method) switch
    {
        ("DLCompiler.TensorShape", "op_Equality") => (_, values) => Equality.AreEqual(values[0], values[1]),
        ("DLCompiler.TensorShape", "op_Inequality") => (_, values) => !Equality.AreEqual(values[0], values[1]),
        ("DLCompiler.TensorShape", "Equals") => (receiver, values) => Equality.AreEqual(receiver, values[0]),
        ("DLCompiler.TensorShape", "ToArray") => (receiver, _) =>
            receiver is ShapeValue shape ? new ListValue([.. shape.Shape.Select(SizeValue.Of)], isArray: true) : receiver,
        _ => null,
    };
}
