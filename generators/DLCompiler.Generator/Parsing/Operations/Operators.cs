using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Operators: built-in ones by their symbol, user-defined ones as calls of their method.</summary>
internal static class Operators
{
    /// <summary><c>-x</c>, <c>!x</c>, <c>^n</c>.</summary>
    public static Expression Unary(BodyParser parser, IUnaryOperation operation)
    {
        int site = parser.Site(operation);
        if (operation.OperatorKind == UnaryOperatorKind.Hat) return new Expression.FromEnd(parser.Expression(operation.Operand), site);
        if (operation.OperatorMethod is { } method) return Call(parser, method, site, operation.Operand);
        string? symbol = operation.OperatorKind switch
        {
            UnaryOperatorKind.Plus => "+",
            UnaryOperatorKind.Minus => "-",
            UnaryOperatorKind.Not => "!",
            UnaryOperatorKind.BitwiseNegation => "~",
            _ => null,
        };
        return symbol is null ? parser.Unsupported(operation) : new Expression.Unary(symbol, parser.Expression(operation.Operand), site);
    }

    /// <summary><c>a + b</c> and the like.</summary>
    public static Expression Binary(BodyParser parser, IBinaryOperation operation)
    {
        int site = parser.Site(operation);
        if (operation.OperatorMethod is { ContainingType.SpecialType: not (SpecialType.System_String or SpecialType.System_Object) } method)
            return Call(parser, method, site, operation.LeftOperand, operation.RightOperand);
        string? symbol = Symbol(operation.OperatorKind);
        return symbol is null
            ? parser.Unsupported(operation)
            : new Expression.Binary(symbol, parser.Expression(operation.LeftOperand), parser.Expression(operation.RightOperand), site);
    }

    /// <summary><c>(a, b) == (c, d)</c>.</summary>
    public static Expression TupleBinary(BodyParser parser, ITupleBinaryOperation operation)
    {
        int site = parser.Site(operation);
        return new Expression.Binary(
            operation.OperatorKind == BinaryOperatorKind.Equals ? "==" : "!=",
            parser.Expression(operation.LeftOperand),
            parser.Expression(operation.RightOperand),
            site);
    }

    /// <summary><c>a ?? b</c>.</summary>
    public static Expression Coalesce(BodyParser parser, ICoalesceOperation operation)
    {
        int site = parser.Site(operation);
        return new Expression.Binary("??", parser.Expression(operation.Value), parser.Expression(operation.WhenNull), site);
    }

    /// <summary>The operator as C# writes it; null for those of other languages.</summary>
    public static string? Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LeftShift => "<<",
        BinaryOperatorKind.RightShift => ">>",
        BinaryOperatorKind.UnsignedRightShift => ">>>",
        BinaryOperatorKind.And => "&",
        BinaryOperatorKind.Or => "|",
        BinaryOperatorKind.ExclusiveOr => "^",
        BinaryOperatorKind.ConditionalAnd => "&&",
        BinaryOperatorKind.ConditionalOr => "||",
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => null,
    };

    private static Expression Call(BodyParser parser, IMethodSymbol method, int site, params IOperation[] operands)
    {
        var arguments = new Argument[operands.Length];
        for (int i = 0; i < operands.Length; i++) arguments[i] = new Argument(method.Parameters[i].Name, parser.Expression(operands[i]), IsDefault: false);
        return new Expression.Call(null, method.ContainingType.OriginalDefinition.MetadataName(), method.MetadataName, [.. arguments], site);
    }
}
