using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Runs a user's program on compile-time values; tensors become nodes of a graph. Values are C#'s own (<see cref="int"/>, <see cref="long"/>,
/// <see cref="float"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, null) and the types in <c>Vocabulary.Values</c>.
/// A mistake is reported once, and its value is poison from
/// there on.
/// One file per construct.
/// </summary>
internal sealed partial class Interpreter(Func<string, ClassProgram?> programs, DiagnosticSink sink, EvaluationLimits limits, CancellationToken cancellation)
{
    private readonly Dictionary<string, BlockInstance> statics = new(StringComparer.Ordinal);
    private readonly HashSet<string> models = new(StringComparer.Ordinal);
    private long steps;
    private long elements;
    private int objects;
    private int depth;
    private (Scope Scope, int Site)? loop;
    private bool inLoopCondition;

    /// <summary>Whether a limit of the whole model is reached, so that nothing else can be evaluated.</summary>
    public bool IsExhausted => steps > limits.Steps || elements > limits.Elements || objects > limits.Objects;

    /// <summary>The function that is being built; null while fields are initialised.</summary>
    public FunctionState? Function { get; set; }

    /// <summary>The summary that layers are entered in; null where none is kept.</summary>
    public SummaryCollector? Summary { get; set; }

    /// <summary>Takes what calls of layers do to shapes; null where nobody asks.</summary>
    public LayerUses? Uses { get; init; }

    /// <summary>The returned expression of the entry point that ran last.</summary>
    public int? LastReturn { get; private set; }

    /// <summary>Models whose own evaluation has errors: inside them nothing is reported again.</summary>
    public HashSet<string> WrongModels { get; } = new(StringComparer.Ordinal);

    private static PoisonValue Poison => PoisonValue.Instance;

    // Every expression and statement counts; the place is the innermost loop, or else whatever happens to run when the limit is reached.
    private void Tick(Scope scope, int site)
    {
        if ((++steps & 1023) == 0) cancellation.ThrowIfCancellationRequested();
        if (steps > limits.Steps)
        {
            (Scope where, int place) = loop ?? (scope, site);
            throw Stop(
                where, place, DiagnosticIds.LimitExceeded, $"evaluation takes more than {Number(limits.Steps)} steps; is there a loop that does not end?");
        }

        if (Function is { } function && function.Graph.Nodes.Count > limits.Nodes)
        {
            throw Stop(scope, site, DiagnosticIds.LimitExceeded, $"the model has more than {Number(limits.Nodes)} operations");
        }
    }

    private void Create(Scope scope, int site)
    {
        if (++objects > limits.Objects)
            throw Stop(scope, site, DiagnosticIds.LimitExceeded, $"the model creates more than {Number(limits.Objects)} layers and blocks");
    }

    private void Allocate(Scope scope, int site, long count)
    {
        elements += count;
        if (elements > limits.Elements)
        {
            throw Stop(
                scope, site, DiagnosticIds.LimitExceeded, $"evaluation makes arrays, lists and strings with more than {Number(limits.Elements)} elements");
        }
    }

    // Runs something that calls back into user code, which may be nested without end; the host's own stack is what has to last.
    private T Nested<T>(Scope scope, int site, Func<T> run)
    {
        if (depth >= limits.Depth) throw TooDeep(scope, site);
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(scope, site);
        }

        depth++;
        try
        {
            return run();
        }
        finally
        {
            depth--;
        }
    }

    private EvaluationStopped TooDeep(Scope scope, int site) =>
        Stop(scope, site, DiagnosticIds.LimitExceeded, $"calls are nested more than {Number(limits.Depth)} deep; is there a recursion that does not end?");

    // Reports a mistake that does not depend on how the block was created, and goes on with poison.
    private PoisonValue Fail(Scope scope, int site, string id, string message)
    {
        sink.ReportInPlace(id, scope.Frame.At(site).Site, message);
        return Poison;
    }

    // Reports a fault of values, which may depend on how the block was created, and goes on with poison.
    private PoisonValue Fail(Scope scope, int site, EvaluationFault fault)
    {
        if (fault.Id == DiagnosticIds.Unsupported) return Fail(scope, site, fault.Id, (inLoopCondition ? fault.InLoop : null) ?? fault.Message);
        sink.Report(fault.Id, scope.Frame.At(site), fault.Message);
        return Poison;
    }

    // Reports a mistake after which nothing sensible can follow.
    private EvaluationStopped Stop(Scope scope, int site, string id, string message)
    {
        sink.Report(id, scope.Frame.At(site), message);
        return new EvaluationStopped();
    }

    // What a branch or a loop asks for.
    private bool Condition(Scope scope, object? value, int site, string construct, string advice)
    {
        switch (value)
        {
            case bool known:
                return known;
            case PoisonValue:
                throw new EvaluationStopped();
            case DataValue:
                Fail(scope, site, DiagnosticIds.Unsupported, $"{construct} depends on tensor data and can't be compiled; {advice}");
                throw new EvaluationStopped();
            case ScalarCondition:
                throw OfElement(scope, site, construct);
            default:
                Fail(scope, site, DiagnosticIds.Unsupported, $"the condition of {construct} can't be compiled");
                throw new EvaluationStopped();
        }
    }

    private EvaluationStopped OfElement(Scope scope, int site, string construct)
    {
        Fail(scope, site, DiagnosticIds.Unsupported, $"{construct} depends on an element here and can't be compiled; choose between values by '?:'");
        return new EvaluationStopped();
    }

    private static string Number(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
