using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Calls and object creations, with their arguments in parameter order.</summary>
internal static class Calls
{
    /// <summary>A call of a method, a delegate or a local function.</summary>
    public static Expression Invocation(BodyParser parser, IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        int site = parser.Site(call);
        return method.MethodKind switch
        {
            MethodKind.DelegateInvoke when call.Instance is { } function =>
                new Expression.Invoke(parser.Expression(function), Values(Arguments(parser, call.Arguments, call)), site),
            MethodKind.LocalFunction =>
                new Expression.Invoke(new Expression.Name(method.Name, site), Values(Arguments(parser, call.Arguments, call)), site),
            _ => new Expression.Call(
                parser.Optional(call.Instance),
                method.ContainingType.OriginalDefinition.MetadataName(),
                method.MetadataName,
                Arguments(parser, call.Arguments, call),
                site),
        };
    }

    /// <summary><c>new T(…)</c> and <c>new(…)</c>.</summary>
    public static Expression Creation(BodyParser parser, IObjectCreationOperation creation)
    {
        if (creation.Initializer is { } initializer) return Initialized(parser, creation, initializer);
        if (creation.Type is not INamedTypeSymbol type) return parser.Unsupported(creation);
        int site = parser.Site(creation);
        return new Expression.New(type.OriginalDefinition.MetadataName(), Arguments(parser, creation.Arguments, creation), site);
    }

    // `new List<int> { 1, 2 }` is a list with these elements; properties that are set have no counterpart.
    private static Expression Initialized(BodyParser parser, IObjectCreationOperation creation, IObjectOrCollectionInitializerOperation initializer)
    {
        if (creation.Arguments.Length > 0
            || !initializer.Initializers.All(item => item is IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 }))
            return parser.Unsupported("an object initialiser", initializer);
        int site = parser.Site(creation);
        return new Expression.Array(parser.Expressions(initializer.Initializers.Cast<IInvocationOperation>().Select(item => item.Arguments[0].Value)), site);
    }

    /// <summary>Arguments in parameter order: what the caller left out holds the default and the call's own site.</summary>
    public static EquatableArray<Argument> Arguments(BodyParser parser, ImmutableArray<IArgumentOperation> arguments, IOperation call)
    {
        // Sites are numbered in source order, so lowering comes before sorting. Operations list arguments in the order of evaluation, which is the source's.
        List<(int Ordinal, Argument Argument)> lowered = [];
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter) continue;
            bool isDefault = argument.ArgumentKind == ArgumentKind.DefaultValue;
            Expression value = parameter.RefKind is RefKind.Ref or RefKind.Out
                ? parser.Unsupported("a 'ref' or 'out' argument", argument)
                : isDefault ? Default(parser, argument, call) : parser.Expression(argument.Value);
            lowered.Add((parameter.Ordinal, new Argument(parameter.Name, value, isDefault)));
        }

        return lowered.OrderBy(item => item.Ordinal).Select(item => item.Argument).ToEquatableArray();
    }

    private static Expression Default(BodyParser parser, IArgumentOperation argument, IOperation call)
    {
        int site = parser.Site(call);
        IOperation value = argument.Value;
        while (value is IConversionOperation conversion && !value.ConstantValue.HasValue) value = conversion.Operand;
        Expression? constant = value.ConstantValue.HasValue ? Literals.Constant(value.Type, value.ConstantValue.Value, site) : null;
        return constant ?? new Expression.Literal(null, site);
    }

    private static EquatableArray<Expression> Values(EquatableArray<Argument> arguments) => arguments.Select(argument => argument.Value).ToEquatableArray();
}
