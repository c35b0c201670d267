using System.Collections.Generic;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>How the workers share a call.</summary>
public abstract record Partition
{
    /// <summary>By blocks of sixteen samples: the same worker has the same samples in every such call.</summary>
    public sealed record Samples : Partition;

    /// <summary>By parts of the result, each owned whole by one worker, so that the order of additions never depends on the number of workers.</summary>
    public sealed record Items(Dimension Count) : Partition;

    /// <summary>Worker 0 alone does all items: too small to share.</summary>
    public sealed record Single(Dimension Count) : Partition;

    /// <summary>Notes how a call is shared, which may be overridden where there are parts to share.</summary>
    /// <param name="decisions">Where the choice is noted.</param>
    /// <param name="part">What the call computes.</param>
    /// <param name="own">What its schedule chose.</param>
    public static Partition Choose(FunctionDecisions decisions, string part, Partition own)
    {
        const string Shared = "shared", One = "one", BySamples = "samples";
        return own switch
        {
            Items items => Divided(items.Count, true, "each part has one owner, who adds in a fixed order"),
            Single { Count: { IsConstant: true, Value: > 1 } count } => Divided(count, false, "too small to share"),
            _ => decisions.Choose(part, "partition", own, own is Samples ? "a sample has the same worker in all such calls" : "a single part", Same, Text),
        };

        Partition Divided(Dimension count, bool isShared, string why) => decisions.Choose(part, "partition", isShared, why,
            text => ChoiceText.Word(text, Shared, One), shared => shared ? Shared : One) ? new Items(count) : new Single(count);

        Partition Same(string text) => text == Text(own) ? own
            : throw new ImpossibleChoiceException($"there is nothing to choose: it may be '{Text(own)}', not '{text}'");

        static string Text(Partition partition) => partition is Samples ? BySamples : partition is Items ? Shared : One;
    }
}

/// <summary>What a call passes for a kernel's parameter.</summary>
public abstract record CallArgument
{
    /// <summary>A buffer's first element.</summary>
    public sealed record Memory(Buffer Buffer) : CallArgument;

    /// <summary>An integer: a polynomial in N and blocks.</summary>
    public sealed record Size(Dimension Value) : CallArgument;

    /// <summary>A number of the run: an optimizer's argument.</summary>
    public sealed record Number(int Index, string Name) : CallArgument;
}

/// <summary>Something a call reads. Where a worker only reads its own samples, no other worker must have finished before.</summary>
public readonly record struct Read(Buffer Buffer, bool OwnSamples);

/// <summary>What has a place in a function's order: a call, or a loop of calls.</summary>
public abstract record ScheduledWork(string Title, IReadOnlyList<Read> Reads, IReadOnlyList<Buffer> Writes)
{
    /// <summary>Whether the work belongs to what made its operands, so that these need not be kept for later.</summary>
    public bool Soon { get; init; }

    /// <summary>Whether the work uses up more memory than it needs for its result: it stands as early as its operands allow, wherever these stand.</summary>
    public bool Early { get; init; }
}

/// <summary>One kernel of a function with its operands. The kernel's last two parameters are the first item of the worker's share and the one after its
/// last.</summary>
public sealed record ScheduledCall(
    string Title,
    Kernel Kernel,
    IReadOnlyList<CallArgument> Arguments,
    Partition Partition,
    IReadOnlyList<Read> Reads,
    IReadOnlyList<Buffer> Writes) : ScheduledWork(Title, Reads, Writes)
{

    /// <summary>Whether the call belongs to the update of parameters, which takes place every few steps where gradients are accumulated.</summary>
    public bool OnUpdate { get; init; }
}
