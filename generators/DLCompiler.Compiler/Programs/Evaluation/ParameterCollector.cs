using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Gathers the parameters and states that functions reached, in the order of storage. Those of a model that is a field are one run, the same as in that
/// model itself.
/// </summary>
internal sealed class ParameterCollector(LayerNaming naming, IReadOnlyDictionary<string, EvaluationResult> models, DiagnosticSink sink)
{
    private readonly List<ParameterSpecification> parameters = [];
    private readonly List<StateSpecification> states = [];
    private readonly List<NestedModel> nested = [];

    /// <summary>The trained tensors.</summary>
    public IReadOnlyList<ParameterSpecification> Parameters => parameters;

    /// <summary>The running statistics.</summary>
    public IReadOnlyList<StateSpecification> States => states;

    /// <summary>The runs of models that are fields.</summary>
    public IReadOnlyList<NestedModel> Nested => nested;

    /// <summary>Gathers.</summary>
    public void Collect()
    {
        var done = new HashSet<BlockInstance>();
        foreach (OwnedLayer owned in naming.Layers)
        {
            if (owned.Model is { } model && done.Add(model)) AddModel(model);
            foreach (ParameterSpecification parameter in owned.Layer.Parameters) Add(parameter, owned.Layer);
            foreach (StateSpecification state in owned.Layer.States)
            {
                if (states.All(known => known.Name != state.Name)) states.Add(state);
            }
        }
    }

    private void AddModel(BlockInstance model)
    {
        if (!models.TryGetValue(model.Program.MetadataName, out EvaluationResult? result) || result.Model is not { } graph) return;
        nested.Add(new NestedModel(
            model.Prefix!.TrimEnd('.'), model.Program.MetadataName, parameters.Count, graph.Parameters.Count, states.Count, graph.States.Count));
        parameters.AddRange(graph.Parameters.Select(parameter =>
            parameter with { Name = model.Prefix + parameter.Name, Group = naming.LayerOf(model.Prefix + parameter.Name)?.Group ?? ParameterGroup.Default }));
        states.AddRange(graph.States.Select(state => state with { Name = model.Prefix + state.Name }));
    }

    private void Add(ParameterSpecification parameter, LayerInstance layer)
    {
        ParameterSpecification? known = parameters.FirstOrDefault(other => other.Name == parameter.Name);
        if (known is null) parameters.Add(parameter with { Group = layer.Group });
        else if (known.Shape != parameter.Shape && layer.FirstUse is { } use && !naming.Duplicates.Contains(layer.Name!))
        {
            sink.Report(
                DiagnosticIds.TiedSize,
                use,
                $"{layer.Quoted} has weights {known.Shape} in the model that holds it, but needs {parameter.Shape} here; give both inputs the same size");
        }
    }
}
