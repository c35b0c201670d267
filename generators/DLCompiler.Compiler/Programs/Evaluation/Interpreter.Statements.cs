using System;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Statements.</content>
internal sealed partial class Interpreter
{
    /// <summary>How a statement ends.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    private const string LoopAdvice = "loop a number of times that is known at compile time, or walk along a sequence by Scan";

    private Flow Execute(Statement statement, Scope scope)
    {
        Tick(scope, statement.Site);
        switch (statement)
        {
            case Statement.Block block:
                return Execute(block.Statements, scope.Nested());
            case Statement.Declare declare:
                scope.Declare(declare.Identifier, declare.Value is null ? null : Evaluate(declare.Value, scope));
                return Flow.Next;
            case Statement.Destructure destructure:
                Assign(destructure.Target, Evaluate(destructure.Value, scope), scope);
                return Flow.Next;
            case Statement.Evaluate evaluate:
                if (Evaluate(evaluate.Value, scope) is TensorValue && evaluate.Value is Expression.Call call) Dropped(call, scope);
                return Flow.Next;
            case Statement.If branch:
                if (Condition(scope, Evaluate(branch.Condition, scope), branch.Site, "'if'", ElementwiseAdvice)) return Execute(branch.Then, scope.Nested());
                return branch.Else is null ? Flow.Next : Execute(branch.Else, scope.Nested());
            case Statement.For loop:
                return Looped(scope, loop.Site, () => For(loop, scope.Nested()));
            case Statement.ForEach loop:
                return Looped(scope, loop.Site, () => ForEach(loop, scope));
            case Statement.While loop:
                return Looped(scope, loop.Site, () => While(loop, scope));
            case Statement.Switch choice:
                return Switch(choice, scope);
            case Statement.Return result:
                scope.Frame.ReturnValue = result.Value is null ? null : Evaluate(result.Value, scope);
                scope.Frame.ReturnSite = result.Site;
                return Flow.Return;
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            case Statement.LocalFunction:
                return Flow.Next;
            case Statement.Unsupported unsupported:
                // What follows it may rest on what it would have done.
                Fail(scope, unsupported.Site, DiagnosticIds.Unsupported, Advice.OnConstruct(unsupported.What));
                throw new EvaluationStopped();
            default:
                Fail(scope, statement.Site, DiagnosticIds.Unsupported, "this statement can't be compiled");
                throw new EvaluationStopped();
        }
    }

    // Tensors never change: an operation whose result is dropped does nothing. Methods of the user's may be called for something else.
    private void Dropped(Expression.Call call, Scope scope)
    {
        if (VocabularyTable.Find(call.Owner, call.Method) is null && VocabularyTable.FindLayer(call.Owner) is null) return;
        string target = call.Receiver is Expression.Name name ? name.Identifier : "x";
        string receiver = call.Receiver is null ? "Tensor" : Written(call.Receiver);
        string message = $"the result of {call.Method} is not used, and no tensor is changed by it; assign it, as in '{target} = {receiver}.{call.Method}(…)'";
        SourceSite place = scope.Frame.At(call.Site).Site;
        sink.ReportInPlace(DiagnosticIds.DroppedResult, place, message);

        // What is made from the tensor as it is may not fit further on.
        if (call.Receiver is Expression.Name && Evaluate(call.Receiver, scope) is TensorValue tensor)
            Function?.Trail.Suspect(tensor.Node, new VocabularyError(DiagnosticIds.DroppedResult, new Origin(place, null), message));
    }

    private static string Written(Expression receiver) => receiver switch
    {
        Expression.Name name => name.Identifier,
        Expression.Member member => member.Identifier,
        _ => "…",
    };

    private Flow Execute(EquatableArray<Statement> statements, Scope scope)
    {
        // Local functions can be called before they are written.
        foreach (Statement statement in statements)
        {
            if (statement is Statement.LocalFunction function) scope.Declare(function.Identifier, new FunctionValue(function.Parameters, function.Body, scope));
        }

        foreach (Statement statement in statements)
        {
            if (Execute(statement, scope) is not Flow.Next and var flow) return flow;
        }

        return Flow.Next;
    }

    // Remembers which loop runs.
    private Flow Looped(Scope scope, int site, Func<Flow> run)
    {
        (Scope Scope, int Site)? outer = loop;
        loop = (scope, site);
        try
        {
            return run();
        }
        finally
        {
            loop = outer;
        }
    }

    // One turn of a loop. After a mistake in it, other turns would go wrong in other ways.
    private Flow Turn(Statement body, Scope scope)
    {
        int before = sink.ErrorCount;
        Flow flow = Execute(body, scope);
        return sink.ErrorCount == before ? flow : throw new EvaluationStopped();
    }

    private bool LoopCondition(Expression condition, Scope scope, int site, string construct)
    {
        inLoopCondition = true;
        try
        {
            return Condition(scope, Evaluate(condition, scope), site, construct, LoopAdvice);
        }
        finally
        {
            inLoopCondition = false;
        }
    }

    private Flow For(Statement.For loop, Scope scope)
    {
        for (Execute(loop.Initializers, scope);
            loop.Condition is null || LoopCondition(loop.Condition, scope, loop.Site, "'for'");
            Execute(loop.Incrementors, scope))
        {
            Flow flow = Turn(loop.Body, scope.Nested());
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) break;
        }

        return Flow.Next;
    }

    private Flow ForEach(Statement.ForEach loop, Scope scope)
    {
        // A copy: the body may change the list.
        foreach (object? item in Sequence(Evaluate(loop.Source, scope), scope, loop.Site, "'foreach'").ToArray())
        {
            Scope inner = scope.Nested();
            Bind(loop.Target, item, inner);
            Flow flow = Turn(loop.Body, inner);
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) break;
        }

        return Flow.Next;
    }

    // The variables of a loop are new ones in each turn.
    private void Bind(Expression target, object? value, Scope scope)
    {
        switch (target)
        {
            case Expression.Name name:
                scope.Declare(name.Identifier, value);
                break;
            case Expression.Tuple tuple when value is TupleValue items && items.Items.Count == tuple.Elements.Count:
                for (int index = 0; index < items.Items.Count; index++) Bind(tuple.Elements[index], items.Items[index], scope);
                break;
            default:
                Assign(target, value, scope);
                break;
        }
    }

    private Flow While(Statement.While loop, Scope scope)
    {
        bool test = loop.TestFirst;
        while (true)
        {
            if (test && !LoopCondition(loop.Condition, scope, loop.Site, "'while'")) return Flow.Next;
            test = true;
            Flow flow = Turn(loop.Body, scope.Nested());
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) return Flow.Next;
        }
    }
}
