using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The schedules of pooling and its gradients, with samples side by side. A maximum and the index of its winner are one kernel.</summary>
public static class Pooling
{
    /// <summary>Emits a maximum, its index, or both.</summary>
    public static void EmitMax(SchedulingContext context, Node node)
    {
        PoolGeometry geometry = node.Operator is MaxPool pool ? pool.Geometry : ((MaxPoolIndex)node.Operator).Geometry;
        Node operand = node.Inputs[0];
        Node? twin = context.Fusion.UsersOf(operand).FirstOrDefault(user => user != node
            && (user.Operator is MaxPool other ? other.Geometry == geometry : user.Operator is MaxPoolIndex index && index.Geometry == geometry));
        Node? valueNode = node.Operator is MaxPool ? node : twin, indexNode = node.Operator is MaxPoolIndex ? node : twin;
        Buffer source = context.InLayout(operand, context.BlockedLayout);
        Buffer? values = valueNode is null ? null : context.Allocate(valueNode, context.BlockedLayout), indices = indexNode is null ? null
            : context.Allocate(indexNode, context.BlockedLayout, context.NameOf(indexNode) + "_winner");
        var loops = new PoolLoops(context, geometry, operand.Shape, node.Shape, (values ?? indices)!.Name,
            $"{values?.Name ?? indices!.Name} {node.Shape} = maximum of {geometry} windows of {source.Name} {operand.Shape}{(indices is not null && values is not null ? ", and which won" : "")}");
        Value.Variable x = loops.Emitter.Reference(source);
        Value.Variable? y = values is null ? null : loops.Emitter.Reference(values, read: false), winner = indices is null ? null
            : loops.Emitter.Reference(indices, read: false);
        ValueKind pack = context.Target.Pack;
        KernelBuilder kernel = loops.Kernel;
        loops.OverResults((block, channel, line, column, lane) =>
        {
            Value.Variable best = kernel.Let("best", new Value.Literal(double.NegativeInfinity, pack));
            Value.Variable? which = winner is null ? null : kernel.Let("which", Number(loops.FirstTap(line, column), pack));
            loops.OverWindow(line, column, (from, tap) =>
            {
                Value.Variable value = kernel.Let("value", new Value.Load(x, loops.SourceAt(block, channel, lane) + from, pack));
                if (which is not null)
                {
                    // The first of equals wins, and NaN wins over all numbers.
                    Value larger = Apply(Operation.Greater, ValueKind.Mask, value, best);
                    Value firstNaN = Apply(Operation.And, ValueKind.Mask, Apply(Operation.NotEqual, ValueKind.Mask, value, value),
                        Apply(Operation.Equal, ValueKind.Mask, best, best));
                    kernel.Set(which, Apply(Operation.Select, pack, Apply(Operation.Or, ValueKind.Mask, larger, firstNaN), Number(tap, pack), which));
                }

                kernel.Set(best, Apply(Operation.Max, pack, best, value));
            });
            Value at = loops.ResultAt(block, channel, line, column, lane);
            if (y is not null) kernel.Store(y, at, best);
            if (winner is not null) kernel.Store(winner, at, which!);
        });
        if (values is { ZeroTail: true }) TailClearing.Emit(loops.Emitter, values, y!, loops.Range);
        loops.Call(values is null ? [indices!] : indices is null ? [values] : [values, indices]);
    }

