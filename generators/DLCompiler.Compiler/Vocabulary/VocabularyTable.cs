using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Losses;
using DLCompiler.Compiler.Vocabulary.Tensors;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>Everything that user bodies can say about tensors, by the names of the public API.</summary>
public static class VocabularyTable
{
    private static readonly Dictionary<(string, string), Operation> Operations = new IEnumerable<Operation>[]
        {
            Activations.Operations,
            Arithmetic.Operations,
            Pools.Operations,
            Shaping.Operations,
            Reductions.Operations,
            Products.Operations,
            Constants.Operations,
            LossTable.Operations,
        }
        .SelectMany(group => group)
        .ToDictionary(operation => (operation.Owner, operation.Method));

    private static readonly Dictionary<string, LayerDefinition> Layers =
        new IEnumerable<LayerDefinition>[]
            {
                [DenseLayer.Definition, BatchNormLayer.Definition, DropoutLayer.Definition, EmbeddingLayer.Definition],
                [Conv2DLayer.Definition, DepthwiseConv2DLayer.Definition, SeparableConv2DLayer.Definition, ConvTranspose2DLayer.Definition],
                Activations.Layers,
                Pools.Layers,
                Shaping.Layers,
            }
            .SelectMany(group => group)
            .ToDictionary(layer => layer.Type, StringComparer.Ordinal);

    // Methods that take elements out of a tensor: their results exist at run time only.
    private static readonly HashSet<string> Readers =
        new(StringComparer.Ordinal) { "Item", "ToArray", "Span", "get_Span", "get_Item", "Equals", "GetHashCode", "ToString" };

    /// <summary>The operation that a method of the public API is; null if there is none.</summary>
    public static Operation? Find(string owner, string method) => Operations.TryGetValue((owner, method), out Operation? operation) ? operation : null;

    /// <summary>The layer that a type of the public API is; null if it isn't one.</summary>
    public static LayerDefinition? FindLayer(string type) => Layers.TryGetValue(type, out LayerDefinition? layer) ? layer : null;

    /// <summary>Whether a member of a tensor gives its elements as ordinary values.</summary>
    public static bool ReadsElements(string owner, string member) =>
        (owner == Operation.Tensor || owner.StartsWith(Operation.Tensor + "`", StringComparison.Ordinal)) && Readers.Contains(member);
}
