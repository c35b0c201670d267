using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>AdaptiveAvgPool</c> and <c>AdaptiveMaxPool(height, width = height)</c>, and with <c>1D(length)</c>: as many windows as are asked for; window i of n
/// over L elements goes from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉, as PyTorch's. Where all windows are alike it is a pool; otherwise slices, axis by axis.
/// </summary>
internal static class AdaptivePools
{
    private static readonly (string Name, bool IsMaximum, bool IsLine)[] Kinds =
    [
        ("AdaptiveMaxPool", true, false), ("AdaptiveAvgPool", false, false), ("AdaptiveMaxPool1D", true, true), ("AdaptiveAvgPool1D", false, true),
    ];

    public static IEnumerable<Operation> Operations => Kinds.Select(kind => new Operation(
        Operation.Tensor, kind.Name,
        call => { Check(call.Arguments, kind.IsLine); return Lower(call, call.Arguments, kind.Name, kind.IsMaximum, kind.IsLine); }, HasRow: true));

    public static IEnumerable<LayerDefinition> Layers => Kinds.Select(kind => new LayerDefinition(
        $"DLCompiler.{kind.Name}", arguments => Check(arguments, kind.IsLine),
        call => Lower(call, call.Layer.Arguments, kind.Name, kind.IsMaximum, kind.IsLine), HasParameters: false));

    private static void Check(ArgumentSet arguments, bool isLine)
    {
        Checks.AtLeast(arguments, isLine ? "length" : "height", 1);
        if (!isLine) Checks.Optional(arguments, "width");
    }

    private static TensorValue Lower(VocabularyCall call, ArgumentSet arguments, string name, bool isMaximum, bool isLine)
    {
        if (isLine) SequenceInput.Check(call, name);
        else ImageInput.Check(call, name);
        Node images = isLine ? SequenceInput.AsImages(call.Graph, call.Input) : call.Input;
        int height = isLine ? 1 : arguments.Integer("height"), given = isLine ? arguments.Integer("length") : arguments.Integer("width");
        int width = given == 0 ? height : given;
        Node pooled = Pool(call.Graph, images, isMaximum, Windows(images.Shape[2].Value, height), Windows(images.Shape[3].Value, width));
        return new TensorValue(isLine ? SequenceInput.FromImages(call.Graph, pooled) : pooled);
    }

    private static (int Start, int Size)[] Windows(long length, int count) =>
        [.. Enumerable.Range(0, count).Select(i => ((int)(i * length / count), (int)((((i + 1) * length) + count - 1) / count) - (int)(i * length / count)))];

    private static Node Pool(GraphBuilder graph, Node images, bool isMaximum, (int Start, int Size)[] rows, (int Start, int Size)[] columns)
    {
        if (Stride(rows) is { } strideY && Stride(columns) is { } strideX)
        {
            var geometry = new PoolGeometry(rows[0].Size, columns[0].Size, strideY, strideX, 0, 0);
            if (geometry.Infer("AdaptivePool", images.Shape) is var shape && shape[2].Value == rows.Length && shape[3].Value == columns.Length)
                return graph.Add(isMaximum ? new MaxPool(geometry) : new AveragePool(geometry), images);
        }

        return Along(graph, Along(graph, images, 3, isMaximum, columns), 2, isMaximum, rows);
    }

    // The distance of windows that are alike; null where they are not.
    private static int? Stride((int Start, int Size)[] windows)
    {
        int stride = windows.Length == 1 ? windows[0].Size : windows[1].Start;
        return stride > 0 && windows.Select((window, i) => window.Size == windows[0].Size && window.Start == i * stride).All(fits => fits) ? stride : null;
    }

    // Maxima and means of boxes are those of their lines: all lines of a box are equally long.
    private static Node Along(GraphBuilder graph, Node images, int axis, bool isMaximum, (int Start, int Size)[] windows) => graph.Concat(axis,
    [
        .. windows.Select(window => graph.Slice(images, axis, window.Start, window.Size))
            .Select(part => isMaximum ? graph.Add(new MaxPool(Whole(part, axis)), part) : graph.Mean(part, [axis], keepDimensions: true)),
    ]);

    // One window over all of an axis: unlike the gradient of a reduction, a pool's goes to one element, a NaN too.
    private static PoolGeometry Whole(Node part, int axis) => axis == 2
        ? new PoolGeometry((int)part.Shape[2].Value, 1, 1, 1, 0, 0)
        : new PoolGeometry(1, (int)part.Shape[3].Value, 1, 1, 0, 0);
}
