using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Softmax and cross-entropy over rows, shifted by the row's maximum: forward, and the gradient from logits and labels in one pass of its
/// own.</summary>
public static class SoftmaxSchedule
{
    /// <summary>Emits softmax, its gradient, cross-entropy or its gradient.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        Node rowsOf = node.Inputs[0];
        Buffer logits = context.InRows(rowsOf);
        Buffer result = context.Allocate(node, node.Operator is SoftmaxCrossEntropy ? Layout.RowMajor : SchedulingContext.RowLayout(node),
            context.NameOf(node) + (node.Operator is SoftmaxCrossEntropyGradient or SoftmaxGradient ? "_gradient" : ""));
        KernelBuilder kernel = context.NewKernel(result.Name);
        var emitter = new ElementEmitter(context, kernel, node.Shape.Rank, ElementMode.Rows, node.Shape.Rank - 1);
        string title = $"{result.Name} {node.Shape} = {node.Operator.Name}({string.Join(", ", node.Inputs.Select(context.NameOf))})";
        kernel.Describe(title);
        var row = new RowKernel(context, emitter, logits, rowsOf.Shape);
        Value.Variable target = emitter.Reference(result, read: false);
        Value.Variable? second = node.Operator is SoftmaxGradient ? emitter.Reference(context.InRows(node.Inputs[1])) : null;
        Buffer? secondBuffer = second is null ? null : context.InRows(node.Inputs[1]);
        Value.Variable? labels = node.Operator is SoftmaxCrossEntropy or SoftmaxCrossEntropyGradient ? emitter.Reference(context.InRows(node.Inputs[1])) : null;
        var range = new SampleRange(emitter);
        Node? scale = node.Operator is SoftmaxCrossEntropyGradient ? node.Inputs[2] : null;
        if (scale is not null) emitter.HoistScalars(scale);

