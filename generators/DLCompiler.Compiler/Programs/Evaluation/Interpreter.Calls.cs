using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Calls: who is called.</content>
internal sealed partial class Interpreter
{
    private object? Call(Expression.Call call, Scope scope)
    {
        object? receiver = call.Receiver is null ? null : Evaluate(call.Receiver, scope);
        IReadOnlyList<ArgumentValue> arguments = Arguments(call.Arguments, scope, scope.Frame.At(call.Site));
        if (receiver is PoisonValue || arguments.Any(IsPoison)) return Poison;
        if (receiver is DataValue) return receiver;
        if (call.Receiver is not null && receiver is null) throw CalledOnNull(call, scope);
        switch (receiver)
        {
            case LayerInstance layer when layer.Definition.Find(call.Method) is { } lower:
                return Use(layer, lower, null, arguments, scope, call.Site);
            case BlockInstance instance:
                return CallMember(instance, call, arguments, scope);
        }

        if (receiver is null && (programs(call.Owner) is not null || scope.Frame.Instance.Parts.Any(part => part.Program.MetadataName == call.Owner)))
        {
            return CallMember(StaticReceiver(call.Owner, scope), call, arguments, scope);
        }

        Origin receiverOrigin = scope.Frame.At(call.Receiver?.Site ?? call.Site);
        return CallLibrary(scope, call.Site, call.Owner, call.Method, receiver, receiverOrigin, arguments);
    }

    private EvaluationStopped CalledOnNull(Expression.Call call, Scope scope)
    {
        if (call.Receiver is Expression.Member { Identifier: var identifier } && EmptyField(scope.Frame.Instance, identifier) is { } empty)
        {
            // One message for the field, however often it is used.
            sink.Report(new VocabularyError(
                DiagnosticIds.EvaluationFailed,
                new Origin(empty, null),
                $"'{identifier}' has no value; write {identifier} = new(…)",
                scope.Frame.At(call.Site)));
            return new EvaluationStopped();
        }

        // An array of layers starts with nulls, and C# does not warn of it.
        string array = VocabularyTable.FindLayer(call.Owner) is null ? "" : "; an array has only the layers that are written out, as in = [new(64), new(64)]";
        string what = call.Receiver switch
        {
            Expression.Member member => $"'{member.Identifier}' is null: give it a value where it is declared",
            Expression.Name name => $"'{name.Identifier}' is null: give it a value before{array}",
            Expression.Element => "this element is null: give it a value before" + array,
            _ => "its object is null",
        };
        return Stop(scope, call.Site, DiagnosticIds.EvaluationFailed, $"'{call.Method}' can't be called, because {what}");
    }

    // Where a field that is declared without a value stands.
    private static SourceSite? EmptyField(BlockInstance instance, string name) =>
        instance.Parts.SelectMany(part => part.Program.Fields.Where(field => field.Name == name && field.Initializer is null)
            .Select(field => new SourceSite(part.Program.MetadataName, field.Site))).FirstOrDefault();

    private IReadOnlyList<ArgumentValue> Arguments(EquatableArray<Argument> arguments, Scope scope, Origin call) =>
        [.. arguments.Select(argument => new ArgumentValue(
            argument.Parameter,
            Evaluate(argument.Value, scope),
            argument.IsDefault,
            argument.IsDefault ? call : scope.Frame.At(argument.Value.Site),
            argument.Value is Expression.Array { Elements: var elements } && !elements.Any(element => element is Expression.Spread)
                ? [.. elements.Select(element => scope.Frame.At(element.Site))]
                : [])
        {
            IsConstant = argument.Value is Expression.Literal,
        })];

    private static bool IsPoison(ArgumentValue argument) =>
        argument.Value is PoisonValue || (argument.Value is ListValue list && list.Items.Any(item => item is PoisonValue));

    private BlockInstance StaticReceiver(string owner, Scope scope) =>
        scope.Frame.Instance.Parts.FirstOrDefault(part => part.Program.MetadataName == owner) ?? StaticsOf(programs(owner)!);

