using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Loops and the jumps inside them.</summary>
internal static class Loops
{
    /// <summary><c>for</c>.</summary>
    public static Statement For(BodyParser parser, IForLoopOperation loop)
    {
        int site = parser.Site(loop);
        return new Statement.For(
            Blocks.Statements(parser, loop.Before),
            parser.Optional(loop.Condition),
            Blocks.Statements(parser, loop.AtLoopBottom),
            parser.Statement(loop.Body),
            site);
    }

    /// <summary><c>foreach</c>.</summary>
    public static Statement ForEach(BodyParser parser, IForEachLoopOperation loop)
    {
        int site = parser.Site(loop);
        if (loop.IsAsynchronous) return new Statement.Unsupported("'await'", site);
        return new Statement.ForEach(Variable(parser, loop.LoopControlVariable), parser.Expression(loop.Collection), parser.Statement(loop.Body), site);
    }

    /// <summary><c>while</c> and <c>do … while</c>.</summary>
    public static Statement While(BodyParser parser, IWhileLoopOperation loop)
    {
        int site = parser.Site(loop);
        if (loop.Condition is not { } condition) return new Statement.Unsupported(ConstructNames.Of(loop), site);
        return new Statement.While(parser.Expression(condition), parser.Statement(loop.Body), loop.ConditionIsTop, site);
    }

    /// <summary><c>break</c>, <c>continue</c>; <c>goto</c> has no counterpart.</summary>
    public static Statement Branch(BodyParser parser, IBranchOperation branch) => branch.BranchKind switch
    {
        BranchKind.Break => new Statement.Break(parser.Site(branch)),
        BranchKind.Continue => new Statement.Continue(parser.Site(branch)),
        _ => new Statement.Unsupported("'goto'", parser.Site(branch)),
    };

    private static Expression Variable(BodyParser parser, IOperation variable) => variable is IVariableDeclaratorOperation declarator
        ? new Expression.Name(declarator.Symbol.Name, parser.Site(declarator))
        : Assignments.Target(parser, variable);
}
