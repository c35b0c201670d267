using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Graph;

/// <summary>Questions about expressions.</summary>
public static class ScalarInspection
{
    /// <summary>The direct operands.</summary>
    public static IReadOnlyList<ScalarExpression> Operands(this ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary unary => [unary.Operand],
        ScalarExpression.Binary binary => [binary.Left, binary.Right],
        ScalarExpression.Compare compare => [compare.Left, compare.Right],
        ScalarExpression.Select select => [select.Condition, select.IfTrue, select.IfFalse],
        _ => [],
    };

    /// <summary>The numbers of the inputs that occur, ascending.</summary>
    public static IReadOnlyList<int> UsedInputs(this ScalarExpression expression)
    {
        var used = new SortedSet<int>();
        Collect(expression);
        return [.. used];

        void Collect(ScalarExpression part)
        {
            if (part is ScalarExpression.Input input) used.Add(input.Index);
            foreach (ScalarExpression operand in part.Operands()) Collect(operand);
        }
    }

    /// <summary>How often an input occurs.</summary>
    public static int CountReferences(ScalarExpression expression, int input) =>
        expression is ScalarExpression.Input operand ? (operand.Index == input ? 1 : 0) : expression.Operands().Sum(part => CountReferences(part, input));

    /// <summary>The number of functions, comparisons and selections: the cost of one element in a listing of FLOPs.</summary>
    public static int CountOperations(ScalarExpression expression)
    {
        IReadOnlyList<ScalarExpression> operands = expression.Operands();
        return (operands.Count > 0 ? 1 : 0) + operands.Sum(CountOperations);
    }
}
