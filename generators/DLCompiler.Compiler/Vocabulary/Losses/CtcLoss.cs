using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Tensors;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>
/// <c>Ctc(targets, inputLengths, targetLengths, blank, zeroInfinity, …)</c> of logits [N, T, C] and targets [N, L]: the forward recursion of Graves et al. 2006
/// (equations 6 and 7) in the log domain, a loop over time that carries [N, 2·L + 1] logarithms, of labels with blanks between them.
/// </summary>
internal static class CtcLoss
{
    // The logarithm of no probability: finite, so that differences of such are numbers, and so far below others that nothing is added to it in single precision.
    private const double Never = -1e30, HardlyEver = -1e29;

    private static readonly ScalarExpression Z = new ScalarExpression.Input(2);

    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "Ctc", Lower)];

    private static TensorValue Lower(VocabularyCall call)
    {
        Node x = call.Input;
        if (x.Shape.Rank != 3)
            throw call.ErrorAtInput(DiagnosticIds.Target, $"Ctc expects logits [N, T, classes] but receives {Checks.Name(x.Shape)}");
        long classes = Checks.Constant(call, 2, "Ctc");
        int blank = call.Arguments.Integer("blank");
        if (blank < 0 || blank >= classes)
        {
            throw Checks.Wrong(
                call.Arguments, "blank", $"is {Checks.Text(blank)}, which is none of the {Checks.Text(classes)} classes; they count from 0");
        }

        Node targets = Targets(call, x.Shape[0]);
        Node? inputLengths = Lengths(call, "inputLengths"), targetLengths = Lengths(call, "targetLengths");
        GraphBuilder graph = call.Graph;
        Node labels = WithBlanks(graph, targets, blank);
        Node last = Run(graph, graph.Permute(AxisActivations.LogSoftmax(graph, x, 2), [1, 0, 2]), labels, blank, inputLengths);
        Node losses = Ends(graph, last, targetLengths, call.Arguments.Flag("zeroInfinity", false));
        if (call.Arguments.Member("reduction", "Mean") == "Mean")
        {
            losses = targetLengths is null
                ? graph.Multiply(losses, 1.0 / targets.Shape[1].Value)
                : graph.Divide(losses, graph.Map(Call(BinaryFunction.Max, 1.0, X), losses.Type.Element, targetLengths));
        }

        return new TensorValue(LossReduction.Apply(graph, call.Arguments, losses));
    }

    private static Node Targets(VocabularyCall call, Dimension samples)
    {
        Node targets = call.Arguments.Tensor("targets");
        if (targets.Shape.Rank == 2 && targets.Shape[0] == samples && targets.Shape[1].IsConstant) return targets;
        throw new VocabularyError(
            DiagnosticIds.Target,
            call.Arguments.OriginOf("targets"),
            $"Ctc of {Checks.Name(call.Input.Shape)} expects targets [{samples}, labels], with a constant number of labels, but receives "
                + $"{Checks.Name(targets.Shape)}; fill shorter ones up, and give targetLengths",
            call.InputOrigin);
    }

    private static Node? Lengths(VocabularyCall call, string name)
    {
        if (call.Arguments.OptionalTensor(name) is not { } lengths) return null;
        Dimension samples = call.Input.Shape[0];
        if (lengths.Shape == new Shape(samples)) return lengths;
        throw new VocabularyError(
            DiagnosticIds.Target,
            call.Arguments.OriginOf(name),
            $"Ctc of {Checks.Name(call.Input.Shape)} expects {name} [{samples}], one for each sample, but receives {Checks.Name(lengths.Shape)}",
            call.InputOrigin);
    }

    // Blank, label, blank, label, …, blank: [N, 2·L + 1].
    private static Node WithBlanks(GraphBuilder graph, Node targets, int blank)
    {
        Dimension samples = targets.Shape[0], count = targets.Shape[1];
        Node single = graph.Reshape(targets, new Shape(samples, count, 1));
        Node pairs = graph.Concat(2, graph.Constant(blank, single.Type), single);
        return graph.Concat(
            1, graph.Reshape(pairs, new Shape(samples, count * 2)), graph.Constant(blank, new TensorType(ElementType.Int32, new Shape(samples, 1))));
    }

    // The logarithms of all beginnings' probabilities after the last step of each sample.
    private static Node Run(GraphBuilder graph, Node logarithms, Node labels, int blank, Node? lengths)
    {
        Dimension samples = labels.Shape[0];
        int count = (int)labels.Shape[1].Value;
        ElementType element = logarithms.Type.Element;

        // Blanks and labels that are classes; others, which fill the targets up or are wrong, are read as blanks and never happen.
        Node number = graph.Add(new Iota(labels.Shape, 1, element));
        ScalarExpression isClass = Both(
            new ScalarExpression.Compare(Comparison.GreaterOrEqual, X, 0), new ScalarExpression.Compare(Comparison.Less, X, logarithms.Shape[2].Value));
        ScalarExpression isLabel = Both(isClass, new ScalarExpression.Compare(Comparison.NotEqual, X, blank));
        Node possible = graph.Map(
            new ScalarExpression.Select(isLabel, 0.0, new ScalarExpression.Select(IsEven(Y), 0.0, Never)), element, labels, number);
        Node ids = graph.Map(new ScalarExpression.Select(isClass, X, blank), ElementType.Int32, labels);

        // A blank may be left out between labels that differ.
        Node before = graph.Concat(1, graph.Constant(blank, labels.Type with { Shape = new Shape(samples, 2) }), graph.Slice(labels, 1, 0, count - 2));
        ScalarExpression skips = Both(
            new ScalarExpression.Compare(Comparison.NotEqual, X, Y), new ScalarExpression.Compare(Comparison.NotEqual, X, blank));
        Node skip = graph.Map(new ScalarExpression.Select(skips, 0.0, Never), element, labels, before);

        Node first = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, 0), 0.0, Never), element, number);
        List<Node> sequences = [logarithms], shared = [ids, possible, skip];
        if (lengths is not null)
        {
            sequences.Add(graph.Add(new Iota(new Shape(logarithms.Shape[0]), 0, ElementType.Int32)));
            shared.Add(lengths);
        }

        var body = new GraphBuilder { Label = graph.Label };
        Node state = body.Add(new Input("beginnings", first.Type));
        Node[] elements =
        [
            .. sequences.Select((sequence, index) => body.Add(
                new Input($"step {index}", sequence.Type with { Shape = new Shape(sequence.Shape.Dimensions.RemoveAt(0)) }))),
        ];
        Node[] values = [.. shared.Select((value, index) => body.Add(new Input($"shared {index}", value.Type)))];
        Node next = Step(body, state, elements[0], values);
        if (lengths is not null)
        {
            var isInside = new ScalarExpression.Compare(Comparison.Less, Z, new ScalarExpression.Input(3));
            next = body.Map(
                new ScalarExpression.Select(isInside, X, Y),
                next, state, body.BroadcastAlong(elements[1], next.Shape, []), body.BroadcastAlong(values[3], next.Shape, [0]));
        }

        var step = new SubGraph([state, .. elements, .. values], [next]);
        return graph.Add(new Scan(step, 1, sequences.Count, false, 0), [first, .. sequences, .. shared]);
    }

    // log(Σ exp) of staying, coming from the place before, and from the one before that; and the logarithm of the label's own probability.
    private static Node Step(GraphBuilder graph, Node state, Node logarithms, Node[] shared)
    {
        int count = (int)state.Shape[1].Value;
        Node Moved(int places) => graph.Concat(
            1, graph.Constant(Never, state.Type with { Shape = new Shape(state.Shape[0], places) }), graph.Slice(state, 1, 0, count - places));
        Node one = Moved(1), two = graph.Add(Moved(2), shared[2]);
        Node largest = graph.Add(new StopGradient(), graph.Maximum(graph.Maximum(state, one), two));
        ScalarExpression top = new ScalarExpression.Input(3);
        ScalarExpression sum = Call(UnaryFunction.Exp, X - top) + Call(UnaryFunction.Exp, Y - top) + Call(UnaryFunction.Exp, Z - top);
        Node all = graph.Map(top + Call(UnaryFunction.Log, sum), state, one, two, largest);
        Node own = graph.Add(new TakeAlong(1), logarithms, shared[0]);
        return graph.Map(X + Call(BinaryFunction.Max, Y, Never) + Z, all, own, shared[1]);
    }

    // −log of the sum of both ends: the last label and the blank after it.
    private static Node Ends(GraphBuilder graph, Node last, Node? targetLengths, bool zeroInfinity)
    {
        int count = (int)last.Shape[1].Value;
        Node ends;
        if (targetLengths is null)
        {
            ends = graph.Slice(last, 1, count - 2, 2);
        }
        else
        {
            Node number = graph.Add(new Iota(last.Shape, 1, ElementType.Int32)), length = graph.BroadcastAlong(targetLengths, last.Shape, [0]);
            ScalarExpression isEnd = Both(
                new ScalarExpression.Compare(Comparison.LessOrEqual, Y, 2.0 * Z), new ScalarExpression.Compare(Comparison.GreaterOrEqual, Y, (2.0 * Z) - 1.0));
            ends = graph.Map(new ScalarExpression.Select(isEnd, X, Never), last, number, length);
        }

        Node largest = graph.Add(new StopGradient(), graph.ReduceMax(ends, [1]));
        Node sum = graph.ReduceSum(graph.Map(Call(UnaryFunction.Exp, X - Y), ends, graph.BroadcastAlong(largest, ends.Shape, [0])), [1]);
        Node total = graph.Map(X + Call(UnaryFunction.Log, Y), largest, sum);
        var happens = new ScalarExpression.Compare(Comparison.Greater, X, HardlyEver);
        return graph.Map(new ScalarExpression.Select(happens, -X, zeroInfinity ? 0.0 : double.PositiveInfinity), total);
    }

    // Of whole numbers; half a step away from what floor would round otherwise.
    private static ScalarExpression IsEven(ScalarExpression number) => new ScalarExpression.Compare(
        Comparison.Less, number - (2.0 * Call(UnaryFunction.Floor, (number + 0.5) * 0.5)), 0.5);

    private static ScalarExpression Both(ScalarExpression left, ScalarExpression right) => Call(BinaryFunction.And, left, right);
}
