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

    /// <summary>Names the layers that an object holds.</summary>
    public void Visit(BlockInstance instance) => Visit(instance, "", null);

    private void Visit(BlockInstance instance, string prefix, BlockInstance? model)
    {
        BlockInstance[] parts = [.. instance.Parts.Reverse()];
        foreach (BlockInstance part in parts)
        {
            part.Prefix = prefix;
            foreach (FieldProgram field in part.Program.Fields)
            {
                if (part.Fields.TryGetValue(field.Name, out object? value)) Visit(value, prefix + field.Name, model, Place(part, field.Site));
            }

            for (int index = 0; index < part.Chain.Count; index++) Visit(part.Chain[index], prefix + Number(index), model, part.Chain[index].Arguments.Origin);
        }

        // Layers that only a hyperparameter holds have its name.
        foreach (BlockInstance part in parts)
        {
            foreach (HyperParameter parameter in part.Program.HyperParameters)
            {
                if (part.HyperParameters.TryGetValue(parameter.Name, out object? value))
                    Visit(value, prefix + parameter.Name, model, Place(part, parameter.Site));
            }
        }
    }

    private void Visit(object? value, string path, BlockInstance? model, Origin place)
    {
        switch (value)
        {
            case LayerInstance { Name: null } layer:
                layer.Name = path;
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
                Visit(instance, path + ".", model ?? (isModel ? instance : null));
                break;
            case ListValue list when seen.Add(list):
                for (int index = 0; index < list.Items.Count; index++) Visit(list.Items[index], $"{path}.{Number(index)}", model, place);
                break;
            case TupleValue tuple:
                for (int index = 0; index < tuple.Items.Count; index++) Visit(tuple.Items[index], $"{path}.{Number(index)}", model, place);
                break;
        }
    }

    private static Origin Place(BlockInstance part, int site) => new(new SourceSite(part.Program.MetadataName, site), part.Created);

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
