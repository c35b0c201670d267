using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Enters layers in the summary as they are used: each once, with the output of its first use and the arithmetic of all.</summary>
/// <param name="bounds">The largest values of symbolic sizes; those without one count as 1: figures are per sample.</param>
internal sealed class SummaryCollector(Func<string, long> bounds)
{
    private readonly List<(LayerInstance? Layer, SummaryRow Row)> rows = [];

    /// <summary>The layers of functions that are complete: later functions don't count them again.</summary>
    private HashSet<LayerInstance> known = [];

    /// <summary>The rows, in the order of first use.</summary>
    public EquatableArray<SummaryRow> Rows =>
        rows.Select(entry => entry.Row with { Parameters = entry.Layer is null ? 0 : Count(entry.Layer) }).ToEquatableArray();

    /// <summary>Multiplications plus additions of everything entered, per sample.</summary>
    public long Flops { get; private set; }

    /// <summary>The bytes of all entered layers' outputs, per sample; views of others have none of their own.</summary>
    public long ActivationBytes { get; private set; }

    /// <summary>Starts another function.</summary>
    public void NextFunction() => known = [.. rows.Select(entry => entry.Layer).OfType<LayerInstance>()];

    /// <summary>Enters a use: the nodes from <paramref name="first"/> on are its.</summary>
    public void Add(LayerInstance? layer, string name, string kind, Node result, GraphBuilder graph, int first)
    {
        if (layer is not null && known.Contains(layer)) return;
        long flops = Enumerable.Range(first, graph.Nodes.Count - first).Sum(index => FlopsOf(graph.Nodes[index]).Evaluate(bounds));
        long bytes = kind is "Flatten" or "Reshape" or "Dropout" ? 0 : 4 * result.Shape.ElementCount.Evaluate(bounds);
        ActivationBytes += bytes;
        int existing = layer is null ? -1 : rows.FindIndex(entry => entry.Layer == layer);
        if (existing >= 0) rows[existing] = (layer, rows[existing].Row with
        {
            Flops = rows[existing].Row.Flops + flops,
            ActivationBytes = rows[existing].Row.ActivationBytes + bytes,
        });
        else rows.Add((layer, new SummaryRow(name, kind, result.Shape, 0, flops, bytes)));
    }

    /// <summary>Counts the arithmetic of a whole function, with that between the layers.</summary>
    public void Complete(GraphBuilder graph) => Flops += graph.Nodes.Sum(node => FlopsOf(node).Evaluate(bounds));

    /// <summary>The arithmetic of a node; that of a loop counts for one of its results.</summary>
    public static Dimension FlopsOf(Node node) =>
        node.Operator is Loop loop && loop.Result != System.Math.Min(loop.CarriedCount, loop.Body.Results.Count - 1)
            ? Dimension.Zero
            : node.Operator.CountFlops([.. node.Inputs.Select(input => input.Type)], node.Type);

    private static long Count(LayerInstance layer) => layer.Parameters.Sum(parameter => parameter.Shape.ElementCount.Value);
}
