using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Gives the batch size the name that schedules know, whatever the user called it.</summary>
public static class BatchNaming
{
    /// <summary>The function with its batch, the first size of its first input, renamed.</summary>
    public static FunctionGraph Apply(FunctionGraph function)
    {
        string? name = function.Inputs.Select(input => input.Shape).Where(shape => shape.Rank > 0).SelectMany(shape => shape[0].Symbols()).FirstOrDefault();
        if (name is null or Buffer.BatchSymbol) return function;
        var graph = new GraphBuilder();
        var renamed = new Dictionary<Node, Node>();
        foreach (Node node in function.Graph.Nodes)
        {
            graph.Label = node.Label;
            renamed.Add(node, graph.Add(Rename(node.Operator, name), [.. node.Inputs.Select(input => renamed[input])]));
        }

        graph.Label = null;
        return function with
        {
            Graph = graph,
            Inputs = [.. function.Inputs.Select(node => renamed[node])],
            Outputs = [.. function.Outputs.Select(node => renamed[node])],
            StateWrites = [.. function.StateWrites.Select(write => (renamed[write.State], renamed[write.Value]))],
        };
    }

    // Operators that say a shape, before differentiation.
    private static Operator Rename(Operator @operator, string name) => @operator switch
    {
        Input input => input with { Type = Rename(input.Type, name) },
        Constant constant => constant with { Type = Rename(constant.Type, name) },
        Broadcast broadcast => broadcast with { Result = Rename(broadcast.Result, name) },
        Reshape reshape => new Reshape(Rename(reshape.Result, name)),
        RandomUniform random => random with { Shape = Rename(random.Shape, name) },
        Iota iota => iota with { Result = Rename(iota.Result, name) },
        Map map => map with { Expression = Rename(map.Expression, name) },
        _ => @operator,
    };

    private static TensorType Rename(TensorType type, string name) => type with { Shape = Rename(type.Shape, name) };

    private static Shape Rename(Shape shape, string name) => new(shape.Select(size => Rename(size, name)));

    private static Dimension Rename(Dimension size, string name) => size.Terms.Aggregate(Dimension.Zero, (sum, term) =>
        sum + (term.Monomial.Length == 0 ? Dimension.One : term.Monomial.Split('*')
            .Aggregate(Dimension.One, (product, symbol) => product * Dimension.Symbol(symbol == name ? Buffer.BatchSymbol : symbol))) * term.Coefficient);

    private static ScalarExpression Rename(ScalarExpression expression, string name) => expression switch
    {
        ScalarExpression.Size size => new ScalarExpression.Size(Rename(size.Dimension, name)),
        ScalarExpression.Unary unary => unary with { Operand = Rename(unary.Operand, name) },
        ScalarExpression.Binary binary => binary with { Left = Rename(binary.Left, name), Right = Rename(binary.Right, name) },
        ScalarExpression.Compare compare => compare with { Left = Rename(compare.Left, name), Right = Rename(compare.Right, name) },
        ScalarExpression.Select select => new ScalarExpression.Select(Rename(select.Condition, name), Rename(select.IfTrue, name),
            Rename(select.IfFalse, name)),
        _ => expression,
    };
}
