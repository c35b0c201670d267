using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>A random model: so many random operations on values of random shapes, from a seed. A shorter one from the same seed is its beginning, and
/// operations can be left out: so failures shrink.</summary>
public sealed class RandomGraph
{
    private static readonly UnaryFunction[] Functions = [UnaryFunction.Tanh, UnaryFunction.Sigmoid, UnaryFunction.Softplus, UnaryFunction.Erf,
        UnaryFunction.Sin, UnaryFunction.Negate, UnaryFunction.Abs];

    private readonly Random random;
    private readonly GraphCase model;
    private readonly GraphBuilder graph = new();
    private readonly List<Node> values = [];
    private readonly List<Node> inputs = [];
    private readonly HashSet<Node> used = [];
    private readonly bool smooth;
    private int parameters;

    private RandomGraph(int seed, int length, IReadOnlyCollection<int> without, bool smooth, bool marked)
    {
        Random? marks = marked ? new Random(seed) : null;
        this.smooth = smooth;
        random = new Random(seed);
        model = new GraphCase($"seed {seed}, {length} operations{(without.Count == 0 ? "" : " without " + string.Join(", ", without))}");
        for (int input = 0; input < 2; input++)
        {
            // Every other model begins with images.
            int rank = input == 0 && seed % 2 == 0 ? 3 : random.Next(1, 4);
            Dimension[] sample = [.. Enumerable.Range(0, rank).Select(_ => (Dimension)random.Next(1, 9))];
            inputs.Add(GraphCase.Input(graph, "x" + input, [GraphCase.N, .. sample]));
        }

        values.AddRange(inputs);
        for (int operation = 0; operation < length; operation++)
        {
            graph.Label = "op" + operation;
            if (Next() is not { } value || !IsSmall(value.Shape) || values.Contains(value) || without.Contains(operation)) continue;
            values.Add(marks?.Next(2) == 0 ? graph.Add(new Recompute(0), value) : value);
        }

        // Every value that nothing uses goes into the loss; each once more through a function, so that gradients differ from element to element.
        graph.Label = "loss";
        Node[] ends = [.. values.Where(value => !used.Contains(value))];
        Node loss = ends.Select(end => graph.Mean(graph.Map(new ScalarExpression.Unary(UnaryFunction.Tanh, new ScalarExpression.Input(0) + 0.3), end)))
            .Aggregate((sum, term) => graph.Add(sum, term));
        model.Step(graph, inputs, loss);
        if (seed % 3 == 0) model.Predict(graph, inputs, ends);
    }

    /// <param name="seed">Which model.</param>
    /// <param name="length">How many operations.</param>
    /// <param name="without">Operations to leave out.</param>
    /// <param name="smooth">Leaves out functions with kinks.</param>
    /// <param name="marked">Marks every other value to be computed again by the backward pass.</param>
    public static GraphCase Create(int seed, int length, IReadOnlyCollection<int>? without = null, bool smooth = false, bool marked = false) =>
        new RandomGraph(seed, length, without ?? [], smooth, marked).model;

