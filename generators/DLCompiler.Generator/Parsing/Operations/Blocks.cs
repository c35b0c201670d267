using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Blocks, declarations, expression statements and returns.</summary>
internal static class Blocks
{
    /// <summary>A block: a statement that declares several variables is flattened into it.</summary>
    public static Statement Block(BodyParser parser, IBlockOperation block)
    {
        int site = parser.Site(block);
        return new Statement.Block(Statements(parser, block.Operations), site);
    }

    /// <summary>Statements in a row; the compiler's own closing <c>return;</c> is left out.</summary>
    public static EquatableArray<Statement> Statements(BodyParser parser, ImmutableArray<IOperation> operations)
    {
        List<Statement> statements = [];
        foreach (IOperation operation in operations)
        {
            if (operation is IReturnOperation { ReturnedValue: null, IsImplicit: true }) continue;
            if (operation is IVariableDeclarationGroupOperation group) statements.AddRange(Declared(parser, group));
            else statements.Add(parser.Statement(operation));
        }

        return statements.ToEquatableArray();
    }

    /// <summary>One declaration statement where a single statement is asked for.</summary>
    public static Statement Declarations(BodyParser parser, IVariableDeclarationGroupOperation group)
    {
        List<Statement> declared = [.. Declared(parser, group)];
        return declared.Count == 1 ? declared[0] : new Statement.Block(declared.ToEquatableArray(), parser.Site(group));
    }

    /// <summary>An expression for its effect; a deconstruction is a statement of its own.</summary>
    public static Statement Evaluate(BodyParser parser, IExpressionStatementOperation statement)
    {
        if (statement.Operation is IDeconstructionAssignmentOperation deconstruction)
        {
            int place = parser.Site(statement);
            return new Statement.Destructure(Assignments.Target(parser, deconstruction.Target), parser.Expression(deconstruction.Value), place);
        }

        int site = parser.Site(statement.Operation);
        return new Statement.Evaluate(parser.Expression(statement.Operation), site);
    }

    /// <summary><c>return</c>.</summary>
    public static Statement Return(BodyParser parser, IReturnOperation result)
    {
        int site = parser.Site(result);
        return result.Kind == OperationKind.Return
            ? new Statement.Return(parser.Optional(result.ReturnedValue), site)
            : new Statement.Unsupported("'yield'", site);
    }

    private static IEnumerable<Statement> Declared(BodyParser parser, IVariableDeclarationGroupOperation group)
    {
        foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
        {
            int site = parser.Site(declarator);
            IVariableInitializerOperation? initializer = declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
            yield return declarator.Symbol.IsRef
                ? new Statement.Unsupported("'ref'", site)
                : new Statement.Declare(declarator.Symbol.Name, parser.Optional(initializer?.Value), site);
        }
    }
}
