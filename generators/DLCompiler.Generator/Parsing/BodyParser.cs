using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing;

/// <summary>
/// Lowers the operations of one class to its program: it dispatches each operation to the interpreter of its construct, and numbers the sites.
/// </summary>
internal sealed class BodyParser(SiteTable sites, CancellationToken cancellation)
{
    /// <summary>Whether code that the C# compiler rejects was seen.</summary>
    public bool HasInvalidCode { get; private set; }

    /// <summary>Notes code that the C# compiler rejects.</summary>
    public void NoteInvalidCode() => HasInvalidCode = true;

    /// <summary>Numbers the site of an operation: the smallest span that names it.</summary>
    public int Site(IOperation operation) => sites.Add(SiteLocations.Of(operation));

    /// <summary>Numbers a site.</summary>
    public int Site(Location location) => sites.Add(location);

    /// <summary>An expression that may be absent.</summary>
    public Expression? Optional(IOperation? operation) => operation is null ? null : Expression(operation);

    /// <summary>Several expressions.</summary>
    public EquatableArray<Expression> Expressions(IEnumerable<IOperation> operations) => operations.Select(Expression).ToEquatableArray();

    /// <summary>An expression.</summary>
    public Expression Expression(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (operation is IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum } enumeration) return Members.Field(this, enumeration);
        if (operation.ConstantValue.HasValue && Literals.TryConstant(this, operation) is { } constant) return constant;
        return operation switch
        {
            IParenthesizedOperation parenthesized => Expression(parenthesized.Operand),
            IConversionOperation conversion => Conversions.Conversion(this, conversion),
            ILocalReferenceOperation local => new Expression.Name(local.Local.Name, Site(local)),
            IParameterReferenceOperation parameter => new Expression.Name(parameter.Parameter.Name, Site(parameter)),
            IInstanceReferenceOperation instance => Members.Instance(this, instance),
            IFieldReferenceOperation field => Members.Field(this, field),
            IPropertyReferenceOperation property => Members.Property(this, property),
            IMethodReferenceOperation method => Members.MethodGroup(this, method),
            IArrayElementReferenceOperation element => Members.ArrayElement(this, element),
            IImplicitIndexerReferenceOperation element => new Expression.Element(Expression(element.Instance), Expression(element.Argument), Site(element)),
            IInvocationOperation invocation => Calls.Invocation(this, invocation),
            IObjectCreationOperation creation => Calls.Creation(this, creation),
            IDelegateCreationOperation creation => Expression(creation.Target),
            IAnonymousFunctionOperation lambda => Functions.Lambda(this, lambda),
            IUnaryOperation unary => Operators.Unary(this, unary),
            IBinaryOperation binary => Operators.Binary(this, binary),
            ITupleBinaryOperation binary => Operators.TupleBinary(this, binary),
            ICoalesceOperation coalesce => Operators.Coalesce(this, coalesce),
            ISimpleAssignmentOperation assignment => Assignments.Simple(this, assignment),
            ICompoundAssignmentOperation assignment => Assignments.Compound(this, assignment),
            ICoalesceAssignmentOperation assignment => Assignments.Coalesce(this, assignment),
            IDeconstructionAssignmentOperation assignment => Assignments.Deconstruction(this, assignment),
            IIncrementOrDecrementOperation increment => Assignments.Increment(this, increment),
            IDeclarationExpressionOperation declaration => Assignments.Target(this, declaration),
            IDiscardOperation discard => new Expression.Discard(Site(discard)),
            IConditionalOperation conditional => Conditions.Conditional(this, conditional),
            ISwitchExpressionOperation choice => Conditions.Switch(this, choice),
            IIsPatternOperation test => new Expression.Is(Expression(test.Value), Patterns.Pattern(this, test.Pattern), Site(test)),
            IThrowOperation exception => new Expression.Throw(Optional(exception.Exception), Site(exception)),
            ITupleOperation tuple => new Expression.Tuple(Expressions(tuple.Elements), Site(tuple)),
            IArrayCreationOperation array => Collections.Array(this, array),
            ICollectionExpressionOperation collection => Collections.Collection(this, collection),
            ISpreadOperation spread => new Expression.Spread(Expression(spread.Operand), Site(spread)),
            IRangeOperation range => new Expression.Range(Optional(range.LeftOperand), Optional(range.RightOperand), Site(range)),
            IInterpolatedStringOperation text => Literals.Interpolated(this, text),
            IDefaultValueOperation value => Literals.Default(this, value),
            _ => Unsupported(operation),
        };
    }

    /// <summary>A statement.</summary>
    public Statement Statement(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        return operation switch
        {
            IBlockOperation block => Blocks.Block(this, block),
            IVariableDeclarationGroupOperation declarations => Blocks.Declarations(this, declarations),
            IExpressionStatementOperation expression => Blocks.Evaluate(this, expression),
            ILocalFunctionOperation function => Functions.LocalFunction(this, function),
            IReturnOperation result => Blocks.Return(this, result),
            IConditionalOperation conditional => Conditions.If(this, conditional),
            ISwitchOperation choice => Conditions.SwitchStatement(this, choice),
            IForLoopOperation loop => Loops.For(this, loop),
            IForEachLoopOperation loop => Loops.ForEach(this, loop),
            IWhileLoopOperation loop => Loops.While(this, loop),
            IBranchOperation branch => Loops.Branch(this, branch),
            IEmptyOperation => new Statement.Block([], Site(operation)),
            IThrowOperation => new Statement.Evaluate(Expression(operation), Site(operation)),
            _ => new Statement.Unsupported(Name(operation), Site(operation)),
        };
    }

    /// <summary>What has no interpreter.</summary>
    public Expression Unsupported(IOperation operation) => new Expression.Unsupported(Name(operation), Site(operation));

    /// <summary>What is understood, but not in this form.</summary>
    public Expression Unsupported(string what, IOperation operation) => new Expression.Unsupported(what, Site(operation));

    private string Name(IOperation operation)
    {
        if (operation is IInvalidOperation) NoteInvalidCode();
        return ConstructNames.Of(operation);
    }
}
