using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Fusion;

/// <summary>
/// Decides which values are never stored: elementwise values that are computed where they are used, and the results of products and convolutions
/// that are finished (bias, activation, residual, activation gradient) while they are still in registers.
/// </summary>
public sealed class FusionPlan
{
    private readonly Dictionary<Node, List<Node>> users = [];
    private readonly Dictionary<Node, int> references = [];
    private readonly HashSet<Node> kept;
    private readonly HashSet<Node> inlined = [];
    private readonly Dictionary<Node, Node> epilogueOfAnchor = [];
    private readonly Dictionary<Node, Node> anchorOfEpilogue = [];

    /// <summary>Plans the fusion of the live part of a graph.</summary>
    /// <param name="results">Nodes whose values are needed after the function: outputs, gradients, new states.</param>
    public FusionPlan(IReadOnlyList<Node> results)
    {
        kept = [.. results];
        Live = Reachable(results);
        foreach (Node node in Live)
            foreach (Node input in node.Inputs.Distinct())
            {
                if (!users.TryGetValue(input, out List<Node>? list)) users[input] = list = [];
                list.Add(node);
            }

        foreach (Node node in Live.Reverse())
            if (!kept.Contains(node) && IsInlinable(node)) inlined.Add(node);
        foreach (Node anchor in Live) PlanEpilogue(anchor);
        foreach (Node node in Live)
            if (IsReadFromOperand(node)) inlined.Add(node);
        inlined.RemoveWhere(node => node.Operator is RandomUniform && AnchorOf(UsersOf(node)[0]) is not null);
    }

    /// <summary>The nodes that results depend on, inputs before their users.</summary>
    public IReadOnlyList<Node> Live { get; }

    /// <summary>The nodes that use a value.</summary>
    public IReadOnlyList<Node> UsersOf(Node node) => users.TryGetValue(node, out List<Node>? list) ? list : [];

    /// <summary>How often the values that use a value mention it: x·x mentions x twice.</summary>
    public int ReferencesTo(Node node)
    {
        if (!references.TryGetValue(node, out int count))
        {
            references[node] = count = UsersOf(node).Sum(user => user.Operator is Map map
                ? Enumerable.Range(0, user.Inputs.Count).Where(input => user.Inputs[input] == node)
                    .Sum(input => ScalarInspection.CountReferences(map.Expression, input))
                : 1);
        }

        return count;
    }

    /// <summary>Whether the value is computed where it is used, never stored.</summary>
    public bool IsInlined(Node node) => inlined.Contains(node);

    /// <summary>Whether the value is needed after the function.</summary>
    public bool IsResult(Node node) => kept.Contains(node);

    /// <summary>Whether the value is in memory.</summary>
    public bool IsStored(Node node) => !inlined.Contains(node) && !epilogueOfAnchor.ContainsKey(node);

    /// <summary>The elementwise node whose evaluation ends a product's or convolution's kernel; null if the result is stored as it is.</summary>
    public Node? EpilogueOf(Node anchor) => epilogueOfAnchor.TryGetValue(anchor, out Node? root) ? root : null;

    /// <summary>The product or convolution that an elementwise node is the end of.</summary>
    public Node? AnchorOf(Node epilogue) => anchorOfEpilogue.TryGetValue(epilogue, out Node? anchor) ? anchor : null;

