using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Fusion;

/// <summary>
/// Decides which values of the forward pass are not kept for the backward pass, which is given a copy of their computation instead. These are elementwise
/// functions of values that are kept anyway (normalisation and activation of a convolution's result, through sums with earlier ones), where they take little
/// time beside what uses them, and what the user marked (<see cref="Recompute"/>). A copy has the same operators in the same order, so it has the same bits.
/// </summary>
public sealed class Recomputation
{
    // In operations on one element: reading it from memory, writing it to a cache, a function that is no instruction, and one of two that are computed apart.
    private const long ReadCost = 64, WriteCost = 32, FunctionCost = 16, ErrorFunctionCost = 80;

    // What computing a value again may take of the work of what uses it, and what it may take where nothing but elementwise work uses it.
    private const long ShareOfWork = 8, AlwaysAllowed = 8;

    private readonly FusionPlan fusion;
    private readonly HashSet<Node> forward;
    private readonly HashSet<Node> marked;
    private readonly FunctionDecisions decisions;

    // Stored values of the forward pass that the backward pass reads, and those that it computes again, which are numbered from 1.
    private readonly HashSet<Node> kept = [];
    private readonly Dictionary<Node, int> again = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);

    private Recomputation(IReadOnlyList<Node> results, int forwardResults, IEnumerable<Node> marked, FunctionDecisions decisions)
    {
        this.decisions = decisions;
        fusion = new FusionPlan(results);
        forward = [.. FusionPlan.Reachable([.. results.Take(forwardResults)])];
        this.marked = [.. marked.Select(Source)];
        foreach (Node node in fusion.Live.Where(node => !forward.Contains(node)))
            foreach (Node input in node.Inputs.Where(forward.Contains)) Keep(input);
        foreach (Node node in fusion.Live.Where(node => kept.Contains(node) && !node.Shape.IsConstant && !results.Contains(node)))
        {
            if (!IsComputedAgain(node)) continue;
            kept.Remove(node);
            again.Add(node, again.Count + 1);
        }
    }

    /// <summary>The results of a graph in which the backward pass computes some values again.</summary>
    /// <param name="results">Nodes whose values are needed after the function.</param>
    /// <param name="forwardResults">How many of them, the first ones, belong to the forward pass.</param>
    /// <param name="marked">Values that the user wants to be computed again.</param>
    /// <param name="decisions">Takes what is decided, and may decide otherwise.</param>
    public static IReadOnlyList<Node> Apply(IReadOnlyList<Node> results, int forwardResults, IEnumerable<Node> marked, FunctionDecisions decisions)
    {
        if (forwardResults == results.Count) return results;
        var plan = new Recomputation(results, forwardResults, marked, decisions);
        return plan.again.Count == 0 ? results : plan.Rebuild(results);
    }

    // What is reshaped has the memory of what it is made of.
    private static Node Source(Node node) => node.Operator is Reshape ? Source(node.Inputs[0]) : node;

    // What is in memory of all that a value is read from.
    private void Keep(Node node)
    {
        node = Source(node);
        if (fusion.IsStored(node)) kept.Add(node);
        else foreach (Node input in node.Inputs) Keep(input);
    }

    private bool IsComputedAgain(Node node)
    {
        bool wanted = marked.Contains(node);
        if (wanted ? !IsRepeatable(node) : node.Operator is not Map || !node.Type.Element.IsFloat() || fusion.AnchorOf(node) is not null) return false;
        var reached = new HashSet<Node>();
        var operands = new HashSet<Node>();
        long operations = OperationsOf(node);
        if (!node.Inputs.All(Visit)) return false;
        long cost = Cost(), work = Work(node);
        string why = wanted ? "the model asks for it"
            : $"computing it takes {ChoiceText.Integer(cost)} operations an element, of {ChoiceText.Integer(work)} of what reads it";
        return decisions.Choose(Name(node), "backward", wanted || cost <= (work / ShareOfWork) + AlwaysAllowed, why,
            text => ChoiceText.Word(text, "again", "kept"), isAgain => isAgain ? "again" : "kept");

        bool Visit(Node current)
        {
            if (current.Shape.IsConstant || !reached.Add(current)) return true;
            if (IsOperand(current, wanted)) return operands.Add(current);
            operations += OperationsOf(current);
            bool isComputed = current.Operator is Map or Broadcast or Constant or Iota || (current.Operator is Reshape && IsOperand(Source(current), wanted))
                || (wanted && IsRepeatable(current));
            return isComputed && current.Inputs.All(Visit);
        }

        // A value that one elementwise operation uses is computed there, without being read itself.
        long Cost()
        {
            Node[] users = [.. fusion.UsersOf(node).Where(user => !forward.Contains(user))];
            bool stored = users.Length > 1 || users.Any(user => !IsElementwise(user));
            return operations + (operands.Count * ReadCost) + (stored ? WriteCost : -ReadCost);
        }
    }

    // That of its layer; several of a layer are counted.
    private string Name(Node node)
    {
        string name = (node.Label ?? node.Operator.Name).Replace('.', '_');
        names.TryGetValue(name, out int count);
        names[name] = count + 1;
        return count == 0 ? name : name + "_" + ChoiceText.Integer(count + 1);
    }

    // Where a copy begins.
    private bool IsOperand(Node node, bool wanted) => kept.Contains(node) || (wanted && node.Operator is Input);

    private static bool IsRepeatable(Node node) => node.Operator is not (RandomUniform or Loop or Input);

    private static bool IsElementwise(Node node) => node.Operator is Map or Broadcast or Slice or Permute or Flip or Reduce;

    // What uses a value in both directions, apart from what is elementwise, for each of its elements.
    private long Work(Node node) => Users(node).Sum(user => Count(user.Operator.CountFlops([.. user.Inputs.Select(input => input.Type)], user.Type)))
        / Count(node.Shape.ElementCount);

    private IEnumerable<Node> Users(Node node) => fusion.UsersOf(node).SelectMany(user => user.Operator is Reshape ? Users(user)
        : IsElementwise(user) ? [] : [user]);

    private static long Count(Shapes.Dimension size) => Math.Max(1, size.Evaluate(_ => 16));

    private static long OperationsOf(Node node) => node.Operator is Map map ? Operations(map.Expression) : 0;

    private static long Operations(ScalarExpression expression) => expression.Operands().Sum(Operations) + (expression switch
    {
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Not } => 1,
        ScalarExpression.Unary { Function: UnaryFunction.Erf } => ErrorFunctionCost,
        ScalarExpression.Unary or ScalarExpression.Binary { Function: BinaryFunction.Divide or BinaryFunction.Power } => FunctionCost,
        _ => expression.Operands().Count > 0 ? 1 : 0,
    });

    // The same nodes in the same order; before what uses a value that is computed again stands its computation.
    private IReadOnlyList<Node> Rebuild(IReadOnlyList<Node> results)
    {
        var graph = new GraphBuilder();
        var originals = new Dictionary<Node, Node>();
        var seconds = new Dictionary<Node, Node>();
        var copies = new Dictionary<(int, Node), Node>();
        foreach (Node node in fusion.Live)
            originals[node] = Add(node, node.Label, forward.Contains(node) ? input => originals[input] : Second);
        graph.Label = null;
        return [.. results.Select(node => originals[node])];

        Node Add(Node node, string? label, Func<Node, Node> operand)
        {
            Node[] inputs = [.. node.Inputs.Select(operand)];
            graph.Label = label;
            return graph.Add(node.Operator, inputs);
        }

        // What the backward pass reads for a value.
        Node Second(Node node)
        {
            if (!forward.Contains(node) || kept.Contains(node) || node.Shape.IsConstant) return originals[node];
            if (seconds.TryGetValue(node, out Node? known)) return known;
            bool wanted = marked.Contains(node);
            return seconds[node] = again.TryGetValue(node, out int number) ? Add(node, LabelOfCopy(node), input => Copy(input, number, wanted))
                : Add(node, node.Label, Second);
        }

        Node Copy(Node node, int number, bool wanted)
        {
            if (node.Shape.IsConstant) return originals[node];
            if (copies.TryGetValue((number, node), out Node? known)) return known;
            return copies[(number, node)] = IsOperand(node, wanted) ? graph.Add(new Recompute(number), originals[node])
                : Add(node, LabelOfCopy(node), input => Copy(input, number, wanted));
        }
    }

    private static string LabelOfCopy(Node node) => node.Label is null ? "again" : node.Label + " again";
}
