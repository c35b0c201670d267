using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>
/// Evaluates graphs with naive loops in double precision, operator by operator: the oracle that derivatives, rewrites and compiled code are tested against.
/// One method per operator, grouped in the Reference* classes beside this one.
/// </summary>
public sealed class ReferenceInterpreter
{
    private readonly IReadOnlyDictionary<string, long> symbols;
    private readonly Func<int, long, double>? random;
    private readonly IReadOnlyList<double>? arguments;
    private readonly ScalarEvaluation scalars;
    private readonly Dictionary<Node, ReferenceTensor> values;

    // In the body of a loop, how many steps came before this one: random tensors go on counting their elements.
    private long steps;

    private ReferenceInterpreter(
        IReadOnlyDictionary<Node, ReferenceTensor> feeds, IReadOnlyDictionary<string, long>? symbols, Func<int, long, double>? random,
            IReadOnlyList<double>? arguments)
    {
        this.symbols = symbols ?? new Dictionary<string, long>();
        this.random = random;
        this.arguments = arguments;
        scalars = new ScalarEvaluation(
            name => this.symbols[name],
            number => arguments is null ? throw new ArgumentException("No arguments were given.", nameof(arguments)) : arguments[number]);
        values = feeds.ToDictionary(feed => feed.Key, feed => feed.Value);
    }

    /// <summary>The values of nodes.</summary>
    /// <param name="outputs">The nodes to evaluate.</param>
    /// <param name="feeds">The values of inputs, parameters and states. Any other node may be fed as well and is then not computed.</param>
    /// <param name="symbols">The symbolic sizes.</param>
    /// <param name="random">The random number of (stream, element index), in [0, 1).</param>
    /// <param name="arguments">The values of <see cref="ScalarExpression.Argument"/>s.</param>
    public static ReferenceTensor[] Evaluate(
        IReadOnlyList<Node> outputs,
        IReadOnlyDictionary<Node, ReferenceTensor> feeds,
        IReadOnlyDictionary<string, long>? symbols = null,
        Func<int, long, double>? random = null,
        IReadOnlyList<double>? arguments = null)
    {
        var interpreter = new ReferenceInterpreter(feeds, symbols, random, arguments);
        foreach ((Node node, ReferenceTensor value) in feeds)
        {
            if (!value.Shape.SequenceEqual(interpreter.Sizes(node.Shape)))
                throw new ArgumentException($"{node} was given a value of shape [{string.Join(", ", value.Shape)}].", nameof(feeds));
        }

        return [.. outputs.Select(interpreter.Value)];
    }

    private ReferenceTensor Value(Node node)
    {
        if (values.TryGetValue(node, out ReferenceTensor? known)) return known;
        ReferenceTensor[] inputs = [.. node.Inputs.Select(Value)];
        ReferenceTensor value = Apply(node, inputs);
        if (!value.Shape.SequenceEqual(Sizes(node.Shape)))
            throw new InvalidOperationException($"{node} was inferred otherwise than it was computed: [{string.Join(", ", value.Shape)}].");
        values.Add(node, value);
        return value;
    }