    private Node? Next()
    {
        Node x = values[random.Next(values.Count)];
        int rank = x.Shape.Rank;
        if (rank == 0) return graph.Map((new ScalarExpression.Input(0) * 0.7) + 0.1, Use(x));

        // One time in four along any axis, the batch included; else along those of a sample.
        int axis = random.Next(4) == 0 ? random.Next(rank) : random.Next(1, Math.Max(2, rank));
        if (axis >= rank) axis = 0;
        bool isConstant = x.Shape[axis].IsConstant, isImage = rank == 4 && x.Shape.Skip(1).All(size => size.IsConstant) && x.Shape[0]
            .TryDivide(GraphCase.N, out Dimension copies) && copies.IsConstant;
        int kind = isImage && random.Next(3) == 0 ? random.Next(5, 7) : random.Next(25);
        if (smooth && (kind is 1 or 9)) kind = 0;
        switch (kind)
        {
            case 0:
                return graph.Map(new ScalarExpression.Unary(Functions[random.Next(smooth ? Functions.Length - 1 : Functions.Length)],
                    new ScalarExpression.Input(0)), Use(x));
            case 1:
                return random.Next(2) == 0 ? graph.Relu(Use(x)) : graph.LeakyRelu(Use(x), 0.1);
            case 2 when values.LastOrDefault(other => other != x && Broadcasting.TryCombine(x.Shape, other.Shape, out Shape common, out _)
                && IsSmall(common)) is { } other:
                return random.Next(smooth ? 2 : 3) switch
                {
                    0 => graph.Add(Use(x), Use(other)),
                    1 => graph.Multiply(Use(x), Use(other)),
                    _ =>
                    graph.Maximum(Use(x), Use(other))
                };
            case 3:
                // A weight along one axis, or on every element.
                int[] axes = [.. Enumerable.Range(0, rank).Where(a => x.Shape[a].IsConstant && (a == axis || random.Next(2) == 0))];
                return axes.Length == 0 ? null
                    : graph.Multiply(Use(x), graph.BroadcastAlong(Parameter(StorageKind.RowMajor, [.. axes.Select(a => x.Shape[a].Value)]), x.Shape,
                        [.. axes]));
            case 4 when x.Shape[rank - 1].IsConstant:
                return Dense(x);
            case 5 when isImage:
            case 17 when isImage:
                return Convolution(x);
            case 6 when isImage && x.Shape[2].Value > 1 && x.Shape[3].Value > 1:
                var pool = new PoolGeometry(2, 2, random.Next(1, 3), 2, random.Next(2), 0);
                return graph.Add(random.Next(2) == 0 && !smooth ? new MaxPool(pool) : new AveragePool(pool), Use(x));
            case 7 when rank >= 3:
                return graph.Flatten(Use(x), random.Next(1, rank - 1));
            case 8:
                return Reduction(x);
            case 9:
                return random.Next(2) == 0 ? graph.ReduceMax(Use(x), [axis]) : graph.ReduceMin(Use(x), [axis], keepDimensions: true);
            case 10 when isConstant && x.Shape[axis].Value > 1:
                int step = random.Next(1, 3), start = random.Next((int)x.Shape[axis].Value);
                return graph.Slice(Use(x), axis, start, random.Next(1, (((int)x.Shape[axis].Value - start - 1) / step) + 2), step);
            case 11 when values.FirstOrDefault(other => other != x && other.Shape.Rank == rank && isConstant && other.Shape[axis].IsConstant
                && Enumerable.Range(0, rank).All(a => a == axis || other.Shape[a] == x.Shape[a])) is { } other:
                return graph.Concat(axis, Use(x), Use(other));
            case 12 when rank >= 2:
                int first = random.Next(rank), second = random.Next(rank);
                return random.Next(3) > 0 && Math.Min(first, second) == 0 ? null : graph.Transpose(Use(x), first, second);
            case 13 when isConstant:
                return graph.Pad(Use(x), axis, random.Next(3), random.Next(3));
            case 14:
                return graph.Softmax(Use(x), axis);
            case 15 when rank == 3:
                // xᵀ·x, x·xᵀ, and x·(xᵀ·x).
                Node gram = graph.Add(new Contract(true, false), Use(x), x);
                return random.Next(3) switch
                {
                    0 => gram,
                    1 => graph.Add(new Contract(false, true), x, x),
                    _ =>
                    graph.Add(new Contract(false, false), x, gram)
                };
            case 16 when rank is 2 or 3 or 4 && x.Shape[1].IsConstant:
                Compiler.EquatableArray<int> batch = [.. Enumerable.Range(0, rank).Where(a => a != 1)];
                long channels = x.Shape[1].Value;
                return graph.Add(new BatchNormalize(0.1), Use(x), Parameter(StorageKind.RowMajor, channels), Parameter(StorageKind.RowMajor, channels),
                    graph.Moments(x, batch).Mean, graph.Moments(x, batch).Variance);
            case 18 when rank == 2:
                // Every row with every other, or every column.
                Node product = graph.Add(random.Next(2) == 0 ? new Contract(false, true) : new Contract(true, false), Use(x), x);
                return IsSmall(product.Shape) ? graph.Map(ScalarExpressions.Tanh, product) : null;
            case 19:
                return graph.Flip(Use(x), axis);
            case 20 when rank >= 2 && x.Shape[0] == GraphCase.N:
                // A second batch behind the first.
                return graph.Concat(0, Use(x), graph.Map(ScalarExpressions.Tanh, x));
            case 21 when rank >= 2:
                // Rows of all samples.
                return graph.Reshape(Use(x), new Shape(new Shape(x.Shape.Take(rank - 1)).ElementCount, x.Shape[rank - 1]));
            case 22:
                return Rows();
            case 23 when values.FirstOrDefault(other => other.Shape.Rank >= 2 && rank >= 2 && other.Shape.Rank == rank && other.Shape.Take(rank - 2)
                .SequenceEqual(x.Shape.Take(rank - 2))
                && other.Shape[rank - 2] == x.Shape[rank - 1] && IsSmall(x.Shape.With(rank - 1, other.Shape[rank - 1]))) is { } other:
                return graph.Add(new Contract(false, false), Use(x), Use(other));
            case 24 when rank == 2 && x.Shape[1].IsConstant:
                // A parameter that is used as it lies and transposed.
                Node weight = Parameter(StorageKind.Panels, x.Shape[1].Value, random.Next(1, 20));
                Node hidden = graph.Map(ScalarExpressions.Tanh, graph.Add(new Contract(false, false), Use(x), weight));
                return random.Next(2) == 0 ? hidden : graph.Add(new Contract(false, true), hidden, weight);
            default:
                return graph.Map((new ScalarExpression.Input(0) * 0.7) + 0.1, Use(x));
        }
    }

