using System.Collections.Generic;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>
/// What an optimizer's definition writes its rule with. Gradients arrive here clipped and with the penalties' share, weights decayed, as far as the model asks
/// for it.
/// </summary>
public sealed class RuleBuilder
{
    private const string DecayNumber = "WeightDecay";

    private readonly StepOptimization step;
    private readonly ParameterGroup group;
    private readonly List<RuleEntry> entries = [];
    private readonly OptimizerRule? accumulation;
    private OptimizerRule? first;
    private int accumulator = -1;
    private ScalarExpression? newWeight;

    private RuleBuilder(StepOptimization step, ParameterGroup group)
    {
        this.step = step;
        this.group = group;
        if (step.Accumulate > 1) accumulation = Accumulation();
        Gradient = PreparedGradient();
        Weight = Decay == DecayPlace.Weight && Has(DecayNumber)
            ? (Argument("decay", -(LearningRate * Number(DecayNumber))) * RawWeight) + RawWeight
            : RawWeight;
    }

    /// <summary>The gradient that the rule goes on with.</summary>
    public ScalarExpression Gradient { get; }

    /// <summary>The weight that the rule's step is added to.</summary>
    public ScalarExpression Weight { get; }

    /// <summary>The weight as it is stored.</summary>
    public ScalarExpression RawWeight { get; } = new ScalarExpression.Input(OptimizerRule.WeightInput);

    /// <summary>The learning rate of the step, for the parameters at hand.</summary>
    public StepNumber LearningRate => group.RateFactor == 1 ? Symbol("learningRate") : group.RateFactor * Symbol("learningRate");

    /// <summary>The step's number, from 1.</summary>
    public StepNumber Step => Symbol("step");

    /// <summary>Whether the rule has to see to the weight decay.</summary>
    public bool DecaysInRule => Decay == DecayPlace.Rule && Has(DecayNumber);

    private DecayPlace Decay => Has(CommonNumbers.DecoupledDecay) ? DecayPlace.Weight : step.Definition.Decay;

    /// <summary>The rule of the parameters of a group.</summary>
    internal static ParameterRules Build(StepOptimization step, ParameterGroup group, bool hasRows)
    {
        var builder = new RuleBuilder(step, group);
        step.Definition.Write(builder);
        ScalarExpression? weight = builder.Averaged();
        var last = new OptimizerRule(builder.entries.ToEquatableArray(), weight);
        ScalarExpression? longest = hasRows && builder.Has(CommonNumbers.MaxNorm)
            ? builder.Argument("maxNorm", builder.Number(CommonNumbers.MaxNorm)) : null;
        return builder.first is { } update
            ? new ParameterRules(update, last, builder.accumulation, builder.accumulator, longest)
            : new ParameterRules(last, null, builder.accumulation, builder.accumulator, longest);
    }

    /// <summary>Whether a number is not zero, or a switch is on: decided when the model is compiled.</summary>
    public bool Has(string name) => (name == DecayNumber ? group.WeightDecay : null) is { } own ? own != 0 : step.Value(name) != 0;

    /// <summary>A number as the model declares it, for what is compiled in.</summary>
    public double Declared(string name) => step.Value(name);

    /// <summary>One of the optimizer's numbers.</summary>
    public StepNumber Number(string name)
    {
        if (name == DecayNumber && group.WeightDecay is { } own) return own;
        if (!step.Numbers.Exists(known => known.Name == name)) step.Numbers.Add(new OptimizerNumber(name, step.Value(name)));
        return Symbol(VariableName(name));
    }

    /// <summary>A name for an intermediate result.</summary>
    public StepNumber Variable(string name, StepNumber value) => Symbol(Intern(step.Variables, name, value));

    /// <summary>A number that goes from step to step: its value in this step.</summary>
    /// <param name="key">Its name in checkpoints.</param>
    /// <param name="name">A name for it.</param>
    /// <param name="initial">Its value before the first step.</param>
    /// <param name="next">Its value in a step, given that in the one before.</param>
    public StepNumber Carried(string key, string name, double initial, System.Func<StepNumber, StepNumber> next)
    {
        string before = VariableName(name) + "Before", now = Intern(step.Variables, name, next(Symbol(before)));
        if (!step.Carried.Exists(known => known.Key == key)) step.Carried.Add(new CarriedNumber(key, initial, now));
        return Symbol(now);
    }

    /// <summary>A number of the step, rounded once, for use in the rule.</summary>
    public ScalarExpression Argument(string name, StepNumber value)
    {
        string unique = Intern(step.Arguments, name, value);
        return new ScalarExpression.Argument(step.Arguments.FindIndex(known => known.Name == unique), unique);
    }

    /// <summary>What is kept of each weight: its value before the step.</summary>
    /// <param name="key">Its name in checkpoints.</param>
    /// <param name="name">Its name in kernels.</param>
    /// <param name="initial">Its value before the first step.</param>
    public ScalarExpression State(string key, string name, double initial = 0) => State(key, name, initial, startsAsWeights: false);

