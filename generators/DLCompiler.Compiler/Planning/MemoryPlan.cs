using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Where everything lies that a function needs only while it runs. Values that one phase makes and uses sample by sample live in the workers' scratch memory;
/// the rest lives in
/// the arena: buffers of constant size first, then those of samples, at multiples of the number of blocks, then those of pairs of samples, at multiples of
/// its square, so that
/// one plan serves every batch size. Two buffers share memory if a barrier (in scratch memory: the order of calls) separates their lives.
/// </summary>
public sealed class MemoryPlan
{
    private const long Alignment = 64;

    private readonly Dictionary<Buffer, long> offsets = [];
    private readonly List<Dimension> starts = [];
    private readonly long workerBytes;

    /// <summary>Places all buffers that the calls use.</summary>
    public MemoryPlan(IReadOnlyList<ProgramPart> program, Target target, FunctionDecisions decisions, SideBySide sideBySide)
    {
        IReadOnlyList<Phase> phases = [.. ProgramPart.Phases(program)];
        Dictionary<Buffer, int> homes = Homes(phases);
        Tilings = [.. phases.Select((phase, index) =>
            new BatchTiling(phase, buffer => homes[buffer] == index, target, decisions, sideBySide, "phase" + ChoiceText.Integer(index)))];
        foreach (ScheduledCall call in phases.SelectMany(phase => phase.Calls))
            workerBytes = Math.Max(workerBytes, PlaceInScratch(call, target));
        var lives = new Dictionary<Buffer, (int First, int Last)>();
        for (int phase = 0; phase < phases.Count; phase++)
            foreach (Buffer buffer in phases[phase].Calls.SelectMany(BatchTiling.Used)
                .Where(buffer => buffer.Space == BufferSpace.Arena && !Tilings[phase].Holds(buffer)))
                lives[buffer] = lives.TryGetValue(buffer, out (int First, int Last) life) ? (life.First, phase) : (phase, phase);
        KeepForLoops(program, 0, lives);
        LiveBytes = [.. phases.Select((_, phase) => lives.Where(life => life.Value.First <= phase && phase <= life.Value.Last)
            .Aggregate(Dimension.Zero, (sum, life) => sum + (Blocks(Power(life.Key)) * Size(life.Key, target))))];
        int highest = lives.Keys.Select(Power).DefaultIfEmpty(0).Max();
        for (int power = 0; power <= highest; power++)
        {
            starts.Add(Bytes);
            Bytes += Blocks(power) * Placement.Place(lives.Where(life => Power(life.Key) == power).ToDictionary(life => life.Key, life => life.Value),
                buffer => Size(buffer, target), offsets);
        }
    }

    /// <summary>How each phase goes through its samples.</summary>
    public IReadOnlyList<BatchTiling> Tilings { get; }

    /// <summary>Bytes of the arena's buffers: a polynomial in the number of blocks.</summary>
    public Dimension Bytes { get; } = Dimension.Zero;

    /// <summary>
    /// Bytes of the buffers that are in use in each phase, from a buffer's first use to its last: no plan of these phases can do with less than the largest.
    /// </summary>
    public IReadOnlyList<Dimension> LiveBytes { get; }

    /// <summary>Bytes of scratch memory that each worker needs.</summary>
    public long ScratchBytes => Tilings.Select(tiling => tiling.BytesPerBlock * tiling.Blocks).Append(workerBytes).Max();

    /// <summary>The first byte, in each worker's scratch memory, of a buffer that is used for the length of a call.</summary>
    public long ScratchOffsetOf(Buffer buffer) => offsets[buffer.Owner];

    /// <summary>Bytes behind the last buffer: kernels may read (never use) up to a vector beyond a buffer's end.</summary>
    public static long EndBytes => 128;

    /// <summary>The phase in which the most bytes are in use, for so many blocks of samples.</summary>
    public int LargestPhase(long blocks)
    {
        int largest = 0;
        for (int phase = 1; phase < LiveBytes.Count; phase++)
            if (Live(phase) > Live(largest)) largest = phase;
        return largest;

        long Live(int phase) => LiveBytes[phase].Evaluate(_ => blocks);
    }

    /// <summary>A buffer's first byte in the arena: a polynomial in the number of blocks.</summary>
    public Dimension OffsetOf(Buffer buffer)
    {
        int power = Power(buffer.Owner);
        return starts[power] + (Blocks(power) * offsets[buffer.Owner]);
    }

    // What is used around a loop and in it lives as long as the loop: its next step needs it too. Returns the number of the phase after the parts.
    private static int KeepForLoops(IReadOnlyList<ProgramPart> parts, int first, Dictionary<Buffer, (int First, int Last)> lives)
    {
        foreach (ProgramPart part in parts)
        {
            if (part is not PhaseLoop loop)
            {
                first++;
                continue;
            }

            int end = KeepForLoops(loop.Parts, first, lives);
            foreach (KeyValuePair<Buffer, (int First, int Last)> life in lives.ToList())
            {
                bool isInside = life.Value.First >= first && life.Value.Last < end, meets = life.Value.First < end && life.Value.Last >= first;
                if (meets && !isInside) lives[life.Key] = (Math.Min(life.Value.First, first), Math.Max(life.Value.Last, end - 1));
            }

            first = end;
        }

        return first;
    }

    // Calls of a worker follow each other, so that they share the memory.
    private long PlaceInScratch(ScheduledCall call, Target target)
    {
        long bytes = 0;
        foreach (Buffer buffer in call.Arguments.OfType<CallArgument.Memory>().Select(memory => memory.Buffer)
            .Where(buffer => buffer.Space == BufferSpace.Worker))
        {
            offsets[buffer] = bytes;
            bytes += Size(buffer, target);
        }

        return bytes;
    }

    // Which power of the number of blocks a buffer's size is a multiple of.
    private static int Power(Buffer buffer)
    {
        Dimension length = buffer.StorageLength;
        if (length.Terms.Length != 1) throw new InvalidOperationException($"{buffer}: its size {length} has several terms.");
        string monomial = length.Terms[0].Monomial;
        return monomial.Length == 0 ? 0 : monomial.Split('*').Length;
    }

    private static Dimension Blocks(int power)
    {
        Dimension product = Dimension.One;
        for (int i = 0; i < power; i++) product *= Dimension.Symbol(Buffer.BlocksSymbol);
        return product;
    }

    /// <summary>A buffer's bytes: all of them, or those of one block of samples.</summary>
    public static long Size(Buffer buffer, Target target)
    {
        long elements = buffer.StorageLength.Terms[0].Coefficient;
        return ((elements * target.ElementBytes) + Alignment - 1) / Alignment * Alignment;
    }

    // The phase whose samples alone use a buffer; −1 for a buffer that anything else uses too.
    private static Dictionary<Buffer, int> Homes(IReadOnlyList<Phase> phases)
    {
        var homes = new Dictionary<Buffer, int>();
        for (int index = 0; index < phases.Count; index++)
        {
            foreach (Buffer buffer in phases[index].Samples.SelectMany(BatchTiling.Used))
                homes[buffer] = homes.TryGetValue(buffer, out int home) && home != index ? -1 : index;
            foreach (Buffer buffer in phases[index].Others.SelectMany(BatchTiling.Used)) homes[buffer] = -1;
        }

        return homes;
    }
}