    private Node Dense(Node x)
    {
        int rank = x.Shape.Rank;
        long inputs = x.Shape[rank - 1].Value, outputs = random.Next(1, 40);
        Node rows = graph.Reshape(Use(x), new Shape(new Shape(x.Shape.Take(rank - 1)).ElementCount, inputs));
        Node product = graph.Add(new Contract(false, true), rows, Parameter(StorageKind.Panels, outputs, inputs));
        product = graph.Add(product, graph.BroadcastAlong(Parameter(StorageKind.RowMajor, outputs), product.Shape, [1]));
        return graph.Reshape(random.Next(2) == 0 ? product : smooth ? graph.Tanh(product) : graph.Relu(product), x.Shape.With(rank - 1, outputs));
    }

    private Node Reduction(Node x)
    {
        int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Where(axis => random.Next(axis == 0 ? 4 : 2) == 0)];
        if (axes.Length == 0) axes = [x.Shape.Rank - 1];
        Compiler.EquatableArray<int> reduced = [.. axes];
        return random.Next(2) == 0 ? graph.Mean(Use(x), reduced, random.Next(2) == 0) : graph.Mean(graph.Map(ScalarExpressions.Square, Use(x)), reduced);
    }

    // Rows of a table by the caller's ids.
    private Node Rows()
    {
        Dimension[] shape = random.Next(2) == 0 ? [GraphCase.N] : [GraphCase.N, random.Next(1, 6)];
        Node ids = GraphCase.Labels(graph, "ids" + parameters, shape);
        inputs.Add(ids);
        Node wanted = shape.Length == 2 && random.Next(2) == 0 ? graph.Slice(ids, 1, 0, random.Next(1, (int)shape[1].Value + 1)) : ids;
        return graph.Add(new Gather(), Parameter(StorageKind.RowMajor, random.Next(2, 9), random.Next(1, 19)), wanted);
    }

    // Per sample, or per pair of samples.
    private static bool IsSmall(Shape shape) => shape.Aggregate(1L, (product, size) => product * (size.IsConstant ? size.Value : 1)) <= 1500
        && shape.ElementCount.Terms.All(term => term.Monomial is "" or "N" or "N*N") && shape.ElementCount.Terms.Length == 1;

    private Node Convolution(Node x)
    {
        int kernel = random.Next(1, 4), groups = x.Shape[1].Value % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
        int padding = Math.Max(random.Next(3), Math.Max(0, (kernel - (int)Math.Min(x.Shape[2].Value, x.Shape[3].Value) + 1) / 2));
        var geometry = new ConvolutionGeometry(random.Next(1, 3), random.Next(1, 3), padding, padding, 1, 1, groups);
        Node result =
            graph.Add(new Convolve(geometry), Use(x), Parameter(StorageKind.RowMajor, groups * random.Next(1, 5), x.Shape[1].Value / groups, kernel, kernel));
        return random.Next(2) == 0 ? result
            : graph.Add(result, graph.BroadcastAlong(Parameter(StorageKind.RowMajor, result.Shape[1].Value), result.Shape, [1]));
    }

    private Node Parameter(StorageKind storage, params long[] shape) => model.Parameter(graph, "p" + parameters++, storage, shape);

    private Node Use(Node node)
    {
        used.Add(node);
        return node;
    }
}
