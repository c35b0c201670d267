using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>What is wrong with a use of a layer or an operation. The evaluator reports it and goes on with a poisoned value.</summary>
public sealed class VocabularyError(string id, Origin origin, string message, params Origin[] additional) : Exception(message)
{
    /// <summary>The diagnostic's id.</summary>
    public string Id { get; } = id;

    /// <summary>The smallest expression that is wrong.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>The other parties.</summary>
    public Origin[] Additional { get; } = additional;

    /// <summary>The tensors whose shapes it is about, at most two; null for all that go in.</summary>
    public IReadOnlyList<Node>? Tensors { get; init; }

    /// <summary>Whether it is wrong however the block around it is created: its place is then in the block.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether a warning may be the cause of a mistake further on: an error about what is made from it then says so, and stands for both.</summary>
    public bool ExplainsShapes { get; init; }

    /// <summary>What a code fix needs to know.</summary>
    public EquatableArray<DiagnosticProperty> Properties { get; init; } = [];
}