    /// <summary>Emits an average.</summary>
    public static void EmitAverage(SchedulingContext context, Node node)
    {
        PoolGeometry geometry = ((AveragePool)node.Operator).Geometry;
        Buffer source = context.InLayout(node.Inputs[0], context.BlockedLayout), result = context.Allocate(node, context.BlockedLayout);
        var loops = new PoolLoops(context, geometry, node.Inputs[0].Shape, node.Shape, result.Name,
            $"{result.Name} {node.Shape} = mean of {geometry} windows of {source.Name} {node.Inputs[0].Shape}");
        Value.Variable x = loops.Emitter.Reference(source), y = loops.Emitter.Reference(result, read: false);
        ValueKind pack = context.Target.Pack;
        KernelBuilder kernel = loops.Kernel;
        loops.OverResults((block, channel, line, column, lane) =>
        {
            Value.Variable sum = kernel.Let("sum", new Value.Literal(0, pack));
            loops.OverWindow(line, column, (from, _) => kernel.Set(sum,
                Apply(Operation.Add, pack, sum, new Value.Load(x, loops.SourceAt(block, channel, lane) + from, pack))));
            kernel.Store(y, loops.ResultAt(block, channel, line, column, lane),
                Apply(Operation.Multiply, pack, sum, new Value.Literal(1.0 / (geometry.KernelY * geometry.KernelX), pack)));
        });
        if (result.ZeroTail) TailClearing.Emit(loops.Emitter, result, y, loops.Range);
        loops.Call([result]);
    }

    /// <summary>Emits the gradient of a maximum or an average: each input pixel gathers from the windows that contain it.</summary>
    public static void EmitGradient(SchedulingContext context, Node node)
    {
        bool max = node.Operator is MaxPoolGradient;
        PoolGeometry geometry = node.Operator is MaxPoolGradient gradientOfMax ? gradientOfMax.Geometry : ((AveragePoolGradient)node.Operator).Geometry;
        Node gradientNode = node.Inputs[node.Inputs.Count - 1];
        Buffer? winner = max ? context.InLayout(node.Inputs[0], context.BlockedLayout) : null;
        Buffer gradient = context.InLayout(gradientNode, context.BlockedLayout), result =
            context.Allocate(node, context.BlockedLayout, context.NameOf(node) + "_input_gradient");

        // Here the pixels of the input are the results, and the windows' values are the source.
        var loops = new PoolLoops(context, geometry, gradientNode.Shape, node.Shape, result.Name,
            $"{result.Name} {node.Shape} = gradient of {(max ? "the maximum" : "the mean")} of {geometry} windows, from {gradient.Name} {gradientNode.Shape}");
        Value.Variable? which = winner is null ? null : loops.Emitter.Reference(winner);
        Value.Variable dy = loops.Emitter.Reference(gradient), dx = loops.Emitter.Reference(result, read: false);
        ValueKind pack = context.Target.Pack;
        KernelBuilder kernel = loops.Kernel;
        if (loops.WindowsTileResult)
        {
            loops.OverWindows((from, to, tap) =>
            {
                Value value = kernel.Let("value", max ? new Value.Load(dy, from, pack)
                    : Apply(Operation.Multiply, pack, new Value.Load(dy, from, pack), new Value.Literal(1.0 / (geometry.KernelY * geometry.KernelX), pack)));
                Value? won = which is null ? null : kernel.Let("which", new Value.Load(which, from, pack));
                tap((number, offset) => kernel.Store(dx, to + offset, won is null ? value : Apply(Operation.Select, pack,
                    Apply(Operation.Equal, ValueKind.Mask, won, Number(number, pack)), value, new Value.Literal(0, pack))));
            });
            if (result.ZeroTail) TailClearing.Emit(loops.Emitter, result, dx, loops.Range);
            loops.Call([result]);
            return;
        }

        loops.OverResults((block, channel, line, column, lane) =>
        {
            Value.Variable sum = kernel.Let("sum", new Value.Literal(0, pack));
            loops.OverContainingWindows(line, column, (from, tap) =>
            {
                Value at = loops.SourceAt(block, channel, lane) + from;
                Value value = new Value.Load(dy, at, pack);
                if (which is not null)
                {
                    Value won = Apply(Operation.Equal, ValueKind.Mask, new Value.Load(which, at, pack), Pack(new Value.ToReal(tap), pack));
                    value = Apply(Operation.Select, pack, won, value, new Value.Literal(0, pack));
                }

                kernel.Set(sum, Apply(Operation.Add, pack, sum, value));
            });
            kernel.Store(dx, loops.ResultAt(block, channel, line, column, lane), max ? sum
                : Apply(Operation.Multiply, pack, sum, new Value.Literal(1.0 / (geometry.KernelY * geometry.KernelX), pack)));
        });
        if (result.ZeroTail) TailClearing.Emit(loops.Emitter, result, dx, loops.Range);
        loops.Call([result]);
    }

