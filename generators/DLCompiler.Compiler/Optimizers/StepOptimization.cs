using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>What an optimizer keeps of each parameter, in a block that is laid out as the parameters'.</summary>
/// <param name="Key">Its name in checkpoints: <c>exp_avg</c>.</param>
/// <param name="Name">Its name in kernels: <c>m</c>.</param>
/// <param name="Initial">Its elements before the first step.</param>
/// <param name="StartsAsWeights">Whether it begins as a copy of the weights instead.</param>
public sealed record OptimizerStateSpecification(string Key, string Name, double Initial, bool StartsAsWeights);

/// <summary>A number that goes from one step to the next.</summary>
/// <param name="Key">Its name in checkpoints: <c>mu_product</c>.</param>
/// <param name="Initial">Its value before the first step.</param>
/// <param name="Next">The local variable that holds its value after the step.</param>
public sealed record CarriedNumber(string Key, double Initial, string Next);

/// <summary>A variable of the method that computes a step's numbers.</summary>
public sealed record StepVariable(string Name, ScalarExpression Value);

/// <summary>
/// A step's optimizer, with its numbers put in: the rule of every parameter, the state that there is, and the numbers that kernels get. Parameters with the same
/// options share a rule; rules share the arguments that are the same for them.
/// </summary>
public sealed class StepOptimization
{
    private readonly Dictionary<string, ParameterRules> rules = [];

    private StepOptimization(OptimizerSpecification specification, OptimizerDefinition definition)
    {
        Specification = specification;
        Definition = definition;
    }

    /// <summary>What the model says.</summary>
    public OptimizerSpecification Specification { get; }

    /// <summary>The optimizer.</summary>
    public OptimizerDefinition Definition { get; }

    /// <summary>The learning rate, unless the caller gives another.</summary>
    public double LearningRate => Value("LearningRate");

    /// <summary>The numbers that rules use, with their values; a caller may change them from step to step.</summary>
    public List<OptimizerNumber> Numbers { get; } = [];

    /// <summary>What is kept of each parameter, by slots.</summary>
    public List<OptimizerStateSpecification> States { get; } = [];

    /// <summary>Numbers that go from one step to the next.</summary>
    public List<CarriedNumber> Carried { get; } = [];

    /// <summary>Intermediate results on the way to the arguments, in order.</summary>
    public List<StepVariable> Variables { get; } = [];

    /// <summary>What kernels get, by number.</summary>
    public List<StepVariable> Arguments { get; } = [];

    /// <summary>The switches that are on and change the code, by their names.</summary>
    public IEnumerable<string> Switches => Definition.Numbers.Concat(CommonNumbers.All)
        .Where(number => number.Range == NumberRange.Switch && Value(number.Name) != number.Default).Select(number => number.Name);

    /// <summary>Makes the rules of all parameters of a model.</summary>
    public static StepOptimization Create(OptimizerSpecification specification, IEnumerable<ParameterSpecification> parameters)
    {
        OptimizerDefinition definition = OptimizerTable.Find(specification.Kind)
            ?? throw new System.ArgumentException($"There is no optimizer {specification.Kind}.", nameof(specification));
        var step = new StepOptimization(specification, definition);
        var byGroup = new Dictionary<(ParameterGroup Group, bool HasRows), ParameterRules>();
        bool vectorsDecay = step.Value(CommonNumbers.DecayVectors) != 0;
        foreach (ParameterSpecification parameter in parameters)
        {
            ParameterGroup group = parameter.Group;
            if (!vectorsDecay && parameter.Shape.Rank < 2) group = group with { WeightDecay = group.WeightDecay ?? 0 };
            bool hasRows = parameter.Shape.Rank > 1;
            if (!byGroup.TryGetValue((group, hasRows), out ParameterRules? rules)) byGroup.Add((group, hasRows), rules = RuleBuilder.Build(step, group, hasRows));
            step.rules.Add(parameter.Name, rules);
        }

        return step;
    }

    /// <summary>Steps in an update.</summary>
    public int Accumulate => (int)Value(CommonNumbers.Accumulate);

    /// <summary>The argument that one of its numbers is for kernels.</summary>
    public ScalarExpression ArgumentOf(string number)
    {
        string name = char.ToLowerInvariant(number[0]) + number.Substring(1);
        return new ScalarExpression.Argument(Arguments.FindIndex(argument => argument.Name == name), name);
    }

    /// <summary>What is done to a parameter.</summary>
    public ParameterRules RulesOf(string parameter) => rules[parameter];

    /// <summary>A number's value in the model: what it is set to, or the definition's.</summary>
    public double Value(string name) => Specification.Find(name) ?? Definition.Number(name)?.Default ?? 0;
}
