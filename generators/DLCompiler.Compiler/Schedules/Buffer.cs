using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>How a tensor's elements lie in memory.</summary>
public enum Layout
{
    /// <summary>Row-major, nothing between the rows.</summary>
    RowMajor,

    /// <summary>A matrix whose rows are padded to a multiple of 16 elements; the padding is zero.</summary>
    PaddedRows,

    /// <summary>[⌈N/16⌉][…][16]: sixteen samples side by side. The lanes beyond the batch hold anything, unless <see cref="Buffer.ZeroTail"/> says
    /// zero.</summary>
    Lanes,

    /// <summary>[N][⌈C/16⌉][…][16]: sixteen channels side by side, channels on axis 1. The lanes beyond the last channel hold anything.</summary>
    Channels,

    /// <summary>A matrix [rows, columns] as [⌈rows/P⌉][columns][P], P = 32, or 16 for at most 16 rows; the padding is zero.</summary>
    Panels,
}

/// <summary>Where a buffer lives.</summary>
public enum BufferSpace
{
    Arena,
    Parameter,
    State,

    /// <summary>What is computed from parameters and states alone, once for many calls.</summary>
    Prepared,

    /// <summary>What a worker needs for the length of a call.</summary>
    Worker,
    OptimizerState,

    /// <summary>What a generation remembers of its sequences between calls.</summary>
    Memory,
    Input,
    Output,
}

/// <summary>Memory that holds one tensor in one layout.</summary>
public sealed class Buffer(string name, BufferSpace space, ElementType element, Shape shape, Layout layout)
{
    /// <summary>The name of the batch size in shapes.</summary>
    public const string BatchSymbol = "N";

    /// <summary>The name of ⌈N/16⌉ in storage sizes.</summary>
    public const string BlocksSymbol = "blocks";

    // Every access asks for them. Levels that share a parameter's buffer may compute them twice, which changes nothing.
    private IReadOnlyList<Dimension>? strides, laneStrides, channelStrides;
    private readonly long? elementStride;

    /// <summary>A name for emitted code, unique within the function.</summary>
    public string Name => name;

    /// <summary>Where it lives. A value turns out to depend on parameters alone when all calls are known.</summary>
    public BufferSpace Space { get; set; } = space;

    /// <summary>The elements' type.</summary>
    public ElementType Element => element;

    /// <summary>The tensor's shape.</summary>
    public Shape Shape => shape;

    /// <summary>The order of its elements.</summary>
    public Layout Layout => layout;

    /// <summary>Which input, output or optimizer state.</summary>
    public int Slot { get; init; }

    /// <summary>The first element's position in the parameter, state or optimizer-state block.</summary>
    public long Offset { get; init; }

    /// <summary>The buffer whose memory this one reads in another shape; null for a buffer with memory of its own.</summary>
    public Buffer? ViewOf { get; init; }

    /// <summary>For a view of the first elements along some axes: the shape of what it is a view of, which says how far its elements are apart.</summary>
    public Shape? Whole { get; init; }

    /// <summary>For a stack whose elements on axis 0 are further apart than their shape says: how far. Those of a stack of matrices in
    /// <see cref="Layout.Panels"/> always are as far apart as a matrix in panels is long.</summary>
    public long? ElementStride
    {
        get => elementStride ?? (layout == Layout.Panels && shape.Rank == 3 ? PanelStorage(shape[1].Value, shape[2].Value) : null);
        init => elementStride = value;
    }

    /// <summary>Where a view begins: the sum of all. None where it begins with its owner's memory.</summary>
    public IReadOnlyList<BufferPlace> Places { get; init; } = [];

    /// <summary>The buffer that owns the memory.</summary>
    public Buffer Owner => ViewOf ?? this;

    /// <summary>The same memory, or a part of it, as another tensor.</summary>
    /// <param name="name">The view's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="place">Where in this buffer it begins; null for its first element.</param>
    public Buffer View(string name, Shape shape, Layout layout, BufferPlace? place = null) => new(name, Space, Element, shape, layout)
    {
        Slot = Slot, Offset = Offset, ViewOf = Owner, Places = place is null ? Places : [.. Places, place], ZeroTail = ZeroTail, BlockSamples = BlockSamples,
    };

