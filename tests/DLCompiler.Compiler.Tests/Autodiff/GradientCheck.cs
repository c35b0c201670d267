using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Autodiff;

/// <summary>
/// Compares <see cref="ReverseMode"/> with central differences of the reference interpreter, for the loss Σ w·f(x) with random weights w.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>Checks ∂(Σ w·f)/∂x for every real operand.</summary>
    public static void First(IReadOnlyList<Operand> operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> function)
    {
        var setup = new Setup(operands);
        Node loss = setup.Weighted(function(setup.Graph, setup.Inputs));
        Compare(setup, loss);
    }

    /// <summary>Checks the gradient of a random direction of the gradient: every second derivative.</summary>
    public static void Second(IReadOnlyList<Operand> operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> function)
    {
        var setup = new Setup(operands);
        Node loss = setup.Weighted(function(setup.Graph, setup.Inputs));
        IReadOnlyDictionary<Node, Node> gradients = ReverseMode.Gradients(setup.Graph, loss, setup.Variables);
        Node direction = setup.Variables.Select(variable => setup.Weighted(gradients[variable])).Aggregate((sum, term) => setup.Graph.Add(sum, term));
        Compare(setup, direction);
    }

    private static void Compare(Setup setup, Node loss)
    {
        IReadOnlyDictionary<Node, Node> gradients = ReverseMode.Gradients(setup.Graph, loss, setup.Variables);
        ReferenceTensor[] computed = ReferenceInterpreter.Evaluate([.. setup.Variables.Select(variable => gradients[variable])], setup.Feeds,
            Operand.Symbols, Setup.Random);
        double[][] numeric = [.. setup.Variables.Select(variable => Differences(setup, loss, variable))];

        // Errors are relative to the largest gradient: differences carry the rounding of the whole loss.
        double scale = numeric.SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int v = 0; v < numeric.Length; v++)
        {
            for (int i = 0; i < numeric[v].Length; i++)
            {
                double error = Math.Abs(computed[v].Values[i] - numeric[v][i]) / Math.Max(scale, 0.1);
                Assert.True(error <= Tolerance,
                    $"operand {v}, element {i}: computed {computed[v].Values[i]:R}, differences {numeric[v][i]:R}\n{string.Join("\n", setup.Graph.Nodes)}");
            }
        }
    }

    private static double[] Differences(Setup setup, Node loss, Node variable)
    {
        double[] values = setup.Feeds[variable].Values;
        var result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double original = values[i], step = Step * Math.Max(1, Math.Abs(original));
            double At(double value)
            {
                values[i] = value;
                return ReferenceInterpreter.Evaluate([loss], setup.Feeds, Operand.Symbols, Setup.Random)[0].Values[0];
            }

            result[i] = (At(original + step) - At(original - step)) / (2 * step);
            values[i] = original;
        }

        return result;
    }

    private sealed class Setup
    {
        private readonly Random random = new(20240229);

        public Setup(IReadOnlyList<Operand> operands)
        {
            Inputs = [.. operands.Select(operand => Feed(operand))];
            Variables = [.. Inputs.Where(input => input.Type.Element == ElementType.Float64)];
        }

        public GraphBuilder Graph { get; } = new();

        public Dictionary<Node, ReferenceTensor> Feeds { get; } = [];

        public IReadOnlyList<Node> Inputs { get; }

        public IReadOnlyList<Node> Variables { get; }

        /// <summary>Σ weight·value with random weights.</summary>
        public Node Weighted(Node value) =>
            Graph.ReduceSum(Graph.Multiply(value, Feed(new Operand(value.Type))), Enumerable.Range(0, value.Shape.Rank).ToEquatableArray());

        /// <summary>Reproducible numbers in [0, 1) for random operators.</summary>
        public static double Random(int stream, long index) => new Random((stream * 1000) + (int)index).NextDouble();

        private Node Feed(Operand operand)
        {
            Node node = Graph.Add(new Input($"x{Feeds.Count}", operand.Type));
            Feeds.Add(node, operand.Draw(random));
            return node;
        }
    }
}
