using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>What the values of an integer input are used for: kernels index with them, so the surface checks them.</summary>
internal static class IndexLimits
{
    /// <summary>What the input's values must be below: the smallest table or number of classes that they index; 0 where they are ordinary numbers.</summary>
    public static long Of(FunctionGraph function, Node input)
    {
        if (input.Type.Element != ElementType.Int32) return 0;
        long limit = 0;
        foreach (Node user in function.Graph.Nodes)
        {
            long found = user.Operator switch
            {
                // A one-hot code.
                Map { Expression: ScalarExpression.Select { Condition: ScalarExpression.Compare { Comparison: Comparison.Equal } } }
                    when user.Inputs.Count == 2 && user.Inputs[0].Operator is Iota index && user.Inputs[1] == input => Size(index.Result[index.Axis]),
                Reshape or Permute or Slice or Broadcast or Concat or Flip when user.Inputs.Contains(input) => Of(function, user),
                _ => OfOperator(user, input),
            };
            if (found > 0 && (limit == 0 || found < limit)) limit = found;
        }

        return limit;
    }

    /// <summary>
    /// The padded size of the sequences whose lengths an input holds; null where it holds none. A recurrent layer with lengths is a loop along the numbers of
    /// its steps, which it compares with them; no other loop is.
    /// </summary>
    public static Dimension? LongestOf(FunctionGraph function, Node input)
    {
        if (input.Type.Element != ElementType.Int32) return null;
        foreach (Node user in function.Graph.Nodes)
        {
            if (user.Operator is not Loop loop || !user.Inputs.Skip(loop.CarriedCount + loop.SequenceCount).Contains(input)) continue;
            Node? numbers = user.Inputs.Skip(loop.CarriedCount).Take(loop.SequenceCount)
                .FirstOrDefault(sequence => sequence.Operator is Iota { Element: ElementType.Int32 });
            if (numbers is not null) return numbers.Shape[0];
        }

        return null;
    }

    private static long Size(Dimension dimension) => dimension.IsConstant ? dimension.Value : 0;

    private static long OfOperator(Node user, Node input)
    {
        if (!user.Inputs.Contains(input)) return 0;
        TensorType[] types = [.. user.Inputs.Select(operand => operand.Type)];
        return user.Inputs.Select((other, index) => other == input ? user.Operator.IndexLimit(types, index) : 0).Where(limit => limit > 0).DefaultIfEmpty(0).Min();
    }
}