    private ReferenceTensor Apply(Node node, ReferenceTensor[] inputs) => node.Operator switch
    {
        Input or Parameter or State => throw new ArgumentException($"{node} was given no value."),
        Constant constant => ReferenceElementwise.Constant(constant, Sizes(node.Shape)),
        Iota iota => ReferenceElementwise.Iota(iota, Sizes(node.Shape)),
        RandomUniform uniform => ReferenceElementwise.RandomUniform(uniform, Sizes(node.Shape), steps,
            random ?? throw new ArgumentException("No random numbers were given.")),
        StopGradient or Recompute => inputs[0],
        Map map => ReferenceElementwise.Map(map, inputs, scalars),
        Broadcast broadcast => ReferenceViews.Broadcast(broadcast, inputs[0], Sizes(node.Shape)),
        Reshape => inputs[0] with { Shape = Sizes(node.Shape) },
        Permute permute => ReferenceViews.Permute(permute, inputs[0]),
        Slice slice => ReferenceViews.Slice(slice, inputs[0]),
        Pad pad => ReferenceViews.Pad(pad, inputs[0]),
        Concat concat => ReferenceViews.Concat(concat, inputs),
        Flip flip => ReferenceViews.Flip(flip, inputs[0]),
        Reduce reduce => ReferenceReductions.Reduce(reduce, inputs[0]),
        Softmax => ReferenceReductions.Softmax(inputs[0]),
        SoftmaxGradient => ReferenceReductions.SoftmaxGradient(inputs[0], inputs[1]),
        SoftmaxCrossEntropy => ReferenceReductions.SoftmaxCrossEntropy(inputs[0], inputs[1]),
        SoftmaxCrossEntropyGradient => ReferenceReductions.SoftmaxCrossEntropyGradient(inputs[0], inputs[1], inputs[2]),
        Attention attention => ReferenceAttention.Attention(attention.Form, inputs),
        AttentionLogSum attention => ReferenceAttention.LogSum(attention.Form, [.. node.Inputs[0].Inputs.Select(Value)]),
        AttentionGradient gradient => ReferenceAttention.Gradient(gradient.Form, gradient.Of, inputs),
        BatchNormalize normalize => ReferenceReductions.BatchNormalize(normalize, inputs),
        Contract contract => ReferenceContractions.Contract(contract, inputs[0], inputs[1]),
        Convolve convolve => ReferenceConvolutions.Convolve(convolve.Geometry, inputs[0], inputs[1]),
        ConvolveInputGradient gradient => ReferenceConvolutions.InputGradient(gradient.Geometry, inputs[0], inputs[1], Sizes(gradient.InputShape)),
        ConvolveWeightGradient gradient => ReferenceConvolutions.WeightGradient(gradient.Geometry, inputs[0], inputs[1], Sizes(gradient.WeightShape)),
        MaxPool pool => ReferencePooling.MaxPool(pool.Geometry, inputs[0]),
        MaxPoolIndex pool => ReferencePooling.MaxPoolIndex(pool.Geometry, inputs[0]),
        MaxPoolGradient pool => ReferencePooling.MaxPoolGradient(pool.Geometry, inputs[0], inputs[1], Sizes(pool.InputShape)),
        AveragePool pool => ReferencePooling.AveragePool(pool.Geometry, inputs[0]),
        AveragePoolGradient pool => ReferencePooling.AveragePoolGradient(pool.Geometry, inputs[0], Sizes(pool.InputShape)),
        Recurrence recurrence => ReferenceLines.Recur(recurrence, inputs),
        TakeAlong take => ReferenceLines.Take(take.Axis, inputs[0], inputs[1], Sizes(node.Shape)),
        AddAlong add => ReferenceLines.Add(add.Axis, inputs[0], inputs[1], Sizes(node.Shape)),
        ArgSort sort => ReferenceLines.Sort(sort, inputs[0], Sizes(node.Shape)),
        Gather => ReferenceTables.Gather(inputs[0], inputs[1]),
        ScatterAdd scatter => ReferenceTables.ScatterAdd(inputs[0], inputs[1], Sizes(scatter.TableShape)),
        UpdateSlice update => ReferenceTables.UpdateSlice(update, inputs[0], inputs[1], inputs[2]),
        SliceAt slice => ReferenceTables.SliceAt(slice, inputs[0], inputs[1], Sizes(node.Shape)),
        Loop loop => ReferenceLoops.Run(loop, inputs, EvaluateBody),
        _ => throw new NotSupportedException($"The reference does not know {node.Operator.Name}."),
    };

    /// <summary>One step of a loop.</summary>
    private ReferenceTensor[] EvaluateBody(SubGraph body, IReadOnlyList<ReferenceTensor> arguments, int step, int count)
    {
        var feeds = new Dictionary<Node, ReferenceTensor>();
        for (int i = 0; i < arguments.Count; i++) feeds.Add(body.Parameters[i], arguments[i]);
        var interpreter = new ReferenceInterpreter(feeds, symbols, random, this.arguments) { steps = (steps * count) + step };
        return [.. body.Results.Select(interpreter.Value)];
    }

    private int[] Sizes(Shape shape) => [.. shape.Dimensions.Select(size => (int)size.Evaluate(name => symbols[name]))];
}
