using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>
/// Everything that user bodies can say about tensors, by the names of the public API: what the static properties of the classes in this folder declare.
/// A new operation, layer or loss is a file with such a property, and nothing else names it.
/// </summary>
public static class VocabularyTable
{
    private static readonly Dictionary<(string, string), Operation> Operations =
        Declared<IEnumerable<Operation>>().SelectMany(group => group).ToDictionary(operation => (operation.Owner, operation.Method));

    private static readonly Dictionary<string, LayerDefinition> Layers =
        Declared<IEnumerable<LayerDefinition>>().SelectMany(group => group).Concat(Declared<LayerDefinition>())
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

    // The values of all static properties of a type, in the order of the classes' names.
    private static IEnumerable<T> Declared<T>()
    {
        string space = typeof(VocabularyTable).Namespace + ".";
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return typeof(VocabularyTable).Assembly.GetTypes()
            .Where(type => type.Namespace is { } name && name.StartsWith(space, StringComparison.Ordinal))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => type.GetProperties(Any))
            .Where(property => property.PropertyType == typeof(T))
            .Select(property => (T)property.GetValue(null)!);
    }
}
