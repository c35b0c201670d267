using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary>A call on a sequence.</summary>
/// <param name="Source">The elements.</param>
/// <param name="Receiver">The list that the method is called on; null for <c>Enumerable</c>.</param>
/// <param name="Arguments">The arguments after the source.</param>
/// <param name="All">All arguments.</param>
/// <param name="Invoke">Runs a lambda.</param>
/// <param name="Allocate">Counts elements that are made.</param>
internal sealed record SequenceCall(
    IReadOnlyList<object?> Source,
    ListValue? Receiver,
    object?[] Arguments,
    object?[] All,
    Func<object?, IReadOnlyList<object?>, object?> Invoke,
    Action<long> Allocate);

/// <summary>Methods of lists, and the common ones of <c>System.Linq.Enumerable</c>, evaluated at once.</summary>
internal static class SequenceMembers
{
    /// <summary>The method; null if it is not known.</summary>
    public static Func<SequenceCall, object?>? Find(string owner, string method) => owner switch
    {
        "System.Collections.Generic.List`1" => ListMethod(method),
        "System.Linq.Enumerable" => EnumerableMethod(method),
        _ => null,
    };

    private static Func<SequenceCall, object?>? ListMethod(string method) => method switch
    {
        "Add" => call => Change(call, items => items.Add(call.Arguments[0]), 1),
        "AddRange" => call => Change(call, items => items.AddRange(Items(call.Arguments[0])), Items(call.Arguments[0]).Count),
        "Insert" => call => Change(call, items => items.Insert(Index(call.Arguments[0], items.Count + 1), call.Arguments[1]), 1),
        "RemoveAt" => call => Change(call, items => items.RemoveAt(Index(call.Arguments[0], items.Count)), 0),
        "Clear" => call => Change(call, items => items.Clear(), 0),
        "Reverse" => call => Change(call, items => items.Reverse(), 0),
        "ToArray" => call => Sequence(call, call.Source, isArray: true),
        _ => null,
    };

    private static Func<SequenceCall, object?>? EnumerableMethod(string method) => method switch
    {
        "Range" => call =>
            Sequence(call, Whole(call.All[1]), count => Enumerable.Range(0, count).Select(index => (object?)checked(Whole(call.All[0]) + index))),
        "Repeat" => call => Sequence(call, Whole(call.All[1]), count => Enumerable.Repeat(call.All[0], count)),
        "Select" => call => Sequence(call, [.. call.Source.Select((item, index) => call.Invoke(call.Arguments[0], [item, index]))]),
        "Where" => call => Sequence(call, [.. call.Source.Where((item, index) => Test(call, item, index))]),
        "SelectMany" => call => Sequence(call, [.. call.Source.SelectMany((item, index) => Items(call.Invoke(call.Arguments[0], [item, index])))]),
        "Zip" => call => Sequence(call, Zip(call)),
        "Append" => call => Sequence(call, [.. call.Source, call.Arguments[0]]),
        "Prepend" => call => Sequence(call, [call.Arguments[0], .. call.Source]),
        "Concat" => call => Sequence(call, [.. call.Source, .. Items(call.Arguments[0])]),
        "Skip" => call => Sequence(call, [.. call.Source.Skip(Whole(call.Arguments[0]))]),
        "Take" => call => Sequence(call, [.. call.Source.Take(Whole(call.Arguments[0]))]),
        "Reverse" => call => Sequence(call, [.. call.Source.Reverse()]),
        "ToArray" => call => Sequence(call, call.Source, isArray: true),
        "ToList" => call => Sequence(call, call.Source, isArray: false),
        "Count" => call => Matching(call).Count,
        "Any" => call => Matching(call).Count > 0,
        "All" => call => call.Source.Select((item, index) => Test(call, item, index)).All(result => result),
        "First" => call => Matching(call) is { Count: > 0 } items ? items[0] : throw Empty(),
        "Last" => call => Matching(call) is { Count: > 0 } items ? items[items.Count - 1] : throw Empty(),
        "Sum" => call => Mapped(call).DefaultIfEmpty(0).Aggregate((sum, item) => Arithmetic.Binary("+", sum, item)),
        "Max" => call => Extreme(call, ">"),
        "Min" => call => Extreme(call, "<"),
        "Aggregate" => call => call.Arguments.Length == 1
            ? call.Source.Count > 0 ? call.Source.Aggregate((state, item) => call.Invoke(call.Arguments[0], [state, item])) : throw Empty()
            : call.Source.Aggregate(call.Arguments[0], (state, item) => call.Invoke(call.Arguments[1], [state, item])),
        _ => null,
    };

    private static ListValue Sequence(SequenceCall call, IEnumerable<object?> items, bool isArray = false)
    {
        List<object?> made = [.. items];
        call.Allocate(made.Count);
        return new ListValue(made, isArray);
    }

    // Counted before anything is made: the number is the user's.
    private static ListValue Sequence(SequenceCall call, int count, Func<int, IEnumerable<object?>> items)
    {
        if (count < 0) throw new EvaluationFault(DiagnosticIds.EvaluationFailed, "a sequence can't have a negative number of elements");
        call.Allocate(count);
        return new ListValue([.. items(count)], isArray: false);
    }

    private static object? Change(SequenceCall call, Action<List<object?>> change, int added)
    {
        if (call.Receiver is not { } list) throw new EvaluationFault(DiagnosticIds.Unsupported, "this list can't be changed");
        call.Allocate(added);
        change(list.Items);
        return null;
    }

    private static IEnumerable<object?> Zip(SequenceCall call)
    {
        IReadOnlyList<object?> second = Items(call.Arguments[0]);
        return call.Source.Zip(
            second, (left, right) => call.Arguments.Length > 1 ? call.Invoke(call.Arguments[1], [left, right]) : new TupleValue([left, right]));
    }

    // The elements that a condition holds for, where there is one.
    private static IReadOnlyList<object?> Matching(SequenceCall call) =>
        call.Arguments.Length == 0 ? call.Source : [.. call.Source.Where((item, index) => Test(call, item, index))];

    private static IEnumerable<object?> Mapped(SequenceCall call) =>
        call.Arguments.Length == 0 ? call.Source : call.Source.Select(item => call.Invoke(call.Arguments[0], [item]));

    private static object? Extreme(SequenceCall call, string comparison) =>
        call.Source.Count == 0 ? throw Empty() : Mapped(call).Aggregate((best, item) => Arithmetic.Binary(comparison, item, best) is true ? item : best);

    private static bool Test(SequenceCall call, object? item, int index) => call.Invoke(call.Arguments[0], [item, index]) switch
    {
        bool result => result,
        PoisonValue => throw new EvaluationStopped(),
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, "this condition can't be compiled"),
    };

    private static IReadOnlyList<object?> Items(object? value) =>
        value is ListValue list ? list.Items : throw new EvaluationFault(DiagnosticIds.Unsupported, "this sequence can't be compiled");

    private static int Whole(object? value) =>
        value is int number ? number : throw new EvaluationFault(DiagnosticIds.Unsupported, "a number that is known at run time only can't be compiled here");

    private static int Index(object? value, int count) =>
        Whole(value) is var index && index >= 0 && index < count
            ? index
            : throw new EvaluationFault(DiagnosticIds.EvaluationFailed, "the index is outside the list");

    private static EvaluationFault Empty() => new(DiagnosticIds.EvaluationFailed, "the sequence has no elements");
}