    /// <summary>An element of this stack: the one with a loop's number.</summary>
    /// <param name="name">The view's name.</param>
    /// <param name="counter">The loop.</param>
    public Buffer AtStep(string name, LoopCounter counter) => View(name, new Shape(shape.Dimensions.RemoveAt(0)),
        layout == Layout.Panels ? layout : Layout.RowMajor, new BufferPlace(counter, Dimension.Zero, Strides[0]));

    /// <summary>For <see cref="Layout.Lanes"/>: the lanes beyond the batch must be zero (a sum over samples reads them).</summary>
    public bool ZeroTail { get; set; }

    /// <summary>Samples that storage is a multiple of: those of a block that one worker has.</summary>
    public int BlockSamples { get; init; } = Target.BlockSamples;

    /// <summary>Whether axis 0 counts samples (or rows of samples) and all other sizes are known: what workers share by samples.</summary>
    public bool IsBatch { get; } = IsBatchShape(shape);

    /// <summary>Whether a whole vector may be read at any element: memory of ours, padded at its end.</summary>
    public bool ReadableBeyond => Space is not (BufferSpace.Input or BufferSpace.Output);

    /// <summary>Whether a whole vector may be written at any element, too: what follows is padding, not another element of a stack.</summary>
    public bool WritableBeyond => ReadableBeyond && Places.All(place => place.Stride.IsConstant && place.Stride.Value % 16 == 0);

    /// <summary>Elements of one row in <see cref="Layout.PaddedRows"/>.</summary>
    public static long PaddedRow(long columns) => (columns + 15) / 16 * 16;

    /// <summary>The panel width for a number of rows.</summary>
    public static int PanelWidth(long rows) => rows <= 16 ? 16 : 32;

    /// <summary>Whether axis 0 counts samples, or a fixed number of rows a sample, and all other sizes are known.</summary>
    public static bool IsBatchShape(Shape shape) =>
        shape.Rank > 0 && shape[0].TryDivide(Dimension.Symbol(BatchSymbol), out Dimension rows) && rows.IsConstant && shape.Skip(1)
            .All(size => size.IsConstant);

    /// <summary>Whether a shape is a matrix whose number of rows is known at run time only: samples, or steps of sequences.</summary>
    public static bool IsRowsShape(Shape shape) => shape.Rank == 2 && !shape[0].IsConstant && shape[1].IsConstant;

    /// <summary>Elements from one row, a run along the last axis, to the next, for the row-major layouts.</summary>
    public long RowStride => layout == Layout.PaddedRows ? PaddedRow(shape[shape.Rank - 1].Value) : shape[shape.Rank - 1].Value;

    /// <summary>Elements between neighbours on each axis, for the row-major layouts.</summary>
    public IReadOnlyList<Dimension> Strides => strides ??= RowMajorStrides();

    /// <summary>Elements between neighbours on each axis for <see cref="Layout.Lanes"/>; on axis 0, between blocks of sixteen samples.</summary>
    public IReadOnlyList<Dimension> LaneStrides => laneStrides ??=
        [.. Strides.Select((stride, axis) => (axis == 0 ? ElementsPerSample : stride) * Target.BlockSamples)];

