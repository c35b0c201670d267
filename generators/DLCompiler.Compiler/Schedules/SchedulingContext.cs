using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What the schedules of one function at one instruction-set level share: buffers in their layouts, calls so far, and names.</summary>
public sealed class SchedulingContext(FusionPlan fusion, Target target, IReadOnlyDictionary<string, Buffer> storage, FunctionDecisions decisions,
    SideBySide sideBySide = SideBySide.Samples)
{
    // Members of the emitted class and types that its kernels name: no kernel may be called so.
    private static readonly string[] Reserved = ["Run", "ArenaBytes", "ScratchBytes", "Equals", "ToString", "GetType", "GetHashCode", "Finalize",
        "MemberwiseClone", "ReferenceEquals", "Horizontal", "Lanes",
        "LineOrder", "VectorMath", "PhiloxRandom", "Prefetch", "Unsafe", "Simd512", "Simd256", "Simd128", "V512", "V256", "V128", "D512", "D256", "D128",
            "StepFrame",
            "CompiledFunction", "MethodImpl", "MethodImplOptions"];

    private readonly Dictionary<Node, List<Buffer>> buffers = [];
    private readonly Dictionary<Node, Buffer> homes = [];
    private readonly HashSet<Node> usedUp = [];
    private readonly List<ScheduledWork> calls = [];

    private Dictionary<string, int> Names { get; init; } = storage.Values.Select(buffer => buffer.Name).Concat(Reserved)
        .Distinct().ToDictionary(name => name, _ => 1, StringComparer.Ordinal);

    private Dictionary<string, Kernel> Defined { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The sizes besides the batch that calls have: their variables' names are taken.</summary>
    public IReadOnlyList<BoundedSize> Sizes
    {
        init
        {
            foreach (BoundedSize size in value) Names[SizeSymbol.Variable(SizeSymbol.NameOf(size))] = 1;
        }
    }

    /// <summary>What is computed where.</summary>
    public FusionPlan Fusion => fusion;

    /// <summary>The level and element type.</summary>
    public Target Target => target;

    /// <summary>What was chosen, and what is to be chosen otherwise.</summary>
    public FunctionDecisions Decisions => decisions;

    /// <summary>Whether the function predicts: it may then be called with a single sample, often.</summary>
    public bool IsPrediction { get; init; }

    /// <summary>Whether 3×3 convolutions may be computed by Winograd's algorithm, which rounds differently.</summary>
    public bool AllowsWinograd { get; init; }

    /// <summary>What images and everything else that has channels are computed with side by side.</summary>
    public SideBySide SideBySide => sideBySide;

    /// <summary>The layout of values that are computed side by side.</summary>
    public Layout BlockedLayout => sideBySide == SideBySide.Channels ? Layout.Channels : Layout.Lanes;

    /// <summary>How kernels walk over values in <see cref="BlockedLayout"/>.</summary>
    public ElementMode BlockedMode => sideBySide == SideBySide.Channels ? ElementMode.Channels : ElementMode.Lanes;

    /// <summary>Samples of a block: the least that is given to a worker.</summary>
    public int BlockSamples => sideBySide.BlockSamples();

    /// <summary>What lies side by side, in words.</summary>
    public string BlockedWords => sideBySide == SideBySide.Channels ? "sixteen channels side by side" : "sixteen samples side by side";

    /// <summary>The calls, in an order that respects dependencies.</summary>
    public IReadOnlyList<ScheduledWork> Calls => calls;

    /// <summary>All kernels by name, tiles included.</summary>
    public IReadOnlyDictionary<string, Kernel> Kernels => Defined;

    /// <summary>Buffers that hold no node's value: repacked weights.</summary>
    public List<Buffer> Temporaries { get; private init; } = [];

    /// <summary>The buffer of a parameter or state, by its name.</summary>
    public Buffer StorageOf(string identifier) => storage[identifier];

    /// <summary>What a generation remembers, in the order of its memory.</summary>
    public IReadOnlyList<Node> Memories { get; init; } = [];

    /// <summary>A memory's buffer: behind those of the memories before it, each with as many rows as whole blocks of sixteen samples have.</summary>
    public Buffer MemoryOf(Memory memory)
    {
        long offset = 0;
        foreach (Memory earlier in Memories.Select(node => (Memory)node.Operator).TakeWhile(other => other.Number != memory.Number))
            offset += ElementsOfSample(earlier.Type.Shape);
        return new Buffer(Unique("memory" + memory.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)), BufferSpace.Memory, memory.Type.Element,
            memory.Type.Shape, Layout.RowMajor)
        { Slot = memory.Number, Offset = offset, BlockSamples = BlockSamples };
    }

    // At the bounds of sizes that calls give.
    private static long ElementsOfSample(Shape memory) => memory.Skip(1).Aggregate(1L, (product, size) => product * SizeSymbol.LargestOf(size));

    /// <summary>The node whose kernel is being written: it is computed, not loaded.</summary>
    public Node? Root { get; set; }

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="part">What decisions about it are of; by default what it writes.</param>
    public void Call(ScheduledCall call, string? part = null)
    {
        Define(call.Kernel);
        calls.Add(call with { Partition = Partition.Choose(decisions, part ?? call.Writes[0].Name, call.Partition) });
    }

    /// <summary>The counter of the loop whose body is scheduled; null for a function.</summary>
    public LoopCounter? Counter { get; private init; }

    /// <summary>The buffers of concatenations whose parts are computed where they stand there, with those that are.</summary>
    public Dictionary<Node, (Buffer Buffer, HashSet<Node> Parts)> Joined { get; } = [];

    /// <summary>Results of loops that are stacks of gradients, and the stacks of parameters that each step updates with its own at once.</summary>
    public IReadOnlyDictionary<Node, TrainedParameter> UpdatedInLoops { get; set; } = new Dictionary<Node, TrainedParameter>();

    /// <summary>Says that a value was used up where it was computed.</summary>
    public void NoteUsedUp(Node node) => usedUp.Add(node);

    /// <summary>Whether a value is in memory already, or in its place in a concatenation, or used up.</summary>
    public bool IsComputed(Node node) => BuffersOf(node).Count > 0 || usedUp.Contains(node) || Joined.Values.Any(joined => joined.Parts.Contains(node));

    /// <summary>Adds a loop, or calls that are shared already.</summary>
    public void Add(ScheduledWork work) => calls.Add(work);

    /// <summary>What the schedules of a loop's body share: names, kernels and decisions with the function, buffers and calls of their own.</summary>
    public SchedulingContext ForBody(FusionPlan body, LoopCounter counter) => new(body, target, storage, decisions, sideBySide)
    {
        Counter = counter, Names = Names, Defined = Defined, Temporaries = Temporaries, IsPrediction = IsPrediction, AllowsWinograd = AllowsWinograd,
    };

    /// <summary>Says where a value has to be in the end, so that what computes it may write it there.</summary>
    public void OfferHome(Node node, Buffer home) => homes[node] = home;

    /// <summary>The memory where a value has to be in the end, if it can be computed there in a layout.</summary>
    public Buffer? HomeOf(Node node, Layout layout) => homes.TryGetValue(node, out Buffer? home)
        && (layout == home.Layout || (home.Layout == Layout.RowMajor && layout == Layout.PaddedRows
            && Buffer.PaddedRow(node.Shape[1].Value) == node.Shape[1].Value)) ? home : null;

    /// <summary>The same, from now on the value's buffer.</summary>
    public Buffer? TakeHome(Node node, Layout layout)
    {
        Buffer? home = HomeOf(node, layout);
        if (home is not null) Register(node, home);
        return home;
    }

    /// <summary>Adds a kernel that others call.</summary>
    public void Define(Kernel kernel) => Defined[kernel.Name] = kernel;

    /// <summary>The builder of a kernel with a new name.</summary>
    public KernelBuilder NewKernel(string wanted) => new(Unique(Pascal(wanted)), target);

    /// <summary>A builder whose kernel is thrown away: to ask what an evaluation reads.</summary>
    public KernelBuilder Scratch() => new("", target);

    /// <summary>The element type as it is stored: the target's for all numbers that are computed, integers for ids that the user gives.</summary>
    public ElementType StorageElement(Buffer buffer) =>
        buffer.Element is ElementType.Int32 or ElementType.Bool && buffer.Space is BufferSpace.Input or BufferSpace.Output ? buffer.Element : target.Element;

    /// <summary>Whether the caller's memory holds other elements than those that are computed with: they are read and written one by one.</summary>
    public bool IsForeign(Buffer buffer) => StorageElement(buffer) != target.Element;

    /// <summary>The integer at a position of a buffer of labels or ids.</summary>
    public Value LoadIndex(Buffer buffer, Value reference, Value offset) => StorageElement(buffer) == ElementType.Int32
        ? new Value.LoadIndex(reference, offset)
        : new Value.ToIndex(new Value.Load(reference, offset, ValueKind.Real));

    /// <summary>Makes the buffer that a node's value is stored in.</summary>
    /// <param name="node">The value.</param>
    /// <param name="layout">The order of its elements.</param>
    /// <param name="name">A name for emitted code; by default that of the layer the value belongs to.</param>
    public Buffer Allocate(Node node, Layout layout, string? name = null)
    {
        Buffer buffer = NewBuffer(Unique(name ?? NameOf(node)), node.Type.Element, node.Shape, layout, layout == Layout.Lanes && IsSummedOverSamples(node));
        Register(node, buffer);
        return buffer;
    }

    /// <summary>Makes a buffer of the arena.</summary>
    public Buffer NewBuffer(string name, ElementType element, Shape shape, Layout layout, bool zeroTail = false) =>
        new(name, BufferSpace.Arena, element, shape, layout) { ZeroTail = zeroTail, BlockSamples = BlockSamples };

    /// <summary>Makes a buffer that each worker has one of, for the length of a call.</summary>
    public Buffer NewWorkerBuffer(string name, ElementType element, long elements) =>
        new(Unique(name), BufferSpace.Worker, element, new Shape(elements), Layout.RowMajor);

    // A weight gradient sums over all lanes, so those beyond the batch must be zero.
    private bool IsSummedOverSamples(Node node) => fusion.UsersOf(node)
        .Any(user => user.Operator is ConvolveWeightGradient || (user.Operator is Reshape or Recompute && IsSummedOverSamples(user)));

    /// <summary>Says that a buffer holds a node's value.</summary>
    public void Register(Node node, Buffer buffer)
    {
        if (!buffers.TryGetValue(node, out List<Buffer>? list)) buffers[node] = list = [];
        list.Add(buffer);
    }

    /// <summary>The buffers that hold a node's value, the first computed first.</summary>
    public IReadOnlyList<Buffer> BuffersOf(Node node) => buffers.TryGetValue(node, out List<Buffer>? list) ? list : [];

    /// <summary>The layout that a node's value has: the first one, where there are several.</summary>
    public Layout LayoutOf(Node node) => buffers[node][0].Layout;

    /// <summary>The buffer to read a node's value from; null if the value is computed where it is used. Converts the layout if needed.</summary>
    public Buffer? Stored(Node node, ElementMode mode)
    {
        if (node == Root) return null;
        if (!buffers.ContainsKey(node))
            return fusion.IsInlined(node) || fusion.EpilogueOf(node) is not null ? null
                : throw new InvalidOperationException($"{node} has not been scheduled.");
        return mode switch
        {
            ElementMode.Flat => buffers[node][0],
            ElementMode.Lanes or ElementMode.Channels when buffers[node][0].IsBatch =>
                node.Shape.Rank > 1 ? InLayout(node, BlockedLayout) : InOwnRows(node),
            _ => ReadsBeyond && node.Shape.Rank > 0 ? InOwnRows(node) : InRows(node),
        };
    }

    /// <summary>Whether the kernel that is being written reads whole vectors beyond the ends of rows: what the caller gave is then copied to memory of ours
    /// first.</summary>
    public bool ReadsBeyond { get; set; }

    /// <summary>Whether a value is computed side by side: where something that it is computed from lies so, and no lane needs another.</summary>
    public bool IsBlocked(Node node) => node.Shape.Rank > 1 && PrefersBlocks(node) && CanBeBlocked(node);

    /// <summary>Whether a value can be computed side by side: no lane needs another's elements.</summary>
    /// <param name="node">The value.</param>
    /// <param name="anchor">The convolution whose epilogue the value is, if any.</param>
    public bool CanBeBlocked(Node node, Node? anchor = null) =>
        sideBySide == SideBySide.Channels ? ChannelAnalysis.IsPossible(this, node, anchor) : LaneAnalysis.IsPossible(this, node, anchor);

    // Whether something that the value is computed from lies side by side.
    private bool PrefersBlocks(Node node)
    {
        if (node.Shape.Rank < 2 && buffers.ContainsKey(node)) return false;
        if (buffers.TryGetValue(node, out List<Buffer>? stored)) return stored[0].Layout == BlockedLayout;
        return node.Inputs.Any(PrefersBlocks);
    }

    /// <summary>Whether all that a value is computed from lies in weight panels of its own shape: then it does, too.</summary>
    public bool IsFlat(Node node)
    {
        bool panels = false;
        return Visit(node) && panels;

        bool Visit(Node current)
        {
            if (buffers.TryGetValue(current, out List<Buffer>? stored))
            {
                panels |= stored[0].Layout == Layout.Panels;
                return current.Shape.Rank == 0 || (stored[0].Layout == Layout.Panels && current.Shape == node.Shape);
            }

            return current.Operator is Map or Constant or Broadcast && current.Inputs.All(Visit);
        }
    }

    /// <summary>The node's value in one of the row-major layouts.</summary>
    public Buffer InRows(Node node) =>
        buffers[node].FirstOrDefault(buffer => buffer.Layout is Layout.RowMajor or Layout.PaddedRows) ?? LayoutConversion.Convert(this, node, RowLayout(node));

    /// <summary>The node's value in one of the row-major layouts, in memory of ours: a vector may be read at any element.</summary>
    public Buffer InOwnRows(Node node)
    {
        Buffer rows = InRows(node);
        return rows.ReadableBeyond ? rows
            : buffers[node].FirstOrDefault(buffer => buffer.Layout is Layout.RowMajor or Layout.PaddedRows
                && buffer.ReadableBeyond) ?? LayoutConversion.Copy(this, node, rows);
    }

    /// <summary>The node's value in a given layout.</summary>
    public Buffer InLayout(Node node, Layout layout) => buffers[node].FirstOrDefault(buffer => buffer.Layout == layout) ?? LayoutConversion.Convert(this,
        node, layout);

    /// <summary>The row-major layout that a node's value has when it is stored anew: matrices of samples get padded rows.</summary>
    public static Layout RowLayout(Node node) => Buffer.IsRowsShape(node.Shape) ? Layout.PaddedRows : Layout.RowMajor;

    /// <summary>A short name for a node's value, from the layer it belongs to.</summary>
    public string NameOf(Node node)
    {
        if (node.Operator is Input input) return Identifier(input.Identifier);
        if (node.Operator is Parameter parameter) return Identifier(parameter.Identifier);
        if (node.Operator is State state) return Identifier(state.Identifier);
        return Identifier(node.Label is { Length: > 0 } label ? label : node.Operator.Name);
    }

    /// <summary>A name that nothing in the function has yet.</summary>
    public string Unique(string wanted)
    {
        Names.TryGetValue(wanted, out int count);
        Names[wanted] = count + 1;
        return count == 0 ? wanted : Unique(wanted + "_" + (count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Pascal(string name) => string.Concat(Identifier(name).Split('_').Where(part => part.Length > 0)
        .Select((part, index) => index > 0 && char.IsDigit(part[0]) ? "_" + part : char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>A name as an identifier in lower camel case.</summary>
    // Letters, digits and underscores of ASCII: emitted names never clash with keywords (they start in lower case and get a suffix) or with unusual
    // identifiers.
    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name) text.Append(letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? letter : '_');
        if (text.Length == 0 || char.IsDigit(text[0])) text.Insert(0, "layer");
        text[0] = char.ToLowerInvariant(text[0]);
        string result = text.ToString();
        return Keywords.Contains(result) ? result + "_" : result;
    }

    private static readonly HashSet<string> Keywords =
        [.. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern "
        + "false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte "
        + "sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while n blocks chunk end first last frame worker seed iteration "
        + "nint nuint unsafe var").Split(' ')];
}
