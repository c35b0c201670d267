using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>A type of layer: its name in the public API, how its arguments are checked, how it lowers to the graph.</summary>
/// <param name="Type">The metadata name: <c>DLCompiler.Dense</c>.</param>
/// <param name="Check">Throws a <see cref="VocabularyError"/> if the arguments are wrong whatever the input is.</param>
/// <param name="Forward">Lowers a use; the input is the argument <c>x</c>.</param>
/// <param name="HasParameters">Whether it owns trained tensors, so that it must be a field.</param>
/// <param name="HasRow">Whether the summary shows it.</param>
public sealed record LayerDefinition(string Type, Action<ArgumentSet> Check, Func<VocabularyCall, object> Forward, bool HasParameters, bool HasRow = true)
{
    /// <summary>How its methods besides <c>Forward</c> lower, by their names.</summary>
    public IReadOnlyDictionary<string, Func<VocabularyCall, object>> OtherMethods { get; init; } = new Dictionary<string, Func<VocabularyCall, object>>();

    /// <summary>Whether its uses in training move running statistics.</summary>
    public bool HasStates { get; init; }

    /// <summary>How a method lowers; null if there is no such method.</summary>
    public Func<VocabularyCall, object>? Find(string method) =>
        method == "Forward" ? Forward : OtherMethods.TryGetValue(method, out Func<VocabularyCall, object>? other) ? other : null;

    /// <summary>The simple name, as messages and the summary show it.</summary>
    public string Kind => Type.Substring(Type.LastIndexOf('.') + 1);
}