    /// <summary>The nodes that results depend on, inputs before their users.</summary>
    public static IReadOnlyList<Node> Reachable(IReadOnlyList<Node> results)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>(results);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (found.Add(node))
                foreach (Node input in node.Inputs) pending.Push(input);
        }

        return [.. found.OrderBy(node => node.Id)];
    }

    private bool IsInlinable(Node node)
    {
        IReadOnlyList<Node> uses = UsersOf(node);
        switch (node.Operator)
        {
            case Constant:
                return uses.All(user => IsElementwise(user, node) || IsFirstCarried(user, node));
            case Iota or Broadcast:
                return uses.All(user => IsElementwise(user, node));
            case Recompute:
                return uses.All(user => IsElementwise(user, node));
            case Slice or Permute or Flip:
                return (uses.Count == 1 && IsElementwise(uses[0], node)) || IsReadByAttention(node);
            case RandomUniform:
                // Numbers follow from the place of the element that is written, so they are drawn where one is.
                return (uses.Count == 1 && uses[0].Operator is Map && !inlined.Contains(uses[0]))
                    || uses.All(user => AttentionOperands.DrawsInPlace(node, user));
            case Map when node.Shape.Rank == 0 || node.Inputs.All(input => input.Operator is Constant):
                return uses.All(user => IsElementwise(user, node));
            case Map map:
                // Broadcasting repeats the work, so only what is nearly free is computed again.
                return map.Element == ElementType.Bool
                    ? uses.All(user => IsElementwise(user, node))
                    : uses.Count == 1 && IsElementwise(uses[0], node) && (uses[0].Operator is not Broadcast || IsCheap(map.Expression));
            default:
                return false;
        }
    }

    // Slices of a permutation of slices … are one view.
    private bool IsReadByAttention(Node node) => node.Operator is Slice or Permute && UsersOf(node).All(user =>
        AttentionOperands.IsReadInPlace(node, user) || (inlined.Contains(user) && IsReadByAttention(user)));

    // A cheap function of one stored value: who uses it reads that value as quickly, and its own is neither written nor kept.
    private bool IsReadFromOperand(Node node)
    {
        if (node.Operator is not Map map || node.Shape.IsConstant || kept.Contains(node) || anchorOfEpilogue.ContainsKey(node) || !IsCheap(map.Expression))
            return false;
        Node[] operands = [.. node.Inputs.Where(input => input.Operator is not (Constant or Broadcast))];
        return operands.Length == 1 && !inlined.Contains(operands[0]) && !epilogueOfAnchor.ContainsKey(operands[0])
            && UsersOf(node).All(user => user.Operator is Map or Reduce && user.Inputs.All(input => input.Shape == node.Shape));
    }

    private static bool IsElementwise(Node user, Node operand) => user.Operator is Map or Reduce or Broadcast or Slice or Permute or Flip
        || (user.Operator is SoftmaxCrossEntropyGradient && user.Inputs[2] == operand && user.Inputs[0] != operand);

    // What a loop begins with is written to its place among the carried values.
    private static bool IsFirstCarried(Node user, Node operand) =>
        user.Operator is Loop loop && !user.Inputs.Skip(loop.CarriedCount).Take(loop.SequenceCount).Contains(operand);

    private static bool IsCheap(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs } unary => IsCheap(unary.Operand),
        ScalarExpression.Unary => false,
        ScalarExpression.Binary { Function: BinaryFunction.Divide or BinaryFunction.Power } => false,
        ScalarExpression.Binary binary => IsCheap(binary.Left) && IsCheap(binary.Right),
        ScalarExpression.Select or ScalarExpression.Compare => false,
        _ => true,
    };

    // The error function needs more registers than a tile's sums leave, and for each of them.
    private static bool IsTooLong(ScalarExpression expression) =>
        expression is ScalarExpression.Unary { Function: UnaryFunction.Erf } || expression.Operands().Any(IsTooLong);

    private void PlanEpilogue(Node anchor)
    {
        if (anchor.Operator is not (Contract or Convolve or ConvolveInputGradient) || kept.Contains(anchor)) return;
        Node root = anchor;
        do
        {
            IReadOnlyList<Node> uses = UsersOf(root);
            if (uses.Count != 1 || uses[0].Operator is not Map map || uses[0].Shape != anchor.Shape || IsTooLong(map.Expression)) return;
            root = uses[0];
        }
        while (IsInlined(root));

        // Where two results meet (a residual sum), the later one finishes the sum.
        if (anchorOfEpilogue.TryGetValue(root, out Node? earlier)) epilogueOfAnchor.Remove(earlier);
        epilogueOfAnchor[anchor] = root;
        anchorOfEpilogue[root] = anchor;
    }
}
