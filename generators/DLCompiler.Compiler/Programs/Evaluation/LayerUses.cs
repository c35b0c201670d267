using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Collects what each call in a model's own code does to shapes, for editors that show it. A call inside a block has other shapes in each of the block's
/// objects; there it is the call of the block that is described.
/// </summary>
internal sealed class LayerUses
{
    private readonly List<(SourceSite Site, List<string> Messages)> places = [];

    /// <summary>The places that functions which are complete have reached: what training computes besides is not described again.</summary>
    private HashSet<SourceSite> known = [];

    /// <summary>One finding a place.</summary>
    public EquatableArray<CompilerDiagnostic> Diagnostics =>
        places.Select(place => new CompilerDiagnostic(DiagnosticIds.LayerShapes, place.Site, Message(place.Messages), [], [])).ToEquatableArray();

    /// <summary>Starts another function.</summary>
    public void NextFunction() => known = [.. places.Select(place => place.Site)];

    /// <summary>Enters a call: the nodes from <paramref name="first"/> on are its.</summary>
    public void Add(
        Origin origin, string name, Node? input, Node result, GraphBuilder graph, int first, IReadOnlyList<ParameterSpecification> parameters)
    {
        if (origin.Creator is not null || known.Contains(origin.Site)) return;
        IEnumerable<Node> own = graph.Nodes.Skip(first);
        // A block's parameters are those that its code reads.
        long count = parameters.Count > 0
            ? parameters.Sum(parameter => parameter.Shape.ElementCount.Value)
            : own.Where(node => node.Operator is Parameter).GroupBy(node => ((Parameter)node.Operator).Identifier)
                .Sum(group => group.First().Shape.ElementCount.Value);
        long flops = own.Sum(node => SummaryCollector.FlopsOf(node).Evaluate(_ => 1));
        string message = string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} → {2}, {3:N0} parameters, {4:N0} FLOPs", name, input?.Shape.ToString() ?? "", result.Shape, count, flops);
        List<string>? messages = places.FirstOrDefault(place => place.Site == origin.Site).Messages;
        if (messages is null) places.Add((origin.Site, [message]));
        else if (!messages.Contains(message)) messages.Add(message);
    }

    // In a loop, the first round stands for those that differ from it.
    private static string Message(List<string> messages) => messages.Count == 1
        ? messages[0]
        : string.Format(CultureInfo.InvariantCulture, "{0} (the first of {1} calls that differ)", messages[0], messages.Count);
}
