using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>A layer with the model that is a field and holds it; null for the model's own.</summary>
internal sealed record OwnedLayer(LayerInstance Layer, BlockInstance? Model);

/// <summary>
/// Gives every layer its key in checkpoints: the path of fields that leads to it, positions within arrays and chains as numbers. The order is that of
/// storage: fields as declared, depth
/// first, what is inherited before what is added. A layer that several fields hold has the first one's name.
/// </summary>
internal sealed class LayerNaming(DiagnosticSink sink)
{
    private readonly List<OwnedLayer> layers = [];
    private readonly Dictionary<string, LayerInstance> names = [];
    private readonly HashSet<object> seen = [];

    /// <summary>All layers, in the order of storage.</summary>
    public IReadOnlyList<OwnedLayer> Layers => layers;

    /// <summary>The keys that several layers would have; reported already.</summary>
    public HashSet<string> Duplicates { get; } = new(StringComparer.Ordinal);

    /// <summary>The models that are held, in the order of storage; not those that they hold.</summary>
    public List<BlockInstance> Models { get; } = [];

    /// <summary>The layer that a parameter belongs to, by the parameter's key.</summary>
    public LayerInstance? LayerOf(string parameter)
    {
        for (int dot = parameter.LastIndexOf('.'); dot > 0; dot = parameter.LastIndexOf('.', dot - 1))
            if (names.TryGetValue(parameter.Substring(0, dot), out LayerInstance? layer)) return layer;
        return null;
    }

    /// <summary>Names the layers that an object holds.</summary>
    public void Visit(BlockInstance instance) => Visit(instance, "", null, LayerTraining.Default);

    private void Visit(BlockInstance instance, string prefix, BlockInstance? model, LayerTraining training)
    {
        BlockInstance[] parts = [.. instance.Parts.Reverse()];
        foreach (BlockInstance part in parts)
        {
            part.Prefix = prefix;
            foreach (FieldProgram field in part.Program.Fields)
            {
                if (part.Fields.TryGetValue(field.Name, out object? value))
                    Visit(value, prefix + field.Name, model, Place(part, field.Site), training.Of(field, site => Place(part, site), sink));
            }

            for (int index = 0; index < part.Chain.Count; index++)
            {
                LayerInstance layer = part.Chain[index];
                Visit(layer, prefix + Number(index), model, layer.Arguments.Origin, training.Of(layer, sink));
            }
        }

        // Layers that only a hyperparameter holds have its name.
        foreach (BlockInstance part in parts)
        {
            foreach (HyperParameter parameter in part.Program.HyperParameters)
            {
                if (part.HyperParameters.TryGetValue(parameter.Name, out object? value))
                    Visit(value, prefix + parameter.Name, model, Place(part, parameter.Site), training);
            }
        }
    }

    private void Visit(object? value, string path, BlockInstance? model, Origin place, LayerTraining training)
    {
        switch (value)
        {
            case LayerInstance { Name: null } layer:
                layer.Name = path;
                (layer.IsFrozen, layer.Group) = (training.IsFrozen, training.Group);
                layers.Add(new OwnedLayer(layer, model));
                if (names.ContainsKey(path))
                {
                    Duplicates.Add(path);
                    sink.Report(
                        DiagnosticIds.DuplicateName,
                        place,
                        $"two layers would both be '{path}' in checkpoints; rename a field",
                        DiagnosticProperty.List((DiagnosticProperties.Name, path.Substring(path.LastIndexOf('.') + 1)), (DiagnosticProperties.Kind, "Layer")));
                }
                else names.Add(path, layer);
                break;
            case BlockInstance instance when seen.Add(instance):
                bool isModel = instance.Program.Kind == ClassKind.Model;
                if (isModel && model is null) Models.Add(instance);
                Visit(instance, path + ".", model ?? (isModel ? instance : null), training);
                break;
            case ListValue list when seen.Add(list):
                for (int index = 0; index < list.Items.Count; index++) Visit(list.Items[index], $"{path}.{Number(index)}", model, place, training);
                break;
            case TupleValue tuple:
                for (int index = 0; index < tuple.Items.Count; index++) Visit(tuple.Items[index], $"{path}.{Number(index)}", model, place, training);
                break;
        }
    }

    private static Origin Place(BlockInstance part, int site) => new(new SourceSite(part.Program.MetadataName, site), part.Created);

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
