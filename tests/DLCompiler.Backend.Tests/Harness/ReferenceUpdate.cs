using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Tests.Reference;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>A step's update in naive loops: rules evaluated for one weight after the other, norms as plain sums.</summary>
internal sealed class ReferenceUpdate(StepOptimization step, double[] arguments)
{
    private readonly ScalarEvaluation evaluation = new(_ => throw new InvalidOperationException("no sizes"), index => arguments[index]);

    /// <summary>The parameters after the step.</summary>
    /// <param name="values">Those before it.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="states">What the optimizer keeps of each, by slot and element; changed.</param>
    /// <param name="updates">Whether the step updates, where gradients are accumulated.</param>
    public Dictionary<string, double[]> Apply(
        IReadOnlyDictionary<string, ReferenceTensor> values, IReadOnlyDictionary<string, ReferenceTensor> gradients, IReadOnlyDictionary<string, double[][]> states,
        bool updates)
    {
        Dictionary<string, double[]> effective = gradients.ToDictionary(gradient => gradient.Key, gradient => gradient.Value.Values);
        var result = new Dictionary<string, double[]>();
        if (step.Accumulate > 1)
        {
            foreach ((string name, double[] gradient) in effective.ToList())
            {
                ParameterRules rules = step.RulesOf(name);
                Run(rules.Accumulation!, values[name].Values, gradient, states[name], []);
                effective[name] = [.. states[name][rules.AccumulatorSlot].Select(sum => sum / step.Accumulate)];
                result[name] = values[name].Values;
            }
        }

        if (!updates) return result;
        double all = Clip("ClipGlobalNorm", Math.Sqrt(effective.Values.Sum(Square)));
        foreach ((string name, double[] gradient) in effective)
        {
            ParameterRules rules = step.RulesOf(name);
            double[] weights = values[name].Values;
            var scalars = new Dictionary<RuleScalar, double> { [RuleScalar.ClipAll] = all, [RuleScalar.ClipOne] = Clip("ClipNorm", Math.Sqrt(Square(gradient))) };
            double[] after = Run(rules.Update, weights, gradient, states[name], scalars);
            if (rules.Then is { } then)
            {
                double length = Math.Sqrt(Square(weights)), direction = Math.Sqrt(Square(after));
                scalars[RuleScalar.TrustRatio] = length > 0 && direction > 0 ? length / direction : 1;
                after = Run(then, weights, after, states[name], scalars);
            }

            if (rules.MaxNorm is { } limit) Shorten(after, values[name].Shape[0], evaluation.Evaluate(limit));
            result[name] = after;
        }

        return result;
    }

    private double[] Run(OptimizerRule rule, double[] weights, double[] gradient, double[][] states, Dictionary<RuleScalar, double> scalars)
    {
        var result = new double[weights.Length];
        for (int element = 0; element < weights.Length; element++)
        {
            var inputs = new List<double> { gradient[element], weights[element] };
            foreach (RuleEntry entry in rule.Entries)
            {
                inputs.Add(entry switch
                {
                    RuleEntry.State state => states[state.Slot][element],
                    RuleEntry.Scalar scalar => scalars[scalar.Kind],
                    RuleEntry.Computed computed => evaluation.Evaluate(computed.Value, [.. inputs]),
                    _ => throw new InvalidOperationException($"{entry} is no entry of a rule."),
                });
                if (entry is RuleEntry.Computed { Slot: { } slot }) states[slot][element] = inputs[^1];
            }

            if (rule.Result is { } expression) result[element] = evaluation.Evaluate(expression, [.. inputs]);
        }

        return result;
    }

    private double Clip(string number, double norm) => step.Value(number) == 0 ? 1 : Math.Min(1, step.Value(number) / (norm + 1e-6));

    private static void Shorten(double[] weights, int rows, double limit)
    {
        foreach (Memory<double> row in Enumerable.Range(0, rows).Select(row => weights.AsMemory(row * (weights.Length / rows), weights.Length / rows)))
        {
            double norm = Math.Sqrt(Square(row.ToArray()));
            for (int i = 0; norm > limit && i < row.Length; i++) row.Span[i] *= limit / (norm + 1e-7);
        }
    }

    private static double Square(double[] values) => values.Sum(value => value * value);
}
