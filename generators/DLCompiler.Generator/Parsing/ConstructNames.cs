using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing;

/// <summary>What diagnostics call a construct that can't be compiled.</summary>
internal static class ConstructNames
{
    /// <summary>The construct's name, as C# programmers say it.</summary>
    public static string Of(IOperation operation) => operation switch
    {
        IInvalidOperation => "code with errors",
        IAwaitOperation => "'await'",
        ITypeOfOperation => "'typeof'",
        ISizeOfOperation => "'sizeof'",
        IIsTypeOperation => "a type test",
        IUsingOperation or IUsingDeclarationOperation => "'using'",
        ILockOperation => "'lock'",
        ITryOperation => "'try'",
        ILabeledOperation => "a label",
        IBranchOperation { BranchKind: BranchKind.GoTo } => "'goto'",
        IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } => "'yield'",
        IConditionalAccessOperation => "'?.'",
        IEventReferenceOperation or IEventAssignmentOperation => "an event",
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation => "'dynamic'",
        IAnonymousObjectCreationOperation => "an anonymous object",
        IWithOperation => "'with'",
        IAddressOfOperation => "a pointer",
        ITranslatedQueryOperation => "a query expression",
        IObjectOrCollectionInitializerOperation => "an object initialiser",
        ITypePatternOperation or IDeclarationPatternOperation => "a type pattern",
        IRecursivePatternOperation => "a property pattern",
        IListPatternOperation or ISlicePatternOperation => "a list pattern",
        IUtf8StringOperation => "a UTF-8 literal",
        _ => OfSyntax(operation.Syntax),
    };

    private static string OfSyntax(SyntaxNode syntax) => syntax switch
    {
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax => "'stackalloc'",
        UnsafeStatementSyntax => "'unsafe'",
        FixedStatementSyntax => "'fixed'",
        RefExpressionSyntax => "'ref'",
        LiteralExpressionSyntax literal => $"the literal {literal.Token.Text}",
        _ => "'" + Shorten(syntax.ToString()) + "'",
    };

    private static string Shorten(string text)
    {
        int end = text.IndexOfAny(['\r', '\n']);
        if (end >= 0) text = text.Substring(0, end) + "…";
        return text.Length > 60 ? text.Substring(0, 60) + "…" : text;
    }
}
