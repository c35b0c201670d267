using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Lambdas and local functions.</summary>
internal static class Functions
{
    /// <summary>A lambda.</summary>
    public static Expression Lambda(BodyParser parser, IAnonymousFunctionOperation lambda)
    {
        int site = parser.Site(lambda);
        return new Expression.Lambda(lambda.Symbol.Parameters.Select(parameter => parameter.Name).ToEquatableArray(), parser.Statement(lambda.Body), site);
    }

    /// <summary>A local function.</summary>
    public static Statement LocalFunction(BodyParser parser, ILocalFunctionOperation function)
    {
        int site = parser.Site(function);
        if (function.Body is not { } body) return new Statement.Unsupported("a local function without a body", site);
        return new Statement.LocalFunction(function.Symbol.Name, function.Symbol.Parameters.Select(parameter => parameter.Name).ToEquatableArray(),
            parser.Statement(body), site);
    }
}
