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
/// The schedule of matrix products in which the batch is the common axis or counts columns (every sample with every other): strides are known at run time
/// only, which register tiles
/// can't take. Plain loops, with vectors along the columns or the common axis; each row of the result is owned by one worker.
/// </summary>
public sealed class SymbolicProduct
{
    private readonly SchedulingContext context;
    private readonly Node node;
    private readonly Buffer left, right, result;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly Value.Variable a, b, c;
    private readonly Value depth, columns, leftStep, rightStep, rightColumn;
    private readonly Dimension leftRow;
    private readonly bool unitSteps;

    private SymbolicProduct(SchedulingContext context, Node node)
    {
        (this.context, this.node) = (context, node);
        var contract = (Contract)node.Operator;
        int rank = node.Shape.Rank, row = contract.TransposeLeft ? rank - 1 : rank - 2, common = contract.TransposeLeft ? rank - 2 : rank - 1;
        left = context.InRows(node.Inputs[0]);
        right = context.InRows(node.Inputs[1]);
        result = context.Allocate(node, SchedulingContext.RowLayout(node));
        kernel = context.NewKernel(result.Name);
        Title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = {2} {3}{4} · {5} {6}{7}", result.Name, node.Shape, left.Name, node.Inputs[0].Shape,
            contract.TransposeLeft ? "ᵀ" : "",
            right.Name, node.Inputs[1].Shape, contract.TransposeRight ? "ᵀ" : "");
        kernel.Describe(Title);
        kernel.Describe("plain loops: the batch is the common axis or counts columns, and tiles need strides that are known at compile time");
        emitter = new ElementEmitter(context, kernel, rank, ElementMode.Rows, -1);
        (a, b, c) = (emitter.Reference(left), emitter.Reference(right), emitter.Reference(result, read: false));
        IReadOnlyList<Dimension> leftStrides = left.Strides, rightStrides = right.Strides;
        leftRow = leftStrides[row];
        (depth, columns) = (emitter.Size(node.Inputs[0].Shape[common]), emitter.Size(node.Shape[rank - 1]));
        (leftStep, rightStep) = (emitter.Size(leftStrides[common]), emitter.Size(rightStrides[contract.TransposeRight ? rank - 1 : rank - 2]));
        rightColumn = emitter.Size(rightStrides[contract.TransposeRight ? rank - 2 : rank - 1]);
        unitSteps = !contract.TransposeLeft && contract.TransposeRight;
    }

    private string Title { get; }

    /// <summary>Emits the product.</summary>
    public static void Emit(SchedulingContext context, Node node) => new SymbolicProduct(context, node).Write();

    private void Write()
    {
        int rank = node.Shape.Rank;
        var range = new SampleRange(emitter);
        Dimension rows = new Shape(node.Shape.Take(rank - 1)).ElementCount;
        Dimension resultRow = rank == 2 ? result.Strides[0] : node.Shape[rank - 1];
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            // The item counts rows of all matrices; leading coordinates place the operands' matrices.
            Value leftAt = 0, rightAt = 0;
            for (int axis = 0; axis < rank - 1; axis++)
            {
                Dimension stride = node.Shape.Skip(axis + 1).Take(rank - 2 - axis).Aggregate(Dimension.One, (product, size) => product * size);
                Value coordinate = rank == 2 ? item : kernel.Let("i" + axis.ToString(CultureInfo.InvariantCulture),
                    item / emitter.Size(stride) % emitter.Size(node.Shape[axis]));
                leftAt += coordinate * emitter.Size(axis < rank - 2 ? left.Strides[axis] : leftRow);
                if (axis < rank - 2) rightAt += coordinate * emitter.Size(right.Strides[axis]);
            }

            Value.Variable from = kernel.Let("from", leftAt), with = kernel.Let("with", rightAt), to = kernel.Let("to", item * emitter.Size(resultRow));
            if (rightColumn is Value.Integer { Number: 1 } && context.Target.Lanes > 1) ByColumns(from, with, to);
            else kernel.For("column", 0, columns, 1, column => kernel.Store(c, to + column, Dot(from, with + (column * rightColumn))));
            if (result.Layout == Layout.PaddedRows)
                kernel.For("pad", columns, emitter.Size(resultRow), 1, pad => kernel.Store(c, to + pad, new Value.Literal(0, ValueKind.Real)));
        });
        if (node.Shape.IsConstant) StoragePadding.Emit(kernel, range, c, node.Shape.ElementCount.Value);
        context.Call(new ScheduledCall(Title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(rows), [.. emitter.Reads.Distinct()], [result]));
    }

    private void ByColumns(Value from, Value with, Value to)
    {
        int lanes = context.Target.Lanes;
        Value.Variable whole = kernel.Let("whole", columns / lanes * lanes);
        kernel.For("column", 0, whole, lanes, column => Columns(column, ValueKind.Vector));
        kernel.For("column", whole, columns, 1, column => Columns(column, ValueKind.Real));

        void Columns(Value column, ValueKind pack)
        {
            Value.Variable sum = kernel.Let("sum", new Value.Literal(0, pack));
            kernel.For("k", 0, depth, 1, k =>
            {
                Value element = new Value.Load(a, from + (k * leftStep), ValueKind.Real);
                kernel.Set(sum, MultiplyAdd(pack == ValueKind.Vector ? new Value.Splat(element) : element,
                    new Value.Load(b, with + (k * rightStep) + column, pack), sum, pack));
            });
            kernel.Store(c, to + column, sum);
        }
    }

    private Value Dot(Value from, Value with)
    {
        int lanes = context.Target.Lanes;
        bool vector = lanes > 1 && unitSteps;
        Value.Variable single = kernel.Let("single", new Value.Literal(0, ValueKind.Real));
        Value start = 0;
        Value.Variable? sums = null;
        if (vector)
        {
            sums = kernel.Let("sums", new Value.Literal(0, ValueKind.Vector));
            start = kernel.Let("whole", depth / lanes * lanes);
            kernel.For("k", 0, start, lanes, k =>
                kernel.Set(sums, MultiplyAdd(new Value.Load(a, from + k, ValueKind.Vector), new Value.Load(b, with + k, ValueKind.Vector), sums,
                ValueKind.Vector)));
        }

        kernel.For("k", start, depth, 1, k =>
            kernel.Set(single, MultiplyAdd(new Value.Load(a, from + (k * leftStep), ValueKind.Real),
                new Value.Load(b, with + (k * rightStep), ValueKind.Real), single, ValueKind.Real)));
        return sums is null ? single : new Value.Apply(Operation.Add, [new Value.Combine(Operation.Add, sums), single], ValueKind.Real);
    }

    private static Value MultiplyAdd(Value x, Value y, Value sum, ValueKind pack) => new Value.Apply(Operation.MultiplyAdd, [x, y, sum], pack);
}
