using System.Globalization;

namespace DLCompiler.Compiler.Graph;

/// <summary>Prints expressions with the fewest parentheses; inputs are the letters a, b, … and from the 27th on <c>in26</c>.</summary>
public static class ScalarPrinter
{
    // How tightly an operator binds; operands that bind less tightly get parentheses.
    private const int Or = 1, And = 2, Comparing = 3, Additive = 4, Multiplicative = 5, Prefix = 6, Atom = 7;

    /// <summary>The expression as a person would write it.</summary>
    public static string Print(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Input input => input.Index < 26 ? ((char)('a' + input.Index)).ToString() : "in" + input.Index.ToString(CultureInfo.InvariantCulture),
        ScalarExpression.Constant constant => constant.Value.ToString("R", CultureInfo.InvariantCulture),
        ScalarExpression.Size size => size.Dimension.ToString(),
        ScalarExpression.Argument argument => argument.Name,
        ScalarExpression.Unary { Function: UnaryFunction.Negate } negate => "-" + Operand(negate.Operand, Prefix),
        ScalarExpression.Unary { Function: UnaryFunction.Not } not => "!" + Operand(not.Operand, Prefix),
        ScalarExpression.Unary unary => $"{Name(unary.Function)}({unary.Operand})",
        ScalarExpression.Binary { Function: BinaryFunction.Max } max => $"max({max.Left}, {max.Right})",
        ScalarExpression.Binary { Function: BinaryFunction.Min } min => $"min({min.Left}, {min.Right})",
        ScalarExpression.Binary { Function: BinaryFunction.Power } power => $"pow({power.Left}, {power.Right})",
        ScalarExpression.Binary binary => Infix(binary),
        ScalarExpression.Compare compare => $"{Operand(compare.Left, Additive)} {Symbol(compare.Comparison)} {Operand(compare.Right, Additive)}",
        ScalarExpression.Select select => $"select({select.Condition}, {select.IfTrue}, {select.IfFalse})",
        _ => expression.GetType().Name,
    };

    private static string Infix(ScalarExpression.Binary binary)
    {
        int strength = Strength(binary);
        string symbol = binary.Function switch
        {
            BinaryFunction.Add => " + ",
            BinaryFunction.Subtract => " - ",
            BinaryFunction.Multiply => "*",
            BinaryFunction.Divide => "/",
            BinaryFunction.And => " & ",
            _ => " | ",
        };

        // Floating-point operators don't associate: a - (b - c) and a*(b*c) keep their parentheses.
        return Operand(binary.Left, strength) + symbol + Operand(binary.Right, strength + 1);
    }

    private static string Operand(ScalarExpression operand, int strength) => Strength(operand) < strength ? $"({operand})" : operand.ToString();

    private static int Strength(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Binary { Function: BinaryFunction.Add or BinaryFunction.Subtract } => Additive,
        ScalarExpression.Binary { Function: BinaryFunction.Multiply or BinaryFunction.Divide } => Multiplicative,
        ScalarExpression.Binary { Function: BinaryFunction.And } => And,
        ScalarExpression.Binary { Function: BinaryFunction.Or } => Or,
        ScalarExpression.Compare => Comparing,
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Not } => Prefix,
        ScalarExpression.Constant { Value: < 0 } => Prefix,
        ScalarExpression.Size { Dimension.Terms.Length: > 1 } => Additive,
        ScalarExpression.Size { Dimension: { IsConstant: false } dimension } when dimension.ToString().Contains("*") => Multiplicative,
        _ => Atom,
    };

    private static string Name(UnaryFunction function) => function switch
    {
        UnaryFunction.Abs => "abs",
        UnaryFunction.Sign => "sign",
        UnaryFunction.Floor => "floor",
        UnaryFunction.Exp => "exp",
        UnaryFunction.Log => "log",
        UnaryFunction.Sqrt => "sqrt",
        UnaryFunction.Sin => "sin",
        UnaryFunction.Cos => "cos",
        UnaryFunction.Tanh => "tanh",
        UnaryFunction.Sigmoid => "sigmoid",
        UnaryFunction.Erf => "erf",
        UnaryFunction.Softplus => "softplus",
        _ => ScalarFunctions.Find(function)?.Name ?? function.ToString(),
    };

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
