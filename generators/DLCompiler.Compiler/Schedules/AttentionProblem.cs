using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// What the kernels of attention and of its gradient share: sizes, operands where they lie, which keys a query sees, the packing of keys in panels, and the
/// walk over a row of scores.
/// </summary>
internal sealed class AttentionProblem
{
    /// <summary>Keys of a panel.</summary>
    public const int PanelWidth = 16;

    private readonly SchedulingContext context;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly Node node;
    private readonly Dimension shift;
    private readonly Buffer? lengths, bias, numbers;
    private Value.Variable? lengthsAt, biasAt, numbersAt;

    public AttentionProblem(SchedulingContext context, ElementEmitter emitter, Node node, AttentionForm form)
    {
        (this.context, this.emitter, this.node, Form) = (context, emitter, node, form);
        kernel = emitter.Kernel;
        (Shape query, Shape key) = form.Shapes([.. node.Inputs.Select(input => input.Type)]);
        (Samples, Queries, Keys, Depth) = (query[0], query[1], key[1], query[3].Value);
        shift = Keys - Queries;
        (MostQueries, MostKeys) = (SizeSymbol.AtBounds(Queries).Value, SizeSymbol.AtBounds(Keys).Value);
        AttentionView first = AttentionView.Of(context, node.Inputs[0]);
        (QueryView, KeyView, ValueView) = form.IsPacked ? (first, first.FromHead(form.Heads), first.FromHead(form.Heads + form.KeyHeads))
            : (first, AttentionView.Of(context, node.Inputs[1]), AttentionView.Of(context, node.Inputs[2]));
        if (form.HasLengths) lengths = context.InRows(node.Inputs[form.LengthsIndex]);
        if (form.HasBias) bias = context.InOwnRows(node.Inputs[form.BiasIndex]);
        if (form.DropRate > 0 && !context.Fusion.IsInlined(node.Inputs[form.NumbersIndex])) numbers = context.InOwnRows(node.Inputs[form.NumbersIndex]);
    }

    public AttentionForm Form { get; }

    public Dimension Samples { get; }

    public Dimension Queries { get; }

    public Dimension Keys { get; }

    public long Depth { get; }

    /// <summary>Sizes at their bounds, which memory is planned for.</summary>
    public long MostQueries { get; }

    /// <inheritdoc cref="MostQueries"/>
    public long MostKeys { get; }

    public AttentionView QueryView { get; }

    public AttentionView KeyView { get; }

    public AttentionView ValueView { get; }

    /// <summary>Elements of a vector, and what holds so many.</summary>
    public int Lanes => context.Target.Lanes;

    public ValueKind Pack => context.Target.Pack;

    /// <summary>The depth in whole vectors.</summary>
    public long PaddedDepth => (Depth + Lanes - 1) / Lanes * Lanes;

    /// <summary>Whether rows have to be copied, so that whole vectors of them end in zeros.</summary>
    public bool CopiesRows => PaddedDepth != Depth;

    /// <summary>Whether a query's keys depend on its position.</summary>
    public bool IsMasked => Form.Before is not null || Form.After is not null;

    /// <summary>Whether the kernels can compute it: memory can be planned for the numbers of queries and keys.</summary>
    public static bool Applies(Node node)
    {
        AttentionForm? form = FormOf(node);
        if (form is null) return true;
        if (node.Operator is AttentionGradient { Of: AttentionOperand.Bias } || (form.IsContinued && node.Operator is not Attention)) return false;
        IReadOnlyList<Node> inputs = node.Operator is AttentionLogSum ? node.Inputs[0].Inputs : node.Inputs;
        (Shape query, Shape key) = form.Shapes([.. inputs.Select(input => input.Type)]);
        return SizeSymbol.AtBounds(query[1]).IsConstant && SizeSymbol.AtBounds(key[1]).IsConstant
            && (!form.HasBias || inputs[form.BiasIndex].Shape.ElementCount.Terms.Length == 1);
    }

    /// <summary>The form of an attention's operators; null for any other.</summary>
    public static AttentionForm? FormOf(Node node) => node.Operator switch
    {
        Attention attention => attention.Form,
        AttentionLogSum logSum => logSum.Form,
        AttentionGradient gradient => gradient.Form,
        _ => null,
    };

    /// <summary>The position of a row's first element: that of a sample, a head and a step.</summary>
    public Value At(AttentionView view, Value sample, Value head, Value step) =>
        emitter.Size(view.Offset) + (sample * emitter.Size(view.Strides[0])) + (head * emitter.Size(view.Strides[2])) + (step * view.RowStride);

