using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>
/// Remembers which expression of the user's gave which tensor, so that an error about a shape can show how the shape came about. Noting a call costs one entry
/// of a table; everything else is done when there is an error.
/// </summary>
public sealed class ShapeTrail
{
    /// <summary>The most places that one error shows.</summary>
    public const int Longest = 8;

    private readonly Dictionary<Node, Step> steps = [];
    private readonly Dictionary<Node, VocabularyError> suspicions = [];

    /// <summary>Notes an input of the function, and where its shape is declared.</summary>
    public void AddInput(Node input, Origin declared) => steps[input] = new Step(input, null, declared, "");

    /// <summary>Notes the result of a use of a layer or an operation. The first expression that gives a tensor counts.</summary>
    public void Add(Node result, VocabularyCall call, string name)
    {
        if (!steps.ContainsKey(result)) steps.Add(result, new Step(result, call, call.Origin, name));
    }

    /// <summary>Notes a warning that may explain mistakes in what is made from a tensor.</summary>
    public void Suspect(Node tensor, VocabularyError warning) => suspicions[tensor] = warning;

    /// <summary>The first use on the way to a tensor whose result does not begin with the batch, though what it is made from does; or null.</summary>
    public VocabularyCall? FirstWithout(Dimension batch, Node tensor)
    {
        Step? first = null;
        foreach (Step step in Way(tensor))
        {
            if (step.Source is { } source && HasBatch(source) && !HasBatch(step.Result)) first = step;
        }

        return first?.Call;

        bool HasBatch(Node node) => node.Shape.Rank > 0 && node.Shape[0] == batch;
    }

    /// <summary>The use of a layer or an operation that gave a tensor; null for inputs, and for what no expression gave.</summary>
    public VocabularyCall? MakerOf(Node tensor) => steps.TryGetValue(tensor, out Step? step) ? step.Call : null;

    /// <summary>How some tensors came about.</summary>
    public Account Of(IReadOnlyList<Node> tensors)
    {
        var places = new List<SourceSite>();
        var texts = new List<string>();
        var shown = new HashSet<Node>();
        int share = tensors.Count == 0 ? 0 : Longest / System.Math.Min(tensors.Count, 2);
        foreach (Node tensor in tensors.Take(2))
        {
            IReadOnlyList<Step> path = Path(tensor);
            places.AddRange(path.Take(share).Where(step => shown.Add(step.Result)).Select(step => step.Origin.Site));
            if (path.Count > 0) texts.Add(Describe(path, share));
        }

        return new Account(places.Distinct().ToEquatableArray(), string.Join("\n", texts))
        {
            Suspicion = tensors.Select(Suspicion).FirstOrDefault(cause => cause is not null),
        };
    }

    private VocabularyError? Suspicion(Node tensor) =>
        suspicions.Count == 0 ? null : Way(tensor).Select(step => suspicions.TryGetValue(step.Result, out VocabularyError? cause) ? cause : null)
            .FirstOrDefault(cause => cause is not null);

    // The steps that changed the shape, nearest first; one more than can be shown tells that there are more.
    private IReadOnlyList<Step> Path(Node tensor) =>
        [.. Way(tensor).Where(step => step.Source is not { } source || source.Shape != step.Result.Shape).Take(Longest + 1)];

    // The steps that led to a tensor, nearest first.
    private IEnumerable<Step> Way(Node tensor)
    {
        // A tensor is made from older ones; anything else would be a circle.
        var seen = new HashSet<Node>();
        Node? next = tensor;
        while (next is not null && seen.Add(next) && steps.TryGetValue(next, out Step? step))
        {
            yield return step;
            next = step.Source;
        }
    }

    private static string Describe(IReadOnlyList<Step> path, int longest)
    {
        var text = new StringBuilder();
        if (path.Count > longest) text.Append('…');
        foreach (Step step in path.Take(longest).Reverse())
        {
            if (text.Length > 0) text.Append(" → ");
            if (step.Name.Length > 0) text.Append(step.Name).Append(" → ");
            text.Append(step.Result.Shape);
        }

        return text.ToString();
    }

    /// <summary>How a shape came about.</summary>
    /// <param name="Places">The expressions that led to it, nearest first; those that keep the shape are left out.</param>
    /// <param name="Text">The shapes in the order of computation, a line per tensor: <c>[N, 1, 28, 28] → conv1 → [N, 6, 28, 28]</c>.</param>
    public sealed record Account(EquatableArray<SourceSite> Places, string Text)
    {
        /// <summary>A warning that may be the cause.</summary>
        public VocabularyError? Suspicion { get; init; }

        /// <summary>Nothing to show.</summary>
        public static Account None { get; } = new([], "");
    }

    private sealed record Step(Node Result, VocabularyCall? Call, Origin Origin, string Name)
    {
        // What the shape comes from: the operand that has it already, or else the first.
        public Node? Source => Call is not { } call
            ? null
            : call.Tensors.FirstOrDefault(operand => operand.Shape == Result.Shape) ?? call.Tensors.FirstOrDefault();
    }
}
