using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of all other matrix products: activations × activations, batches of matrices, either side transposed. The right operand is packed into
/// zero-padded panels
/// of sixteen columns first, which costs a pass over it and lets every tile run over whole vectors at literal strides.
/// </summary>
public sealed class GeneralProduct
{
    private const int Width = 16;

    private readonly SchedulingContext context;
    private readonly Node node;
    private readonly bool transposeLeft, transposeRight;
    private readonly long columns, depth, matrices;
    private readonly Dimension rows;
    private readonly Buffer left, right;

    private GeneralProduct(SchedulingContext context, Node node)
    {
        (this.context, this.node) = (context, node);
        var contract = (Contract)node.Operator;
        (transposeLeft, transposeRight) = (contract.TransposeLeft, contract.TransposeRight);
        int rank = node.Shape.Rank;
        Shape from = node.Inputs[0].Shape;
        Dimension common = from[transposeLeft ? rank - 2 : rank - 1];
        rows = node.Shape[rank - 2];
        (columns, depth) = (node.Shape[rank - 1].Value, common.Value);

        // Matrices that one sample (or the whole product) has.
        Dimension count = new Shape(node.Shape.Take(rank - 2)).ElementCount;
        matrices = count.IsConstant ? count.Value : count.TryDivide(Dimension.Symbol(Buffer.BatchSymbol), out Dimension ofSample) ? ofSample.Value
            : throw new NotSchedulableException(node, "has matrices that are not counted by samples");
        left = context.InRows(node.Inputs[0]);
        right = context.InRows(node.Inputs[1]);
    }

    private bool Samples => node.Shape.Rank > 2 && !node.Shape[0].IsConstant;

    private long PackedMatrix => (columns + Width - 1) / Width * Width * depth;

    /// <summary>Whether tiles can take the product: only its matrices or its rows are counted by samples.</summary>
    public static bool Applies(Node node)
    {
        Shape left = node.Inputs[0].Shape, right = node.Inputs[1].Shape, result = node.Shape;
        return (result.IsConstant && left.IsConstant)
            || (result.Rank > 2 && Buffer.IsBatchShape(result) && Buffer.IsBatchShape(left))
            || (result.Rank == 2 && right.IsConstant && Buffer.IsBatchShape(left) && !((Contract)node.Operator).TransposeLeft);
    }