    /// <summary>Gives what is kept a new value, and returns it.</summary>
    public ScalarExpression Update(ScalarExpression state, ScalarExpression value)
    {
        var entry = (RuleEntry.State)entries[((ScalarExpression.Input)state).Index - OptimizerRule.FirstEntry];
        return Add(new RuleEntry.Computed(entry.Name + "New", value, entry.Slot));
    }

    /// <summary>A value that is used more than once.</summary>
    public ScalarExpression Let(string name, ScalarExpression value) => Add(new RuleEntry.Computed(name, value, null));

    /// <summary>
    /// Ends the pass over the weights with a direction for each; another pass goes on with it, and with the trust ratio of You et al. 2020: the length of the
    /// parameter's weights over that of its direction, 1 where one of them is zero.
    /// </summary>
    public (ScalarExpression Direction, ScalarExpression TrustRatio) Layerwise(ScalarExpression direction)
    {
        first = new OptimizerRule(entries.ToEquatableArray(), direction);
        entries.Clear();
        return (RawGradient, Add(new RuleEntry.Scalar("trustRatio", RuleScalar.TrustRatio)));
    }

    /// <summary>The weight after the step.</summary>
    public void SetWeight(ScalarExpression value) => newWeight = value;

    private static ScalarExpression RawGradient => new ScalarExpression.Input(OptimizerRule.GradientInput);

    // Every step, whether it updates or not.
    private OptimizerRule Accumulation()
    {
        ScalarExpression sum = State("accumulated_gradient", "sum", 0);
        accumulator = ((RuleEntry.State)entries[0]).Slot;
        Update(sum, sum + RawGradient);
        var rule = new OptimizerRule(entries.ToEquatableArray(), null);
        entries.Clear();
        return rule;
    }

    // Clipped first, as PyTorch clips what backward has left; penalties and decay are the optimizer's.
    private ScalarExpression PreparedGradient()
    {
        ScalarExpression gradient = RawGradient;
        if (accumulation is not null)
        {
            ScalarExpression sum = State("accumulated_gradient", "sum", 0);
            gradient = sum * Argument("meanFactor", 1.0 / step.Accumulate);
            Add(new RuleEntry.Computed("cleared", 0, accumulator));
        }

        if (Has(CommonNumbers.ClipNorm)) gradient *= Scalar("clipFactor", RuleScalar.ClipOne, CommonNumbers.ClipNorm);
        if (Has(CommonNumbers.ClipGlobalNorm)) gradient *= Scalar("globalClipFactor", RuleScalar.ClipAll, CommonNumbers.ClipGlobalNorm);
        if (Has(CommonNumbers.ClipValue))
        {
            ScalarExpression limit = Argument("clip", Number(CommonNumbers.ClipValue));
            gradient = new ScalarExpression.Binary(BinaryFunction.Min, new ScalarExpression.Binary(BinaryFunction.Max, gradient, -limit), limit);
        }

        if (Has(CommonNumbers.L1))
            gradient = (Argument("l1", Number(CommonNumbers.L1)) * new ScalarExpression.Unary(UnaryFunction.Sign, RawWeight)) + gradient;
        if (Has(CommonNumbers.L2)) gradient = (Argument("l2", Number(CommonNumbers.L2)) * RawWeight) + gradient;
        if (Decay == DecayPlace.Gradient && Has(DecayNumber)) gradient = (Argument("weightDecay", Number(DecayNumber)) * RawWeight) + gradient;
        return gradient is ScalarExpression.Input ? gradient : Let("g", gradient);
    }

    // Polyak and Juditsky 1992, with exponential weights.
    private ScalarExpression? Averaged()
    {
        if (newWeight is null || !Has(CommonNumbers.AverageDecay)) return newWeight;
        ScalarExpression weight = Let("wNew", newWeight), average = State("average", "average", 0, startsAsWeights: true);
        Update(average, ((weight - average) * Argument("oneMinusAverageDecay", 1 - Number(CommonNumbers.AverageDecay))) + average);
        return weight;
    }

    private ScalarExpression State(string key, string name, double initial, bool startsAsWeights)
    {
        int slot = step.States.FindIndex(known => known.Key == key);
        if (slot < 0)
        {
            slot = step.States.Count;
            step.States.Add(new OptimizerStateSpecification(key, name, initial, startsAsWeights));
        }

        return Add(new RuleEntry.State(name, slot));
    }

    // What computes the factor finds the limit among the arguments.
    private ScalarExpression Scalar(string name, RuleScalar kind, string limit)
    {
        Argument(VariableName(limit), Number(limit));
        return Add(new RuleEntry.Scalar(name, kind));
    }

    private ScalarExpression Add(RuleEntry entry)
    {
        entries.Add(entry);
        return new ScalarExpression.Input(OptimizerRule.FirstEntry + entries.Count - 1);
    }

    private static StepNumber Symbol(string name) => new(new ScalarExpression.Argument(0, name));

    private static string VariableName(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    // Rules of several groups have the same arguments, but for those that depend on what the groups differ in.
    private static string Intern(List<StepVariable> variables, string name, StepNumber value)
    {
        string unique = name;
        for (int number = 2; ; number++)
        {
            if (variables.Find(known => known.Name == unique) is not { } known)
            {
                variables.Add(new StepVariable(unique, value.Expression));
                return unique;
            }

            if (known.Value == value.Expression) return unique;
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
