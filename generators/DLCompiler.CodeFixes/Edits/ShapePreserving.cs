using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Methods of tensors whose result has the shape of what they are called on.</summary>
internal static class ShapePreserving
{
    private static readonly HashSet<string> methods =
    [
        "Relu", "LeakyRelu", "Relu6", "Elu", "Selu", "Celu", "Tanh", "HardTanh", "Sigmoid", "HardSigmoid", "LogSigmoid", "Silu", "HardSwish", "Mish", "Gelu",
        "GeluTanh", "Softplus", "Softsign", "Exp", "Log", "Sqrt", "Square", "Abs", "Pow", "Softmax", "LogSoftmax",
    ];

    /// <summary>The expression with all such calls around it: of <c>x</c> in <c>fc.Forward(x.Relu())</c> it is <c>x.Relu()</c>.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax tensor)
    {
        while (tensor.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == tensor && IsOne(access))
            tensor = call;
        return tensor;
    }

    /// <summary>The expression without such calls: of <c>fc.Forward(x).Relu()</c> it is <c>fc.Forward(x)</c>.</summary>
    public static ExpressionSyntax Innermost(ExpressionSyntax tensor)
    {
        while (tensor is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && IsOne(access)) tensor = access.Expression;
        return tensor;
    }

    private static bool IsOne(MemberAccessExpressionSyntax access) => methods.Contains(access.Name.Identifier.ValueText);
}
