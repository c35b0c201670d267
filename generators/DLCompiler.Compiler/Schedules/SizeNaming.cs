using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Gives the batch and other sizes of a call the names that schedules know, whatever the user called them.</summary>
public static class SizeNaming
{
    /// <summary>The function with its batch, the first size of its first input, and its bounded sizes renamed.</summary>
    public static FunctionGraph Apply(FunctionGraph function)
    {
        string? batch = function.Inputs.Select(input => input.Shape).Where(shape => shape.Rank > 0).SelectMany(shape => shape[0].Symbols()).FirstOrDefault();
        if (batch is null or Buffer.BatchSymbol && function.Sizes.Count == 0) return function;
        var names = function.Sizes.ToDictionary(size => size.Name, SizeSymbol.NameOf);
        if (batch is not null) names[batch] = Buffer.BatchSymbol;
        var graph = new GraphBuilder();
        IReadOnlyDictionary<Node, Node> renamed = Rename(function.Graph, graph, names);
        return function with
        {
            Graph = graph,
            Inputs = [.. function.Inputs.Select(node => renamed[node])],
            Outputs = [.. function.Outputs.Select(node => renamed[node])],
            StateWrites = [.. function.StateWrites.Select(write => (renamed[write.State], renamed[write.Value]))],
            Memories = [.. function.Memories.Select(node => renamed[node])],
            MemoryWrites = [.. function.MemoryWrites.Select(write => (renamed[write.Memory], renamed[write.Value]))],
        };
    }

    private static IReadOnlyDictionary<Node, Node> Rename(GraphBuilder source, GraphBuilder graph, IReadOnlyDictionary<string, string> names)
    {
        var renamed = new Dictionary<Node, Node>();
        foreach (Node node in source.Nodes)
        {
            graph.Label = node.Label;
            renamed.Add(node, graph.Add(Rename(node.Operator, names), [.. node.Inputs.Select(input => renamed[input])]));
        }

        graph.Label = null;
        return renamed;
    }

    // Operators that say a shape, before differentiation.
    private static Operator Rename(Operator @operator, IReadOnlyDictionary<string, string> names) => @operator switch
    {
        Input input => input with { Type = Rename(input.Type, names) },
        Constant constant => constant with { Type = Rename(constant.Type, names) },
        Broadcast broadcast => broadcast with { Result = Rename(broadcast.Result, names) },
        Reshape reshape => new Reshape(Rename(reshape.Result, names)),
        RandomUniform random => random with { Shape = Rename(random.Shape, names) },
        Memory memory => memory with { Type = Rename(memory.Type, names) },
        Append append => new Append(Rename(append.Before, names)),
        SliceAt slice => slice with { Length = Rename(slice.Length, names) },
        Iota iota => iota with { Result = Rename(iota.Result, names) },
        Map map => map with { Expression = Rename(map.Expression, names) },
        Loop loop => loop with { Body = loop.Body.With(inner => Rename(inner, names)) },
        _ => @operator,
    };

    private static TensorType Rename(TensorType type, IReadOnlyDictionary<string, string> names) => type with { Shape = Rename(type.Shape, names) };

    private static Shape Rename(Shape shape, IReadOnlyDictionary<string, string> names) => new(shape.Select(size => Rename(size, names)));

    private static Dimension Rename(Dimension size, IReadOnlyDictionary<string, string> names) =>
        size.Replace(symbol => Dimension.Symbol(names.TryGetValue(symbol, out string? name) ? name : symbol));

    private static ScalarExpression Rename(ScalarExpression expression, IReadOnlyDictionary<string, string> names) => expression switch
    {
        ScalarExpression.Size size => new ScalarExpression.Size(Rename(size.Dimension, names)),
        ScalarExpression.Unary unary => unary with { Operand = Rename(unary.Operand, names) },
        ScalarExpression.Binary binary => binary with { Left = Rename(binary.Left, names), Right = Rename(binary.Right, names) },
        ScalarExpression.Compare compare => compare with { Left = Rename(compare.Left, names), Right = Rename(compare.Right, names) },
        ScalarExpression.Select select => new ScalarExpression.Select(Rename(select.Condition, names), Rename(select.IfTrue, names),
            Rename(select.IfFalse, names)),
        _ => expression,
    };
}
