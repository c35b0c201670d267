using System;

namespace DLCompiler;

/// <summary>
/// A model's kernels don't exist: its class had errors when the project was built, or the project was built without the DLCompiler generator. A wrong model
/// never runs.
/// </summary>
public sealed class ModelNotCompiledException : InvalidOperationException
{
    /// <summary>An exception about a model.</summary>
    /// <param name="modelName">The model class's name.</param>
    public ModelNotCompiledException(string modelName)
        : base($"The model '{modelName}' was not compiled, so it can't run. Fix the DLC errors that the build reports for it. " +
               "If there are none, check that the project references the DLCompiler package with its analyzers and that the compiler is recent enough to load them.")
    {
        ModelName = modelName;
    }

    /// <summary>The model class's name.</summary>
    public string ModelName { get; }
}
