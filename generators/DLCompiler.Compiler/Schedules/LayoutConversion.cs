using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Copies of a value in another layout, made where a consumer needs one.</summary>
public static class LayoutConversion
{
    /// <summary>Emits the conversion and registers the new buffer.</summary>
    public static Buffer Convert(SchedulingContext context, Node node, Layout layout)
    {
        Buffer source = context.BuffersOf(node)[0];
        if (context.IsForeign(source)) source = context.InOwnRows(node);
        Buffer destination = context.NewBuffer(context.Unique(source.Name + Suffix(layout)), node.Type.Element, node.Shape, layout);
        context.Register(node, destination);
        Node? root = context.Root;
        KernelBuilder kernel = context.NewKernel(destination.Name);
        var emitter = new ElementEmitter(context, kernel, node.Shape.Rank, ElementMode.Rows, -1);
        Value.Variable from = emitter.Reference(source), to = emitter.Reference(destination, read: false);
        string title = $"{source.Name} {node.Shape}: {source.Layout} → {layout}";
        kernel.Describe(title);
        Partition partition;
        switch (source.Layout, layout)
        {
            case (Layout.RowMajor or Layout.PaddedRows, Layout.Lanes) when LaneAnalysis.IsPossible(context, node):
                partition = new Partition.Samples();
                ToLanes(emitter, source, destination, from, to);
                break;
            case (Layout.RowMajor or Layout.PaddedRows, Layout.Channels) when ChannelAnalysis.IsPossible(context, node):
                partition = new Partition.Samples();
                ToChannels(emitter, source, destination, from, to);
                break;
            case (Layout.Channels, Layout.RowMajor or Layout.PaddedRows):
                partition = new Partition.Samples();
                FromChannels(emitter, source, destination, from, to);
                break;
            case (Layout.Lanes, Layout.RowMajor or Layout.PaddedRows):
                partition = new Partition.Samples();
                FromLanes(emitter, source, destination, from, to);
                break;
            case (Layout.RowMajor, Layout.PaddedRows) or (Layout.PaddedRows, Layout.RowMajor):
                partition = CopyRows(emitter, source, destination, from, to, context);
                break;
            case (Layout.Panels, Layout.RowMajor):
                partition = new Partition.Items(node.Shape[0]);
                FromPanels(emitter, source, from, to);
                break;
            case (Layout.RowMajor, Layout.Panels):
                partition = new Partition.Items(node.Shape[1]);
                ToPanels(emitter, source, from, to);
                break;
            default:
                throw new NotSchedulableException(node, $"can't be used with samples side by side: its first size must be the batch, and all others constant");
        }

        context.Root = root;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, emitter.Reads, [destination]));
        return destination;
    }

    /// <summary>Copies what the caller gave to memory of ours, and registers the copy: there a vector may be read at any element.</summary>
    public static Buffer Copy(SchedulingContext context, Node node, Buffer source)
    {
        Buffer destination = context.NewBuffer(context.Unique(source.Name + "_copy"), node.Type.Element, node.Shape, SchedulingContext.RowLayout(node));
        context.Register(node, destination);
        EmitCopy(context, node, source, destination);
        return destination;
    }

    /// <summary>Copies into another buffer of the same value: a function's output.</summary>
    public static void CopyToOutput(SchedulingContext context, Node node, Buffer destination)
    {
        Buffer source = context.BuffersOf(node)[0];
        EmitCopy(context, node, source.Layout == Layout.Panels || context.IsForeign(destination) ? context.InRows(node) : source, destination);
    }

    private static void EmitCopy(SchedulingContext context, Node node, Buffer source, Buffer destination)
    {
        KernelBuilder kernel = context.NewKernel(destination.Name);
        var emitter = new ElementEmitter(context, kernel, node.Shape.Rank, ElementMode.Rows, -1);
        Value.Variable from = emitter.Reference(source), to = emitter.Reference(destination, read: false);
        string title = $"{source.Name} → {destination.Name} {node.Shape}";
        kernel.Describe(title);
        bool rows = Buffer.IsRowsShape(node.Shape);
        Partition partition = destination.IsBatch ? new Partition.Samples() : rows ? new Partition.Items(node.Shape[0]) : node.Shape.IsConstant
            ? new Partition.Single(1)
            : new Partition.Items(Buffer.Chunks(node.Shape.ElementCount, context.BlockSamples));
        if (source.Layout == Layout.Lanes && source.IsBatch && node.Shape.Rank > 1)
        {
            FromLanes(emitter, source, destination, from, to);
        }
        else if (source.Layout == Layout.Channels)
        {
            FromChannels(emitter, source, destination, from, to);
        }
        else if (destination.IsBatch || rows)
        {
            CopyRows(emitter, source, destination, from, to, context);
        }
        else
        {
            var range = new SampleRange(emitter);
            Value end = node.Shape.IsConstant ? node.Shape.ElementCount.Value
                : kernel.Let("end", Value.Smaller(range.Last * 16, emitter.Size(node.Shape.ElementCount)));
            kernel.For("i", range.First * 16, end, 1, i => kernel.Store(to, i, Element(context, source, destination, new Value.Load(from, i, ValueKind.Real))));
        }

        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, emitter.Reads, [destination]));
    }

    private static void ToLanes(ElementEmitter emitter, Buffer source, Buffer destination, Value from, Value to)
    {
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        var range = new SampleRange(emitter);
        long features = destination.ElementsPerSample, stride = source.ElementsPerSample;
        emitter.Kernel.For("block", range.First, range.Last, 1, block => emitter.Kernel.Add(new KernelStatement.Primitive("Lanes.TransposeToLanes",
        [
            new Value.Shifted(from, block * (stride * Target.BlockSamples)), stride,
            new Value.Shifted(to, block * (features * Target.BlockSamples)), features,
            new Value.ToInt32(Value.Smaller(Target.BlockSamples, batch - (block * Target.BlockSamples))),
        ])));
    }

    private static void FromLanes(ElementEmitter emitter, Buffer source, Buffer destination, Value from, Value to)
    {
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        var range = new SampleRange(emitter);
        long features = source.ElementsPerSample, stride = destination.ElementsPerSample;
        emitter.Kernel.For("block", range.First, range.Last, 1, block => emitter.Kernel.Add(new KernelStatement.Primitive("Lanes.TransposeFromLanes",
        [
            new Value.Shifted(from, block * (features * Target.BlockSamples)),
            new Value.Shifted(to, block * (stride * Target.BlockSamples)), stride, features,
            new Value.ToInt32(Value.Smaller(Target.BlockSamples, batch - (block * Target.BlockSamples))),
        ])));
    }

    // Sixteen channels side by side are sixteen rows of pixels, transposed.
    private static void ToChannels(ElementEmitter emitter, Buffer source, Buffer destination, Value from, Value to)
    {
        var range = new SampleRange(emitter);
        long channels = destination.Shape[1].Value, blocks = destination.ChannelBlocks;
        long pixels = destination.ElementsPerSample / (blocks * Target.BlockSamples);
        emitter.Kernel.For("sample", range.First, range.Last, 1, sample => Blocks(emitter.Kernel, channels, (block, count) =>
            emitter.Kernel.Add(new KernelStatement.Primitive("Lanes.TransposeToLanes",
            [
                new Value.Shifted(from, (sample * source.ElementsPerSample) + (block * (pixels * Target.BlockSamples))), pixels,
                new Value.Shifted(to, (sample * destination.ElementsPerSample) + (block * (pixels * Target.BlockSamples))), pixels,
                new Value.ToInt32(count),
            ]))));
    }

    private static void FromChannels(ElementEmitter emitter, Buffer source, Buffer destination, Value from, Value to)
    {
        var range = new SampleRange(emitter);
        long channels = source.Shape[1].Value, blocks = source.ChannelBlocks;
        long pixels = source.ElementsPerSample / (blocks * Target.BlockSamples);
        emitter.Kernel.For("sample", range.First, range.Last, 1, sample =>
        {
            Blocks(emitter.Kernel, channels, (block, count) =>
                emitter.Kernel.Add(new KernelStatement.Primitive("Lanes.TransposeFromLanes",
                [
                    new Value.Shifted(from, (sample * source.ElementsPerSample) + (block * (pixels * Target.BlockSamples))),
                    new Value.Shifted(to, (sample * destination.ElementsPerSample) + (block * (pixels * Target.BlockSamples))), pixels, pixels,
                    new Value.ToInt32(count),
                ])));
            long padded = destination.ElementsPerSample;
            if (destination.Layout == Layout.PaddedRows && padded > channels)
                emitter.Kernel.For("pad", channels, padded, 1, pad => emitter.Kernel.Store(to, (sample * padded) + pad, new Value.Literal(0, ValueKind.Real)));
        });
    }

    private static void Blocks(KernelBuilder kernel, long channels, Action<Value, Value> body)
    {
        long whole = channels / Target.BlockSamples, rest = channels % Target.BlockSamples;
        kernel.For("block", 0, whole, 1, block => body(block, Target.BlockSamples));
        if (rest > 0) body(whole, rest);
    }

    private static string Suffix(Layout layout) => layout switch
    {
        Layout.Lanes => "_lanes",
        Layout.Channels => "_channels",
        Layout.Panels => "_panels",
        _ => "_rows",
    };

    // One row is one run of elements; short tails are copied element by element, and padding is written as zeros.
    private static Partition CopyRows(ElementEmitter emitter, Buffer source, Buffer destination, Value from, Value to, SchedulingContext context)
    {
        KernelBuilder kernel = emitter.Kernel;
        var range = new SampleRange(emitter);
        bool matrix = source.Shape.Rank == 2;
        long columns = matrix ? source.Shape[1].Value : source.ElementsPerSample;
        long fromStride = matrix ? source.RowStride : source.ElementsPerSample, toStride = matrix ? destination.RowStride : destination.ElementsPerSample;
        int lanes = context.IsForeign(source) || context.IsForeign(destination) ? 1 : kernel.Target.Lanes;
        (Value first, Value last, Partition partition) = range.Rows(source, matrix ? source.Shape[0] : Dimension.Symbol(Buffer.BatchSymbol));
        kernel.For("row", first, last, 1, row =>
        {
            long whole = columns / lanes * lanes;
            if (whole > 0 && lanes > 1)
                kernel.For("i", 0, whole, lanes, i => kernel.Store(to, (row * toStride) + i, new Value.Load(from, (row * fromStride) + i, ValueKind.Vector)));
            long rest = lanes > 1 ? whole : 0;
            kernel.For("j", rest, columns, 1, j => kernel.Store(
                to, (row * toStride) + j, Element(context, source, destination, new Value.Load(from, (row * fromStride) + j, ValueKind.Real))));
            if (toStride > columns) kernel.For("pad", columns, toStride, 1, pad =>
                kernel.Store(to, (row * toStride) + pad, new Value.Literal(0, ValueKind.Real)));
        });
        return partition;
    }

    // Of another type in the caller's memory.
    private static Value Element(SchedulingContext context, Buffer source, Buffer destination, Value value) =>
        context.StorageElement(source) == context.StorageElement(destination) ? value : new Value.Cast(context.StorageElement(destination), value);

    private static void ToPanels(ElementEmitter emitter, Buffer source, Value from, Value to)
    {
        KernelBuilder kernel = emitter.Kernel;
        var range = new SampleRange(emitter);
        long rows = source.Shape[0].Value, columns = source.Shape[1].Value;
        int width = Buffer.PanelWidth(rows);
        Value At(Value row, Value column) => (row / width * (columns * width)) + (column * width) + (row % width);
        kernel.For("column", range.First, range.Last, 1, column =>
        {
            kernel.For("row", 0, rows, 1, row => kernel.Store(to, At(row, column), new Value.Load(from, (row * columns) + column, ValueKind.Real)));
            kernel.For("pad", rows, (rows + width - 1) / width * width, 1, pad => kernel.Store(to, At(pad, column), new Value.Literal(0, ValueKind.Real)));
        });
    }

    private static void FromPanels(ElementEmitter emitter, Buffer source, Value from, Value to)
    {
        KernelBuilder kernel = emitter.Kernel;
        var range = new SampleRange(emitter);
        long rows = source.Shape[0].Value, columns = source.Shape[1].Value;
        int width = Buffer.PanelWidth(rows);
        kernel.For("row", range.First, range.Last, 1, row =>
            kernel.For("column", 0, columns, 1, column =>
                kernel.Store(to, (row * columns) + column, new Value.Load(from, (row / width * (columns * width)) + (column * width) + (row % width),
                    ValueKind.Real))));
        StoragePadding.Emit(kernel, range, to, rows * columns);
    }
}