    /// <summary>Emits the product.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        var product = new GeneralProduct(context, node);
        product.Multiply(product.Pack());
    }

    // The right operand as [⌈columns/16⌉][depth][16] for each matrix.
    private Buffer Pack()
    {
        string name = context.Unique(right.Name + "_panels");
        Shape shape = Samples ? new Shape(Dimension.Symbol(Buffer.BatchSymbol), matrices * PackedMatrix) : new Shape(matrices * PackedMatrix);
        Buffer packed = context.NewBuffer(name, right.Element, shape, Layout.RowMajor);
        context.Temporaries.Add(packed);
        KernelBuilder kernel = context.NewKernel(name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Rows, -1);
        string title = string.Format(CultureInfo.InvariantCulture, "{0}: {1} {2} in panels of {3} columns", name, right.Name, node.Inputs[1].Shape, Width);
        kernel.Describe(title);
        Value.Variable from = emitter.Reference(right), to = emitter.Reference(packed, read: false);
        long stride = right.RowStride, source = (transposeRight ? columns : depth) * stride;
        (Value first, Value last, Partition partition) = Share(emitter, matrices);
        int lanes = context.Target.Lanes;
        bool readable = right.ReadableBeyond;
        kernel.For("matrix", first, last, 1, matrix => kernel.For("panel", 0, (columns + Width - 1) / Width, 1, panel =>
        {
            Value target = (matrix * PackedMatrix) + (panel * (depth * Width));
            if (transposeRight)
            {
                kernel.Add(new KernelStatement.Primitive("Lanes.TransposeToLanes",
                [
                    new Value.Shifted(from, (matrix * source) + (panel * (Width * stride))), stride, new Value.Shifted(to, target), depth,
                    new Value.ToInt32(Value.Smaller(Width, columns - (panel * (long)Width))),
                ]));
                return;
            }

            kernel.For("k", 0, depth, 1, k =>
            {
                Value at = (matrix * source) + (k * stride) + (panel * (long)Width);
                if (lanes > 1 && (columns % Width == 0 || readable))
                {
                    kernel.For("i", 0, Width, lanes, i =>
                    {
                        Value value = new Value.Load(from, at + i, ValueKind.Vector);
                        if (columns % Width != 0)
                            value = new Value.Apply(Operation.Select,
                                [new Value.FirstLanes(columns - ((panel * (long)Width) + i)), value, new Value.Literal(0, ValueKind.Vector)], ValueKind.Vector);
                        kernel.Store(to, target + (k * (long)Width) + i, value);
                    });
                    return;
                }

                Value count = kernel.Let("count", Value.Smaller(Width, columns - (panel * (long)Width)));
                kernel.For("i", 0, count, 1, i => kernel.Store(to, target + (k * (long)Width) + i, new Value.Load(from, at + i, ValueKind.Real)));
                kernel.For("pad", count, Width, 1, pad => kernel.Store(to, target + (k * (long)Width) + pad, new Value.Literal(0, ValueKind.Real)));
            });
        }));
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, Reads(emitter), [packed]));
        return packed;
    }

    private void Multiply(Buffer packed)
    {
        Buffer result = context.Allocate(node, SchedulingContext.RowLayout(node));
        KernelBuilder kernel = context.NewKernel(result.Name);
        var driver = new ElementEmitter(context, kernel, 2, ElementMode.Rows, 1);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = {2} {3}{4} · {5} {6}{7}", result.Name, node.Shape, left.Name,
            node.Inputs[0].Shape, transposeLeft ? "ᵀ" : "",
            right.Name, node.Inputs[1].Shape, transposeRight ? "ᵀ" : "");
        kernel.Describe(title);
        ProductTiling tiling = ProductTiling.Choose(context.Decisions, result.Name, context.Target);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "{0} steps; the right operand in panels of {1}", depth, Width));
        Value.Variable a = driver.Reference(left), b = driver.Reference(packed), c = driver.Reference(result, read: false);
        long leftStride = left.RowStride, resultStride = result.RowStride;
        Partition partition;
        if (rows.IsConstant)
        {
            (Value first, Value last, partition) = Share(driver, matrices);
            long leftMatrix = (transposeLeft ? depth : rows.Value) * leftStride, resultMatrix = rows.Value * resultStride;
            kernel.For("matrix", first, last, 1, matrix => Matrix(0, rows.Value, matrix * leftMatrix, matrix * PackedMatrix, matrix * resultMatrix));
        }
        else
        {
            partition = new Partition.Samples();
            var range = new SampleRange(driver);
            Matrix(kernel.Let("start", range.FirstRow(result.RowsPerSample)), kernel.Let("end", range.LastRow(result.RowsPerSample)), 0, 0, 0);
        }

        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments], partition, Reads(driver), [result]));

        void Matrix(Value start, Value end, Value leftAt, Value rightAt, Value resultAt)
        {
            int lanes = context.Target.Lanes, chunk = tiling.Vectors * lanes;
            long padded = result.Layout == Layout.PaddedRows ? resultStride : columns, full = columns / chunk;
            kernel.For("chunk", 0, full, 1, index => Columns(index * chunk, RowsTimesPanels.PanelOffset(index, chunk, Width, depth), tiling.Vectors,
                chunk, ""));

            // What is left over: single vectors, the last of them written in part unless its row is padded.
            for (long column = full * chunk; column < padded; column += lanes)
                Columns(column, RowsTimesPanels.PanelOffset(column, Width, depth), 1, (int)Math.Min(lanes, padded - column), "At"
                    + column.ToString(CultureInfo.InvariantCulture));

            void Columns(Value column, Value offset, int vectors, int count, string suffix)
            {
                long[] offsets = [.. Enumerable.Range(0, vectors).Select(vector => RowsTimesPanels.PanelOffset(vector * lanes, Width, depth))];
                var tile = new MatrixTile(transposeLeft ? 1 : leftStride, transposeLeft ? leftStride : 1, offsets.ToEquatableArray(), Width, depth);
                RowCover.Emit(kernel, start, end, tiling.Rows, (tileRows, row) =>
                {
                    Kernel called = Tile(tile, tileRows, vectors, count, suffix);
                    kernel.Add(new KernelStatement.Call(called.Name,
                    [
                        new Value.Shifted(a, leftAt + (row * (transposeLeft ? 1 : leftStride))), new Value.Shifted(b, rightAt + offset),
                        new Value.Shifted(c, resultAt + (row * resultStride) + column),
                    ]));
                });
            }
        }

        Kernel Tile(MatrixTile tile, int tileRows, int vectors, int count, string suffix)
        {
            int lanes = context.Target.Lanes;
            KernelBuilder builder =
                context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}{3}", kernel.Name, tileRows, vectors * lanes, suffix));
            Value.Variable? target = null;
            tile.Emit(context, builder, tileRows, null, (_, row, vector, sum) =>
            {
                target ??= builder.Reference("c");
                Value at = (row * resultStride) + (vector * lanes);
                if (count >= (vector + 1) * lanes) builder.Store(target, at, sum);
                else builder.Add(new KernelStatement.Primitive("Horizontal.StoreFirst", [sum, new Value.Shifted(target, at), count - (vector * lanes)]));
            });
            Kernel built = builder.Build();
            context.Define(built);
            return built;
        }
    }

    private (Value First, Value Last, Partition Partition) Share(ElementEmitter emitter, long count)
    {
        var range = new SampleRange(emitter);
        return Samples
            ? (range.FirstRow(count), range.LastRow(count), new Partition.Samples())
            : (range.First, range.Last, count == 1 ? new Partition.Single(1) : new Partition.Items(count));
    }

    private IReadOnlyList<Read> Reads(ElementEmitter emitter) =>
        [.. emitter.Reads.Select(read => read with { OwnSamples = read.OwnSamples && read.Buffer.IsBatch }).Distinct()];
}
