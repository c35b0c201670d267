using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>A model's tensors: the trained parameters in storage order, then the running statistics.</summary>
public sealed class ParameterSet : IReadOnlyCollection<ParameterView>
{
    private readonly ParameterView[] views;
    private readonly Dictionary<string, ParameterView> byName;

    internal ParameterSet(ModelHost host)
    {
        views = [.. host.Model.Parameters.Select(p => new ParameterView(host, p)), .. host.Model.States.Select(s => new ParameterView(host, s))];
        byName = views.ToDictionary(v => v.Name, StringComparer.Ordinal);
    }

    /// <summary>The number of tensors.</summary>
    public int Count => views.Length;

    /// <summary>A tensor by its key in checkpoints, such as <c>conv1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public ParameterView this[string name] => byName.TryGetValue(name, out var view) ? view
        : throw new KeyNotFoundException($"The model has no parameter '{name}'. Its parameters are: {string.Join(", ", views.Select(v => v.Name))}.");

    /// <summary>Looks for a tensor by its key in checkpoints.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterView? view) => byName.TryGetValue(name, out view);

    /// <inheritdoc/>
    public IEnumerator<ParameterView> GetEnumerator() => ((IEnumerable<ParameterView>)views).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