    /// <summary>Elements between neighbours on each axis for <see cref="Layout.Channels"/>; on axis 1, between blocks of sixteen channels.</summary>
    public IReadOnlyList<Dimension> ChannelStrides => channelStrides ??=
        [.. Enumerable.Range(0, shape.Rank).Select(axis => axis == 0 ? ElementsPerSample
            : Target.BlockSamples * shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size.Value))];

    /// <summary>Blocks of sixteen channels.</summary>
    public long ChannelBlocks => ChannelBlocksOf(shape);

    /// <summary>Blocks of sixteen channels of a shape with channels on axis 1.</summary>
    public static long ChannelBlocksOf(Shape shape) => (shape[1].Value + Target.BlockSamples - 1) / Target.BlockSamples;

    /// <summary>Elements of one sample: what axis 0 advances by.</summary>
    public long ElementsPerSample => shape.Rank == 0 ? 1
        : layout == Layout.PaddedRows ? RowsPerSample * PaddedRow(shape[1].Value)
        : layout == Layout.Channels ? ChannelBlocks * Target.BlockSamples * shape.Skip(2).Aggregate(1L, (product, size) => product * size.Value)
        : RowsPerSample * shape.Skip(1).Aggregate(1L, (product, size) => product * size.Value);

    /// <summary>Rows of axis 0 that one sample has: 1, or more where axes were merged into it.</summary>
    public long RowsPerSample => IsBatch && shape[0].TryDivide(Dimension.Symbol(BatchSymbol), out Dimension rows) ? rows.Value : 1;

    /// <summary>Elements of memory: a constant, or a multiple of a power of the number of blocks of sixteen samples.</summary>
    public Dimension StorageLength
    {
        get
        {
            if (IsBatch) return Dimension.Symbol(BlocksSymbol) * (BlockSamples * ElementsPerSample);
            if (!shape.IsConstant) return (layout == Layout.PaddedRows ? shape[0] * RowStride : shape.ElementCount).Terms.Aggregate(Dimension.Zero,
                (sum, term) => sum + Storage(term));
            if (ElementStride is { } apart) return shape[0] * apart;
            return layout switch
            {
                Layout.PaddedRows => shape[0] * PaddedRow(shape[1].Value),
                Layout.Panels => PanelStorage(shape[0].Value, shape[1].Value),
                _ => PaddedRow(shape.ElementCount.Value),
            };
        }
    }

    /// <summary>Runs of sixteen elements that cover so many elements, or a few more where their number is symbolic, for blocks of so many samples.</summary>
    public static Dimension Chunks(Dimension elements, int blockSamples) =>
        elements.Terms.Aggregate(Dimension.Zero, (sum, term) => sum + Chunks(term, blockSamples));

    private static Dimension Chunks(Dimension.Term term, int blockSamples)
    {
        Dimension count = Blocks(term.Monomial, Dimension.Symbol, blockSamples);
        return (count * term.Coefficient).TryDivide(16, out Dimension chunks) ? chunks : count * ((term.Coefficient + 15) / 16);
    }

    // Storage is planned for the largest values of bounded sizes, in whole runs of sixteen elements.
    private Dimension Storage(Dimension.Term term) =>
        Blocks(term.Monomial, symbol => SizeSymbol.BoundOf(symbol), BlockSamples) * (term.Monomial.Split('*').Contains(BatchSymbol) ? term.Coefficient
            : PaddedRow(term.Coefficient));

    // Each N of a product is at most the samples of all blocks.
    private static Dimension Blocks(string monomial, Func<string, Dimension> bounded, int blockSamples) => monomial.Length == 0 ? Dimension.One
        : monomial.Split('*').Aggregate(Dimension.One, (product, symbol) =>
            product * (symbol == BatchSymbol ? blockSamples * Dimension.Symbol(BlocksSymbol)
            : SizeSymbol.IsBounded(symbol) ? bounded(symbol)
            : throw new InvalidOperationException($"{symbol} is no size that kernels know.")));

    /// <summary>Elements of a matrix in panels.</summary>
    public static long PanelStorage(long rows, long columns) => (rows + PanelWidth(rows) - 1) / PanelWidth(rows) * PanelWidth(rows) * columns;

    /// <inheritdoc/>
    public override string ToString() => $"{name}: {(element == ElementType.Float32 ? "" : element + " ")}{shape} {layout}";

    private Dimension[] RowMajorStrides()
    {
        var result = new Dimension[shape.Rank];
        Dimension stride = Dimension.One;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            result[axis] = stride;
            stride *= layout == Layout.PaddedRows && axis == 1 ? PaddedRow(shape[1].Value) : (Whole ?? shape)[axis];
        }

        if (ElementStride is { } apart) result[0] = apart;
        return result;
    }
}