    /// <summary>How many of a sample's keys count.</summary>
    public Value CountKeys(Value sample)
    {
        if (lengths is null) return emitter.Size(Keys);
        lengthsAt ??= emitter.Reference(lengths);
        Value given = context.LoadIndex(lengths, lengthsAt, sample);
        if (Form.IsContinued) given += emitter.Size(Queries);
        return kernel.Let("count", Value.Larger(0, Value.Smaller(emitter.Size(Keys), given)));
    }

    /// <summary>The first key that a query sees, before all limits.</summary>
    /// <param name="query">The query.</param>
    /// <param name="keys">The sample's keys; null where all samples have as many.</param>
    public Value FirstKey(Value query, Value? keys = null) => query + Shift(keys) - Form.Before!.Value;

    /// <summary>The key after the last that a query sees, before all limits.</summary>
    /// <param name="query">The query.</param>
    /// <param name="keys">The sample's keys; null where all samples have as many.</param>
    public Value EndKey(Value query, Value? keys = null) => query + Shift(keys) + (Form.After!.Value + 1);

    /// <summary>The first query that sees a key.</summary>
    public Value FirstQuery(Value key) => key - emitter.Size(shift) - Form.After!.Value;

    /// <summary>The query after the last that sees a key.</summary>
    public Value EndQuery(Value key) => key - emitter.Size(shift) + (Form.Before!.Value + 1);

    // How far the first query stands behind the first key.
    private Value Shift(Value? keys) => Form.IsContinued && keys is not null ? keys - emitter.Size(Queries) : emitter.Size(shift);

    /// <summary>A whole number of steps that covers an index.</summary>
    public static Value Up(Value index, long step) => step == 1 ? index : (index + (step - 1)) / step * step;

    /// <summary>The last multiple of a step up to an index.</summary>
    public static Value Down(Value index, long step) => step == 1 ? index : index / step * step;

    /// <summary>Packs rows in panels of sixteen, [⌈rows/16⌉][depth][16].</summary>
    public void PackPanels(Value.Variable from, AttentionView view, Value at, Value count, Value.Variable to) =>
        kernel.For("panel", 0, (count + (PanelWidth - 1)) / PanelWidth, 1, panel => kernel.Add(new KernelStatement.Primitive("Lanes.TransposeToLanes",
        [
            new Value.Shifted(from, at + (panel * (PanelWidth * view.RowStride))), view.RowStride, new Value.Shifted(to, panel * (PanelWidth * Depth)), Depth,
            new Value.ToInt32(Value.Smaller(PanelWidth, count - (panel * PanelWidth))),
        ])));

    /// <summary>Copies rows, each padded with zeros to whole vectors.</summary>
    public void CopyRows(Value.Variable from, AttentionView view, Value at, Value count, Value.Variable to) =>
        kernel.For("step", 0, count, 1, step =>
        {
            Value source = at + (step * view.RowStride), target = step * PaddedDepth;
            long whole = Depth / Lanes * Lanes;
            if (whole > 0)
                kernel.For("d", 0, whole, Lanes, d => kernel.Store(to, target + d, new Value.Load(from, source + d, Pack)));
            kernel.For("d", whole, Depth, 1, d => kernel.Store(to, target + d, new Value.Load(from, source + d, ValueKind.Real)));
            kernel.For("d", Depth, PaddedDepth, 1, d => kernel.Store(to, target + d, new Value.Literal(0, ValueKind.Real)));
        });

    /// <summary>Sets elements to zero, by whole vectors.</summary>
    public void Clear(Value.Variable at, Value start, Value end) =>
        kernel.For("z", start, end, Lanes, z => kernel.Store(at, z, new Value.Literal(0, Pack)));

    /// <summary>Walks over the vectors of a row's scores.</summary>
    public void Each(Value start, Value end, Action<Value> body) => kernel.For("j", start, end, Lanes, body);

