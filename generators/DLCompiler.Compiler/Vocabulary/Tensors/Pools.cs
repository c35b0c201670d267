using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>MaxPool</c> and <c>AvgPool(size, stride = size, padding = 0, ceilMode = false, same = false)</c> over the height and width of images, and with
/// <c>1D</c> over the length of sequences, as methods and as attributes of chains. An average counts padding as zeros if nothing else is said.
/// </summary>
internal static class Pools
{
    private static readonly (string Name, bool IsMaximum, bool IsLine)[] Kinds =
        [("MaxPool", true, false), ("AvgPool", false, false), ("MaxPool1D", true, true), ("AvgPool1D", false, true)];

    public static IEnumerable<Operation> Operations => Kinds.Select(kind => new Operation(
        Operation.Tensor, kind.Name, call => { Check(call.Arguments); return Lower(call, call.Arguments, kind.Name, kind.IsMaximum, kind.IsLine); },
        HasRow: true));

    public static IEnumerable<LayerDefinition> Layers => Kinds.Select(kind => new LayerDefinition(
        $"DLCompiler.{kind.Name}", Check, call => Lower(call, call.Layer.Arguments, kind.Name, kind.IsMaximum, kind.IsLine), HasParameters: false));

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "size", 1);
        if (arguments.Integer("stride") is < 0 and var stride)
            throw Checks.Wrong(arguments, "stride", $"is {Checks.Text(stride)}; it must be at least 1, or omit it: it is the window's size then");

        Checks.AtLeast(arguments, "padding", 0);
        int size = arguments.Integer("size"), padding = arguments.Integer("padding");
        if (padding * 2L > size)
        {
            // A window of padding alone would have no element to choose.
            throw Checks.Wrong(
                arguments,
                "padding",
                $"is {Checks.Text(padding)}; it can be at most half the window's size {Checks.Text(size)}: use at most {Checks.Text(size / 2)}");
        }

        SamePadding.Check(arguments);
        if (arguments.Flag("same", false) && arguments.Flag("ceilMode", false))
            throw Checks.Wrong(arguments, "ceilMode", "says nothing beside same, which gives ⌈size/stride⌉ positions; leave one of them out");
    }

    private static TensorValue Lower(VocabularyCall call, ArgumentSet arguments, string name, bool isMaximum, bool isLine)
    {
        if (isLine) SequenceInput.Check(call, name);
        else ImageInput.Check(call, name);
        int size = arguments.Integer("size"), padding = arguments.Integer("padding");
        if (!arguments.Flag("same", false)) Checks.Window(arguments, "size", null, "window", call.Input.Shape, size, padding, 1, mostPadding: size / 2);
        Node images = isLine ? SequenceInput.AsImages(call.Graph, call.Input) : call.Input;
        Line rows = isLine ? new Line(1, 1, 0, 1, 0, 0) : Line.Of(arguments, images.Shape[2].Value);
        Line columns = Line.Of(arguments, images.Shape[3].Value);
        var geometry = new PoolGeometry(rows.Size, columns.Size, rows.Stride, columns.Stride, rows.Before, columns.Before, rows.Extra, columns.Extra);
        Node pooled = call.Graph.Add(isMaximum ? new MaxPool(geometry) : new AveragePool(geometry), images);
        if (!isMaximum) pooled = Correct(call.Graph, pooled, rows, columns);
        return new TensorValue(isLine ? SequenceInput.FromImages(call.Graph, pooled) : pooled);
    }

    // The operator divides by the whole window: what does not count is taken out of the divisor.
    private static Node Correct(GraphBuilder graph, Node pooled, Line rows, Line columns)
    {
        ScalarExpression divisor = rows.Counted(pooled.Shape[2].Value, new ScalarExpression.Input(1))
            * columns.Counted(pooled.Shape[3].Value, new ScalarExpression.Input(2));
        return graph.Map(
            X * ((double)(rows.Size * columns.Size) / divisor), pooled, graph.Add(new Iota(pooled.Shape, 2, ElementType.Float32)),
            graph.Add(new Iota(pooled.Shape, 3, ElementType.Float32)));
    }

    // The windows of one axis. Elements from From to To count for an average's divisor.
    private sealed record Line(int Size, int Stride, long From, long To, int Before, int Extra)
    {
        public static Line Of(ArgumentSet arguments, long length)
        {
            int size = arguments.Integer("size"), given = arguments.Integer("stride"), padding = arguments.Integer("padding");
            int stride = given == 0 ? size : given;
            if (arguments.Flag("same", false))
            {
                (int before, int after) = SamePadding.Around(length, size, stride);
                return new Line(size, stride, 0, length, before, after - before);
            }

            int counted = arguments.Flag("countPadding", true) ? padding : 0, extra = 0;
            if (arguments.Flag("ceilMode", false))
            {
                // The last window starts at an element, or in the padding before the first.
                long span = length + (2L * padding) - size, count = ((span + stride - 1) / stride) + 1;
                if ((count - 1) * stride >= length + padding) count--;
                extra = (int)Math.Max(0, ((count - 1) * stride) - span);
            }

            return new Line(size, stride, -counted, length + counted, padding, extra);
        }

        // How many elements of each window count: a number where all have as many.
        public ScalarExpression Counted(long windows, ScalarExpression index)
        {
            long Number(long position) => Math.Min((position * Stride) - Before + Size, To) - Math.Max((position * Stride) - Before, From);
            if (Enumerable.Range(0, (int)windows).All(position => Number(position) == Number(0))) return (double)Number(0);
            ScalarExpression start = ((double)Stride * index) - (double)Before;
            return Call(BinaryFunction.Min, start + (double)Size, (double)To) - Call(BinaryFunction.Max, start, (double)From);
        }
    }
}
