using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Tensors in tuples and arrays: what goes from one step of a user's own to the next.</summary>
internal static class Structure
{
    /// <summary>Adds the tensors of a value, in order; false if there is something else in it.</summary>
    public static bool Flatten(object? value, List<Node> into)
    {
        switch (value)
        {
            case TensorValue tensor:
                into.Add(tensor.Node);
                return true;
            case TupleValue tuple:
                return tuple.Items.All(item => Flatten(item, into));
            case ListValue list:
                return list.Items.All(item => Flatten(item, into));
            default:
                return false;
        }
    }

    /// <summary>A value like another one, with other tensors.</summary>
    public static object? Rebuild(object? like, Queue<Node> nodes) => like switch
    {
        TupleValue tuple => new TupleValue([.. tuple.Items.Select(item => Rebuild(item, nodes))]),
        ListValue list => new ListValue([.. list.Items.Select(item => Rebuild(item, nodes))], list.IsArray),
        _ => new TensorValue(nodes.Dequeue()),
    };

    /// <summary>Whether a part of a value has a mistake.</summary>
    public static bool HasPoison(object? value) => value switch
    {
        PoisonValue => true,
        TupleValue tuple => tuple.Items.Any(HasPoison),
        ListValue list => list.Items.Any(HasPoison),
        _ => false,
    };
}
