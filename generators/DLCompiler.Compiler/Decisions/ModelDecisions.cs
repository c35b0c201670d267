using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Decisions;

/// <summary>The decisions of a model: what the user chooses, what was chosen at each level, and which of the user's choices can't be followed.</summary>
/// <param name="overrides">What the user chooses.</param>
public sealed class ModelDecisions(EquatableArray<ScheduleOverride> overrides)
{
    private const int MostNames = 8;

    private readonly List<FunctionDecisions> functions = [];

    /// <summary>The decisions of all functions at all levels.</summary>
    public IReadOnlyList<FunctionDecisions> Functions
    {
        get
        {
            lock (functions) return [.. functions.OrderByDescending(function => function.Level)];
        }
    }

    /// <summary>Begins the decisions of a function. Levels may be scheduled at the same time.</summary>
    public FunctionDecisions Begin(string function, InstructionSet level)
    {
        var decisions = new FunctionDecisions(function, level, overrides);
        lock (functions) functions.Add(decisions);
        return decisions;
    }

    /// <summary>The user's choices that are not followed, and why, once everything is scheduled.</summary>
    public IReadOnlyList<ScheduleProblem> Problems()
    {
        IReadOnlyList<FunctionDecisions> all = Functions;
        return [.. Enumerable.Range(0, overrides.Count).Select(index => (Index: index, Message: Problem(index, all)))
            .Where(pair => pair.Message is not null).Select(pair => new ScheduleProblem(pair.Index, pair.Message!))];
    }

    private string? Problem(int index, IReadOnlyList<FunctionDecisions> all)
    {
        ScheduleOverride wanted = overrides[index];
        if (all.All(function => !wanted.IsFor(function.Level))) return null;
        List<(InstructionSet Level, string Subject, string? Objection)> answers = [.. all.SelectMany(function => function.Answers
            .Where(answer => answer.Override == index).Select(answer => (function.Level, answer.Subject, answer.Objection)))];
        List<(InstructionSet Level, string Subject, string? Objection)> refused = [.. answers.Where(answer => answer.Objection is not null)];
        if (answers.Count > 0)
        {
            // A pattern is meant for what can follow it.
            if (refused.Count == 0 || (wanted.IsPattern && refused.Count < answers.Count)) return null;
            IGrouping<string?, (InstructionSet Level, string Subject, string? Objection)> first = refused.GroupBy(answer => answer.Objection).First();
            string advice = wanted.Level is not null || refused.Count == answers.Count ? ""
                : $"; write '{answers.First(answer => answer.Objection is null).Level}: ' before it to mean one level";
            return $"'{first.First().Subject}.{wanted.Name} = {wanted.Value}' is impossible at "
                + $"{string.Join(", ", first.Select(answer => answer.Level).Distinct())}: {first.Key}. The compiler's own choice is kept there{advice}";
        }

        List<Decision> decisions = [.. all.Where(function => wanted.IsFor(function.Level)).SelectMany(function => function.Made)];
        List<Decision> same = [.. decisions.Where(decision => wanted.IsFor(decision.Subject))];
        if (same.Any(decision => decision.Name == wanted.Name)) return $"a later line decides '{wanted.Subject}.{wanted.Name}'";
        if (same.Count > 0)
            return $"nothing called '{wanted.Name}' is decided for '{wanted.Subject}': there is {Names(same.Select(decision => decision.Name))}";
        List<Decision> alike = [.. decisions.Where(decision => decision.Name == wanted.Name)];
        string nearest = Names((alike.Count > 0 ? alike : decisions).Select(decision => decision.Subject).OrderBy(subject => Distance(subject, wanted.Subject)));
        return $"nothing is decided for '{wanted.Subject}': {(alike.Count > 0 ? $"'{wanted.Name}' is decided for" : "there is")} {nearest}";
    }

    private static string Names(IEnumerable<string> names)
    {
        List<string> distinct = [.. names.Distinct()];
        return string.Join(", ", distinct.Take(MostNames)) + (distinct.Count > MostNames ? " …" : "");
    }

    // How many characters differ, those in common at both ends aside.
    private static int Distance(string left, string right)
    {
        int start = 0, end = 0, most = Math.Min(left.Length, right.Length);
        while (start < most && left[start] == right[start]) start++;
        while (end < most - start && left[left.Length - 1 - end] == right[right.Length - 1 - end]) end++;
        return Math.Max(left.Length, right.Length) - start - end;
    }
}
