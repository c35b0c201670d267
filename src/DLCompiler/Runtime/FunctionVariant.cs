namespace DLCompiler.Runtime;

/// <summary>One form of a function, for many samples or for few: its code, the contexts that wait for a run of it, and what it computes ahead of runs.</summary>
internal sealed class FunctionVariant(CompiledFunction function, ModelStorage storage, bool poison)
{
    private RunContext? idle;

    public CompiledFunction Function => function;

    /// <summary>What all runs share; null where the function has nothing of the kind.</summary>
    public PreparedValues? Prepared { get; } = function.PreparedBytes > 0 ? new PreparedValues(function, storage, poison) : null;

    /// <summary>Takes a context from the stack, for callers that hold <see cref="ModelStorage.Gate"/>; null where there is none.</summary>
    public RunContext? PopLocked()
    {
        if (idle is not { } context) return null;
        idle = context.Next;
        context.Next = null;
        return context;
    }

    /// <summary>Puts a context back, for callers that hold <see cref="ModelStorage.Gate"/>.</summary>
    public void PushLocked(RunContext context)
    {
        context.Next = idle;
        idle = context;
    }
}
