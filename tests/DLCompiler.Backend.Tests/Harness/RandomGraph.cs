using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>A random model: so many random operations on values of random shapes, from a seed. A shorter one from the same seed is its beginning, which is how failures shrink.</summary>
public sealed class RandomGraph
{
    private static readonly UnaryFunction[] Functions = [UnaryFunction.Tanh, UnaryFunction.Sigmoid, UnaryFunction.Softplus, UnaryFunction.Erf, UnaryFunction.Sin, UnaryFunction.Abs, UnaryFunction.Negate];

    private readonly Random random;
    private readonly GraphCase model;
    private readonly GraphBuilder graph = new();
    private readonly List<Node> values = [];
    private readonly HashSet<Node> used = [];
    private int parameters;

    private RandomGraph(int seed, int length)
    {
        random = new Random(seed);
        model = new GraphCase($"seed {seed}, {length} operations");
        var inputs = new List<Node>();
        for (int input = 0; input < 2; input++)
        {
            Dimension[] sample = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Dimension)random.Next(1, 9))];
            inputs.Add(GraphCase.Input(graph, "x" + input, [GraphCase.N, .. sample]));
        }

        values.AddRange(inputs);
        for (int operation = 0; operation < length; operation++)
        {
            graph.Label = "op" + operation;
            if (Next() is { } value && value.Shape.Skip(1).Aggregate(1L, (product, size) => product * size.Value) <= 2000) values.Add(value);
        }

        // Every value that nothing uses goes into the loss; each once more through a function, so that gradients differ from element to element.
        graph.Label = "loss";
        Node[] ends = [.. values.Where(value => !used.Contains(value))];
        Node loss = ends.Select(end => graph.Mean(graph.Map(new ScalarExpression.Unary(UnaryFunction.Tanh, new ScalarExpression.Input(0) + 0.3), end))).Aggregate((sum, term) => graph.Add(sum, term));
        model.Step(graph, inputs, loss);
    }

    public static GraphCase Create(int seed, int length) => new RandomGraph(seed, length).model;

    private Node? Next()
    {
        Node x = values[random.Next(values.Count)];
        int rank = x.Shape.Rank, axis = random.Next(1, Math.Max(2, rank));
        switch (random.Next(17))
        {
            case 0:
                return graph.Map(new ScalarExpression.Unary(Functions[random.Next(Functions.Length)], new ScalarExpression.Input(0)), Use(x));
            case 1:
                return graph.Relu(Use(x));
            case 2 when values.FirstOrDefault(other => other != x && other.Shape == x.Shape) is { } other:
                return random.Next(2) == 0 ? graph.Add(Use(x), Use(other)) : graph.Multiply(Use(x), Use(other));
            case 3 when rank >= 2:
                // A weight along one axis, or on every element.
                int[] axes = random.Next(2) == 0 ? [axis] : [.. Enumerable.Range(1, rank - 1)];
                return graph.Multiply(Use(x), graph.BroadcastAlong(Parameter(StorageKind.RowMajor, [.. axes.Select(a => x.Shape[a].Value)]), x.Shape, [.. axes]));
            case 4 when rank == 2:
                long outputs = random.Next(1, 40);
                Node product = graph.Add(new Contract(false, true), Use(x), Parameter(StorageKind.Panels, outputs, x.Shape[1].Value));
                return graph.Add(product, graph.BroadcastAlong(Parameter(StorageKind.RowMajor, outputs), product.Shape, [1]));
            case 5 when rank == 4:
                return Convolution(x);
            case 6 when rank == 4 && x.Shape[2].Value > 1 && x.Shape[3].Value > 1:
                var pool = new PoolGeometry(2, 2, random.Next(1, 3), 2, random.Next(2), 0);
                return graph.Add(random.Next(2) == 0 ? new MaxPool(pool) : new AveragePool(pool), Use(x));
            case 7 when rank >= 3:
                return graph.Flatten(Use(x));
            case 8 when rank >= 2:
                return random.Next(2) == 0 ? graph.Mean(Use(x), [axis], random.Next(2) == 0) : graph.ReduceSum(graph.Map(ScalarExpressions.Square, Use(x)), [axis]);
            case 9 when rank >= 3:
                return graph.ReduceMax(Use(x), [axis]);
            case 10 when rank >= 2 && x.Shape[axis].Value > 1:
                int start = random.Next((int)x.Shape[axis].Value);
                return graph.Slice(Use(x), axis, start, random.Next(1, (int)x.Shape[axis].Value - start + 1));
            case 11 when rank >= 2 && values.FirstOrDefault(other => other != x && other.Shape.Rank == rank && Enumerable.Range(0, rank).All(a => a == axis || other.Shape[a] == x.Shape[a])) is { } other:
                return graph.Concat(axis, Use(x), Use(other));
            case 12 when rank >= 3:
                return graph.Transpose(Use(x), rank - 2 == 0 ? 1 : rank - 2, rank - 1);
            case 13 when rank >= 2:
                return graph.Pad(Use(x), axis, random.Next(3), random.Next(3));
            case 14 when rank is 2 or 3:
                return graph.Add(new Softmax(), Use(x));
            case 15 when rank == 3:
                // xᵀ·x, x·xᵀ, and x·(xᵀ·x).
                Node gram = graph.Add(new Contract(true, false), Use(x), x);
                return random.Next(3) switch { 0 => gram, 1 => graph.Add(new Contract(false, true), x, x), _ => graph.Add(new Contract(false, false), x, gram) };
            case 16 when rank is 2 or 4:
                Compiler.EquatableArray<int> batch = [.. Enumerable.Range(0, rank).Where(a => a != 1)];
                long channels = x.Shape[1].Value;
                return graph.Add(new BatchNormalize(0.1), Use(x), Parameter(StorageKind.RowMajor, channels), Parameter(StorageKind.RowMajor, channels), graph.Mean(x, batch), graph.Variance(x, batch));
            default:
                return graph.Map((new ScalarExpression.Input(0) * 0.7) + 0.1, Use(x));
        }
    }

    private Node Convolution(Node x)
    {
        int kernel = random.Next(1, 4), groups = x.Shape[1].Value % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
        int padding = Math.Max(random.Next(3), Math.Max(0, (kernel - (int)Math.Min(x.Shape[2].Value, x.Shape[3].Value) + 1) / 2));
        var geometry = new ConvolutionGeometry(random.Next(1, 3), random.Next(1, 3), padding, padding, 1, 1, groups);
        Node result = graph.Add(new Convolve(geometry), Use(x), Parameter(StorageKind.RowMajor, groups * random.Next(1, 5), x.Shape[1].Value / groups, kernel, kernel));
        return random.Next(2) == 0 ? result : graph.Add(result, graph.BroadcastAlong(Parameter(StorageKind.RowMajor, result.Shape[1].Value), result.Shape, [1]));
    }

    private Node Parameter(StorageKind storage, params long[] shape) => model.Parameter(graph, "p" + parameters++, storage, shape);

    private Node Use(Node node)
    {
        used.Add(node);
        return node;
    }
}
