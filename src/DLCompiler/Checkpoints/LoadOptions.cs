using System;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>How <c>Load</c> finds a model's tensors in a file that has others, or other names: weights of another model, or of another framework.</summary>
/// <example><code>model.Load("resnet.safetensors", new LoadOptions
/// {
///     Names = new Dictionary&lt;string, string&gt; { ["backbone."] = "features.", ["head.weight"] = "fc.weight" },
///     AllowMissing = true,
///     AllowUnused = true,
/// });</code></example>
public sealed class LoadOptions
{
    /// <summary>
    /// From names in the model to names in the file. A name that ends in a dot stands for all that begins with it; of several that fit, the longest counts. What
    /// none fits has the same name in both.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Names in the model of matrices that the file has transposed: other libraries keep a layer's weight as [inputs, outputs], where PyTorch has [outputs, inputs].
    /// </summary>
    public IReadOnlyCollection<string> Transposed { get; init; } = [];

    /// <summary>Whether tensors of the model that the file lacks keep their values. Otherwise they are an error.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether the file may have tensors that are not loaded. Otherwise they are an error.</summary>
    public bool AllowUnused { get; init; }
}

/// <summary>What <c>Load</c> did.</summary>
/// <param name="Loaded">The model's tensors that were loaded, in the model's order.</param>
/// <param name="Missing">The model's tensors that the file lacks, which kept their values.</param>
/// <param name="Unused">The file's tensors that were not loaded, in the file's order.</param>
public sealed record LoadResult(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused);