    /// <summary>Adds the bias to a row of scores.</summary>
    /// <param name="scores">Where the row stands.</param>
    /// <param name="place">Sample, head, query and the number of the row's first key.</param>
    /// <param name="keys">The sample's keys; null where all samples have as many.</param>
    public void AddBias(Value.Variable scores, Value row, (Value Sample, Value Head, Value Query, Value Key) place, Value start, Value end, Value? keys = null)
    {
        if (bias is null) return;
        biasAt ??= emitter.Reference(bias);
        IReadOnlyList<Dimension> strides = bias.Strides;
        Value Step(int axis) => bias.Shape[axis] == Dimension.One ? 0 : emitter.Size(strides[axis]);
        Value at = (place.Sample * Step(0)) + (place.Head * Step(1));
        at += Form.Reach is { } reach ? reach - Shift(keys) - place.Query
            : Form.IsRelative ? emitter.Size(Queries) - place.Query : place.Query * Step(2);
        bool varies = bias.Shape[3] != Dimension.One;
        Value.Variable first = kernel.Let("biasRow", varies ? at + place.Key : at);
        Each(start, end, j =>
        {
            Value term = varies ? new Value.Load(biasAt, first + j, Pack) : Splat(new Value.Load(biasAt, first, ValueKind.Real));
            kernel.Store(scores, row + j, Apply(Operation.Add, new Value.Load(scores, row + j, Pack), term));
        });
    }

    /// <summary>Puts a number in the lanes of a row's first and last vector that the query does not see.</summary>
    /// <param name="values">Where the row stands.</param>
    /// <param name="number">The number.</param>
    public void MaskEdges(Value.Variable values, Value row, Value first, Value end, double number)
    {
        if (Lanes == 1) return;
        Value other = new Value.Literal(number, Pack), start = Down(first, Lanes), stop = Up(end, Lanes);
        if (end is not Value.Integer known || known.Number % Lanes != 0)
        {
            kernel.If(stop, ">", start, () =>
            {
                Value.Variable at = kernel.Let("edge", row + stop - Lanes);
                kernel.Store(values, at, Select(new Value.FirstLanes(end - stop + Lanes), new Value.Load(values, at, Pack), other));
            });
        }

        if (Form.Before is null) return;
        kernel.If(stop, ">", start, () =>
        {
            Value.Variable at = kernel.Let("edge", row + start);
            kernel.Store(values, at, Select(new Value.FirstLanes(first - start), other, new Value.Load(values, at, Pack)));
        });
    }

    /// <summary>What a vector of weights is multiplied by, as a mask of those that are kept; null without dropout.</summary>
    public Func<Value, Value>? Kept((Value Sample, Value Head, Value Query, Value Key) place)
    {
        if (Form.DropRate == 0) return null;
        Node drawn = node.Inputs[Form.NumbersIndex];
        Value row = ((((place.Sample * Form.Heads) + place.Head) * emitter.Size(Queries)) + place.Query) * emitter.Size(drawn.Shape[3]);
        Value.Variable first = kernel.Let("draw", row + place.Key);
        Value rate = new Value.Literal(Form.DropRate, Pack);
        if (numbers is null)
        {
            kernel.UsesRandomNumbers = true;
            int stream = ((RandomUniform)drawn.Operator).Stream;
            Value earlier = emitter.OfEarlierSteps(drawn);
            return j => new Value.Apply(Operation.GreaterOrEqual, [new Value.Uniform(stream, earlier + first + j, Pack), rate], ValueKind.Mask);
        }

        numbersAt ??= emitter.Reference(numbers);
        return j => new Value.Apply(Operation.GreaterOrEqual, [new Value.Load(numbersAt, first + j, Pack), rate], ValueKind.Mask);
    }

    /// <summary>A weight that is kept, scaled up, or zero.</summary>
    public Value Dropped(Value weight, Value kept) => Select(kept, Apply(Operation.Multiply, weight, new Value.Literal(1 / (1 - Form.DropRate), Pack)),
        new Value.Literal(0, Pack));

    /// <summary>An operation on vectors, or on elements where there are none.</summary>
    public Value Apply(Operation operation, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), Pack);

    /// <summary>An operation on elements.</summary>
    public static Value Scalar(Operation operation, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), ValueKind.Real);

    /// <summary>One of two elements, by whether a third one equals a number.</summary>
    public static Value Where(Value element, double number, Value equal, Value other) => Scalar(Operation.Select,
        new Value.Apply(Operation.Equal, [element, new Value.Literal(number, ValueKind.Real)], ValueKind.Mask), equal, other);

    /// <summary>An element in all lanes.</summary>
    public Value Splat(Value element) => Pack == ValueKind.Vector ? new Value.Splat(element) : element;

    /// <summary>All lanes of a vector combined.</summary>
    public Value Across(Operation operation, Value vector) => Pack == ValueKind.Vector ? new Value.Combine(operation, vector) : vector;

    private Value Select(Value condition, Value a, Value b) => new Value.Apply(Operation.Select, [condition, a, b], Pack);
}
