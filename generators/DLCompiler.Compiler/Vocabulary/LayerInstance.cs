using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>A layer that the user created: it has identity, so that using it twice shares its weights.</summary>
public sealed class LayerInstance(LayerDefinition definition, ArgumentSet arguments)
{
    private readonly List<ParameterSpecification> parameters = [];
    private readonly List<StateSpecification> states = [];

    /// <summary>Its type.</summary>
    public LayerDefinition Definition { get; } = definition;

    /// <summary>The constructor's arguments.</summary>
    public ArgumentSet Arguments { get; } = arguments;

    /// <summary>Its key in checkpoints (<c>blocks.0.conv1</c>); null until a field is found that holds it.</summary>
    public string? Name { get; set; }

    /// <summary>Whether nothing of it changes in training.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The optimizer's numbers for its parameters.</summary>
    public ParameterGroup Group { get; set; } = ParameterGroup.Default;

    /// <summary>Whether it is an attribute of a chain.</summary>
    public bool InChain { get; init; }

    /// <summary>Whether its arguments are wrong: reported already, so that its uses are silent.</summary>
    public bool IsInvalid { get; set; }

    /// <summary>Whether anything was passed through it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>As messages show it: <c>'fc1'</c>, or <c>[Dense]</c> in a chain.</summary>
    public string Quoted => InChain ? $"[{Definition.Kind}]" : $"'{Name}'";

    /// <summary>The input size that its parameters are made for, once it is used.</summary>
    public long? BoundInput { get; private set; }

    /// <summary>The shape of its first input.</summary>
    public Shape FirstShape { get; private set; }

    /// <summary>Where it was used first.</summary>
    public Origin? FirstUse { get; private set; }

    /// <summary>The trained tensors of the uses so far.</summary>
    public IReadOnlyList<ParameterSpecification> Parameters => parameters;

    /// <summary>The running statistics of the uses so far.</summary>
    public IReadOnlyList<StateSpecification> States => states;

    /// <summary>Remembers the input size of the first use.</summary>
    public void Bind(long inputs, Shape shape, Origin use)
    {
        if (FirstUse is not null) return;
        BoundInput = inputs;
        FirstShape = shape;
        FirstUse = use;
    }

    /// <summary>The specification with this name; the given one, if it is new.</summary>
    public ParameterSpecification Declare(ParameterSpecification specification)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Name == specification.Name) is { } known) return known;
        parameters.Add(specification);
        return specification;
    }

    /// <summary>The specification with this name; the given one, if it is new.</summary>
    public StateSpecification Declare(StateSpecification specification)
    {
        if (states.FirstOrDefault(state => state.Name == specification.Name) is { } known) return known;
        states.Add(specification);
        return specification;
    }
}