        (Value first, Value last, Partition partition) = range.Rows(logits,
            new Shape(rowsOf.Shape.Take(rowsOf.Shape.Rank - 1)).ElementCount);
        long resultStride = result.Layout == Layout.PaddedRows ? Buffer.PaddedRow(row.Columns) : row.Columns;
        kernel.For("row", first, last, 1, number =>
        {
            switch (node.Operator)
            {
                case Softmax:
                    {
                        (Value maximum, Value inverse) = row.Statistics(number);
                        row.Write(number, target, resultStride, result, (value, pack, _) => row.Probability(value, maximum, inverse, pack));
                        break;
                    }

                case SoftmaxGradient:
                    {
                        long secondStride = secondBuffer!.RowStride;
                        Value Gradient(Value column, ValueKind pack) => new Value.Load(second!, (number * secondStride) + column, pack);
                        Value product = row.Sum(number, (value, pack, column) => new Value.Apply(Operation.Multiply, [value, Gradient(column, pack)], pack));
                        row.Write(number, target, resultStride, result, (value, pack, column) =>
                            new Value.Apply(Operation.Multiply, [value,
                                new Value.Apply(Operation.Subtract, [Gradient(column, pack), row.Pack(product, pack)], pack)], pack));
                        break;
                    }

                case SoftmaxCrossEntropy:
                    {
                        (Value maximum, Value sum) = row.MaximumAndSum(number);
                        Value.Variable label = kernel.Let("label", context.LoadIndex(context.InRows(node.Inputs[1]), labels!, number));
                        Value logit = new Value.Load(row.Reference, (number * row.Stride) + label, ValueKind.Real);
                        Value loss =
                            new Value.Apply(Operation.Add, [new Value.Apply(Operation.Log, [sum], ValueKind.Real),
                            new Value.Apply(Operation.Subtract, [maximum, logit], ValueKind.Real)], ValueKind.Real);
                        kernel.Store(target, number, loss);
                        break;
                    }

                default:
                    {
                        (Value maximum, Value inverse) = row.Statistics(number);
                        Value factor =
                            kernel.Let("scale", emitter.Evaluate(scale!, [number, .. Enumerable.Repeat<Value>(0, node.Shape.Rank - 1)], 0, ValueKind.Real));
                        Value scaledInverse = kernel.Let("scaledInverse", new Value.Apply(Operation.Multiply, [inverse, factor], ValueKind.Real));
                        row.Write(number, target, resultStride, result, (value, pack, _) => row.Probability(value, maximum, scaledInverse, pack));
                        Value position = (number * resultStride) + kernel.Let("label", context.LoadIndex(context.InRows(node.Inputs[1]), labels!, number));
                        kernel.Store(target, position, new Value.Apply(Operation.Subtract, [new Value.Load(target, position, ValueKind.Real), factor],
                            ValueKind.Real));
                        break;
                    }
            }
        });
        if (node.Shape.IsConstant) StoragePadding.Emit(kernel, range, target, node.Shape.ElementCount.Value);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, [.. emitter.Reads.Distinct()], [result]));
    }

    // One row of numbers: passes over its columns, by vectors as far as they go.
    private sealed class RowKernel(SchedulingContext context, ElementEmitter emitter, Buffer source, Shape shape)
    {
        private readonly KernelBuilder kernel = emitter.Kernel;
        private readonly int lanes = context.Target.Lanes;

        public long Columns { get; } = shape[shape.Rank - 1].Value;

        public long Stride => source.RowStride;

        public Value.Variable Reference { get; } = emitter.Reference(source);

        public Value Pack(Value value, ValueKind pack) => pack == ValueKind.Vector ? new Value.Splat(value) : value;

        public (Value Maximum, Value Inverse) Statistics(Value row)
        {
            (Value maximum, Value sum) = MaximumAndSum(row);
            return (maximum, kernel.Let("inverse", new Value.Apply(Operation.Divide, [new Value.Literal(1, ValueKind.Real), sum], ValueKind.Real)));
        }

        public (Value Maximum, Value Sum) MaximumAndSum(Value row)
        {
            Value maximum = kernel.Let("maximum", Fold(row, Operation.Max, double.NegativeInfinity, (value, _, _) => value));
            return (maximum, kernel.Let("sum", Fold(row, Operation.Add, 0, (value, pack, _) => Exponential(value, maximum, pack))));
        }

        public Value Sum(Value row, Func<Value, ValueKind, Value, Value> term) => kernel.Let("sum", Fold(row, Operation.Add, 0, term));

        public Value Probability(Value value, Value maximum, Value inverse, ValueKind pack) =>
            new Value.Apply(Operation.Multiply, [Exponential(value, maximum, pack), Pack(inverse, pack)], pack);

        public void Write(Value row, Value target, long targetStride, Buffer result, Func<Value, ValueKind, Value, Value> element)
        {
            Each(row, (value, pack, column, count) =>
            {
                Value computed = element(value, pack, column);
                if (count is { } known) computed = RowsTimesPanels.Masked(computed, known, context.Target);
                kernel.Store(target, (row * targetStride) + column, computed);
            });
            if (result.Layout != Layout.PaddedRows) return;
            long written = source.Layout == Layout.PaddedRows && lanes > 1 ? (Columns + lanes - 1) / lanes * lanes : Columns;
            for (long column = written; column < Buffer.PaddedRow(Columns); column += written % lanes == 0 ? lanes : 1)
                kernel.Store(target, (row * targetStride) + column, new Value.Literal(0, written % lanes == 0 ? context.Target.Pack : ValueKind.Real));
        }

        private Value Exponential(Value value, Value maximum, ValueKind pack) =>
            new Value.Apply(Operation.Exp, [new Value.Apply(Operation.Subtract, [value, Pack(maximum, pack)], pack)], pack);

        private Value Fold(Value row, Operation operation, double identity, Func<Value, ValueKind, Value, Value> term)
        {
            Value.Variable? sums = lanes > 1 && (Columns >= lanes || source.Layout == Layout.PaddedRows)
                ? kernel.Let("sums", new Value.Literal(identity, ValueKind.Vector)) : null;
            Value.Variable? single = sums is null || (source.Layout != Layout.PaddedRows && Columns % lanes != 0)
                ? kernel.Let("single", new Value.Literal(identity, ValueKind.Real)) : null;
            Each(row, (value, pack, column, count) =>
            {
                Value contribution = term(value, pack, column);
                if (count is { } known)
                    contribution =
                        new Value.Apply(Operation.Select, [new Value.FirstLanes(known), contribution, new Value.Literal(identity, ValueKind.Vector)],
                        ValueKind.Vector);
                Value.Variable accumulator = pack == ValueKind.Vector ? sums! : single!;
                kernel.Set(accumulator, new Value.Apply(operation, [accumulator, contribution], pack));
            });
            if (sums is null) return single!;
            Value across = new Value.Combine(operation, sums);
            return single is null ? across : new Value.Apply(operation, [across, single], ValueKind.Real);
        }

        // Calls the body for each vector; the last one of a padded row with the number of its lanes that count, and a tail of an unpadded row by element.
        private void Each(Value row, Action<Value, ValueKind, Value, long?> body)
        {
            long whole = lanes > 1 ? Columns / lanes * lanes : 0;
            if (whole > 0) kernel.For("column", 0, whole, lanes, column => body(Load(column, ValueKind.Vector), ValueKind.Vector, column, null));
            if (whole == Columns) return;
            if (lanes > 1 && source.Layout == Layout.PaddedRows) body(Load(whole, ValueKind.Vector), ValueKind.Vector, whole, Columns - whole);
            else kernel.For("column", whole, Columns, 1, column => body(Load(column, ValueKind.Real), ValueKind.Real, column, null));

            Value Load(Value column, ValueKind pack) => kernel.Let("x", new Value.Load(Reference, (row * Stride) + column, pack));
        }
    }
}