    private static Value Apply(Operation operation, ValueKind kind, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), kind);

    private static Value Number(Value tap, ValueKind pack) =>
        tap is Value.Integer known ? new Value.Literal(known.Number, pack) : Pack(new Value.ToReal(tap), pack);

    private static Value Pack(Value value, ValueKind pack) => pack == ValueKind.Vector ? new Value.Splat(value) : value;

    // The loops that all pooling kernels share.
    private sealed class PoolLoops
    {
        private readonly SchedulingContext context;
        private readonly PoolGeometry geometry;
        private readonly Shapes.Shape source, result;
        private readonly string title;

        public PoolLoops(SchedulingContext context, PoolGeometry geometry, Shapes.Shape source, Shapes.Shape result, string name, string title)
        {
            (this.context, this.geometry, this.source, this.result, this.title) = (context, geometry, source, result, title);
            Kernel = context.NewKernel(name);
            Kernel.Describe(title);
            Kernel.Describe(context.BlockedWords);
            Emitter = new ElementEmitter(context, Kernel, 4, context.BlockedMode, -1);
            Range = new SampleRange(Emitter);
        }

        public KernelBuilder Kernel { get; }

        public ElementEmitter Emitter { get; }

        public SampleRange Range { get; }

        private long SourceHeight => source[2].Value;

        private long SourceWidth => source[3].Value;

        // Channels of one sample in each lane, or blocks of them.
        private long Channels => context.SideBySide != SideBySide.Channels ? result[1].Value : Buffer.ChannelBlocksOf(result);

        public void OverResults(Action<Value, Value, Value, Value, Value> body) =>
            Kernel.For("block", Range.First, Range.Last, 1, block =>
                Kernel.For("channel", 0, Channels, 1, channel =>
                    Kernel.For("y", 0, result[2].Value, 1, line =>
                        Kernel.For("x", 0, result[3].Value, 1, column =>
                            Kernel.For("lane", 0, Target.BlockSamples, context.Target.Lanes, lane => body(block, channel, line, column, lane))))));

        public Value SourceAt(Value block, Value channel, Value lane) =>
            (((block * Channels) + channel) * (SourceHeight * SourceWidth * Target.BlockSamples)) + lane;

        public Value ResultAt(Value block, Value channel, Value line, Value column, Value lane) =>
            (((((block * Channels) + channel) * result[2].Value) + line) * (result[3].Value * Target.BlockSamples)) + (column * (long)Target.BlockSamples)
                + lane;

        // The first tap that is not padding: what wins where all are −∞.
        public Value FirstTap(Value line, Value column) => geometry is { PaddingY: 0, PaddingX: 0 } ? 0 :
            (Value.Larger(0, geometry.PaddingY - (line * geometry.StrideY)) * geometry.KernelX)
                + Value.Larger(0, geometry.PaddingX - (column * geometry.StrideX));

        // The window of a result: literal where nothing is cut off at the border.
        public void OverWindow(Value line, Value column, Action<Value, Value> body)
        {
            Value top = (line * geometry.StrideY) - geometry.PaddingY, left = (column * geometry.StrideX) - geometry.PaddingX;
            bool inside = geometry.PaddingY == 0 && geometry.PaddingX == 0
                && ((result[2].Value - 1) * geometry.StrideY) + geometry.KernelY <= SourceHeight && ((result[3].Value - 1) * geometry.StrideX)
                    + geometry.KernelX <= SourceWidth;
            if (inside && geometry.KernelY * geometry.KernelX <= 9)
            {
                for (int ky = 0; ky < geometry.KernelY; ky++)
                    for (int kx = 0; kx < geometry.KernelX; kx++) body((((top + (long)ky) * SourceWidth) + left + (long)kx) * (long)Target.BlockSamples,
                        (ky * geometry.KernelX) + kx);
                return;
            }

            Value.Variable yOrigin = Kernel.Let("top", top), xOrigin = Kernel.Let("left", left);
            Kernel.For("ky", Kernel.Let("kyFirst", Value.Larger(0, 0 - (Value)yOrigin)),
                Kernel.Let("kyLast", Value.Smaller(geometry.KernelY, SourceHeight - (Value)yOrigin)), 1, ky =>
                Kernel.For("kx", Value.Larger(0, 0 - (Value)xOrigin), Value.Smaller(geometry.KernelX, SourceWidth - (Value)xOrigin), 1, kx =>
                    body((((yOrigin + ky) * SourceWidth) + xOrigin + kx) * (long)Target.BlockSamples, (ky * geometry.KernelX) + kx)));
        }

        // Whether each pixel of the result lies in exactly one window, and all windows are whole.
        public bool WindowsTileResult => geometry.PaddingY == 0 && geometry.PaddingX == 0 && geometry.StrideY == geometry.KernelY
            && geometry.StrideX == geometry.KernelX && geometry.KernelY * geometry.KernelX <= 9
            && result[2].Value == SourceHeight * geometry.KernelY && result[3].Value == SourceWidth * geometry.KernelX;

        // Each window once: where its value lies, where its first pixel goes, and each of its pixels' number and distance.
        public void OverWindows(Action<Value, Value, Action<Action<Value, long>>> body) =>
            Kernel.For("block", Range.First, Range.Last, 1, block =>
                Kernel.For("channel", 0, Channels, 1, channel =>
                    Kernel.For("oy", 0, SourceHeight, 1, line =>
                        Kernel.For("ox", 0, SourceWidth, 1, column =>
                            Kernel.For("lane", 0, Target.BlockSamples, context.Target.Lanes, lane =>
                                body(SourceAt(block, channel, lane) + (((line * SourceWidth) + column) * (long)Target.BlockSamples),
                                    ResultAt(block, channel, line * geometry.KernelY, column * geometry.KernelX, lane), Taps))))));

        private void Taps(Action<Value, long> tap)
        {
            for (int ky = 0; ky < geometry.KernelY; ky++)
                for (int kx = 0; kx < geometry.KernelX; kx++)
                    tap((ky * geometry.KernelX) + kx, ((ky * result[3].Value) + kx) * Target.BlockSamples);
        }

        // The windows that contain a pixel: their positions run from ⌈(p + padding − kernel + 1)/stride⌉ to ⌊(p + padding)/stride⌋.
        public void OverContainingWindows(Value line, Value column, Action<Value, Value> body)
        {
            Value.Variable y = Kernel.Let("py", line + (long)geometry.PaddingY), x = Kernel.Let("px", column + (long)geometry.PaddingX);
            Windows("oy", y, geometry.KernelY, geometry.StrideY, SourceHeight, oy =>
                Windows("ox", x, geometry.KernelX, geometry.StrideX, SourceWidth, ox =>
                    body(((oy * SourceWidth) + ox) * (long)Target.BlockSamples, ((y - (oy * geometry.StrideY)) * geometry.KernelX)
                        + (x - (ox * geometry.StrideX)))));
        }

        public void Call(Buffer[] writes) =>
            context.Call(new ScheduledCall(title, Kernel.Build(), [.. Emitter.Arguments], new Partition.Samples(), [.. Emitter.Reads.Distinct()], writes));

        private void Windows(string name, Value position, int kernel, int stride, long count, Action<Value> body)
        {
            Value first = Value.Larger(0, (position - (long)(kernel - stride)) / stride), last = Value.Smaller(count, (position / stride) + 1L);
            Kernel.For(name, first, last, 1, body);
        }
    }
}