    // Everything that is not the user's own: operations on tensors, and the parts of the class library that are known.
    private object? CallLibrary(
        Scope scope, int site, string owner, string method, object? receiver, Origin receiverOrigin, IReadOnlyList<ArgumentValue> arguments)
    {
        if (receiver is PoisonValue || arguments.Any(IsPoison)) return Poison;
        if (VocabularyTable.Find(owner, method) is { } operation) return Apply(operation, receiver, receiverOrigin, arguments, scope, site);
        if (VocabularyTable.ReadsElements(owner, method)) return new DataValue(method);
        object?[] values = [.. arguments.Select(argument => argument.Value)];
        if (method == "op_Implicit" && owner is "System.ReadOnlySpan`1" or "System.Span`1") return values[0];
        bool isKnown = MathMembers.Find(owner, method) is not null || ShapeMembers.Find(owner, method) is not null
            || TextMembers.Find(owner, method) is not null || SequenceMembers.Find(owner, method) is not null;
        if (isKnown && values.FirstOrDefault(value => value is DataValue) is { } data) return data;
        try
        {
            if (values.Any(value => value is ScalarValue) && ElementFunctions.Find(owner, method, values.Length) is { } ofElements) return ofElements(values);
            if (MathMembers.Find(owner, method) is { } function) return function(values);
            if (ShapeMembers.Find(owner, method) is { } comparison) return comparison(receiver, values);
            if (TextMembers.Find(owner, method) is { } text)
            {
                object? result = text(receiver, values);
                if (result is string made) Allocate(scope, site, made.Length);
                return result;
            }

            if (SequenceMembers.Find(owner, method) is { } sequence)
            {
                // A static method goes through its first argument.
                object? source = receiver ?? values.FirstOrDefault();
                return sequence(new SequenceCall(
                    method == "Range" || method == "Repeat" ? [] : Sequence(source, scope, site, $"'{method}'"),
                    receiver as ListValue,
                    receiver is null ? [.. values.Skip(1)] : values,
                    values,
                    (callee, items) => Invoke(callee, items, scope, site),
                    count => Allocate(scope, site, count)));
            }
        }
        catch (EvaluationFault fault)
        {
            return Fail(scope, site, fault);
        }
        catch (Exception exception) when (IsMisuse(exception))
        {
            return Fail(scope, site, DiagnosticIds.Unsupported, $"a call of {method} with these arguments can't be compiled");
        }

        return Fail(
            scope,
            site,
            DiagnosticIds.Unsupported,
            $"a call of {Advice.TypeName(owner)}.{method} can't be compiled; {Advice.OnCalling(owner, method)}");
    }

    // What an overload that is not known, or a program that no compiler wrote, runs into.
    private static bool IsMisuse(Exception exception) =>
        exception is ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException or FormatException;

    private object? Invoke(Expression.Invoke invoke, Scope scope)
    {
        object? function = Evaluate(invoke.Function, scope);
        object?[] arguments = [.. invoke.Arguments.Select(argument => Evaluate(argument, scope))];
        return Invoke(function, arguments, scope, invoke.Site);
    }

    private object? Invoke(object? function, IReadOnlyList<object?> arguments, Scope scope, int site) => Invoke(function, arguments, scope, site, out _);

    // Runs a lambda, a local function or a method group. The place is that of the returned expression, where there is one.
    private object? Invoke(object? function, IReadOnlyList<object?> arguments, Scope scope, int site, out Origin? place)
    {
        Origin? returned = place = null;
        switch (function)
        {
            case FunctionValue known:
                object? value = Nested(scope, site, () =>
                {
                    var frame = new Frame(known.Closure.Frame.Instance, scope.Frame.InField);
                    var inner = new Scope(frame, known.Closure);
                    for (int index = 0; index < known.Parameters.Count; index++)
                        inner.Declare(known.Parameters[index], index < arguments.Count ? arguments[index] : null);
                    Execute(known.Body, inner);
                    if (frame.ReturnSite is { } end) returned = frame.At(end);
                    return frame.ReturnValue;
                });
                place = returned;
                return value;
            case MethodValue { Owner: "System.MathF" or "System.Math" or "System.Single" } method:
                return CallLibrary(
                    scope, site, method.Owner, method.Method, null, scope.Frame.At(site),
                    [.. arguments.Select((argument, index) => new ArgumentValue(Number(index), argument, false, scope.Frame.At(site), []))]);
            case MethodValue method:
                BlockInstance instance = method.Instance.Parts.FirstOrDefault(part => part.Program.MetadataName == method.Owner) ?? method.Instance;
                MethodProgram? target = instance.Program.Methods.FirstOrDefault(
                    candidate => candidate.Name == method.Method && candidate.Parameters.Count <= arguments.Count);
                if (target is null) return Fail(scope, site, DiagnosticIds.Unsupported, $"a call of {method.Method} can't be compiled");
                return Run(instance, target, arguments, [], scope, site);
            case PoisonValue:
                return Poison;
            case null:
                throw Stop(scope, site, DiagnosticIds.EvaluationFailed, "a function that is null is called; give it a value before");
            default:
                return Fail(scope, site, DiagnosticIds.Unsupported, "a call of this value can't be compiled");
        }
    }
}
