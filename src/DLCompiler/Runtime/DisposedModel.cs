using System;

namespace DLCompiler.Runtime;

/// <summary>What every use of a disposed model gets.</summary>
internal static class DisposedModel
{
    public static ObjectDisposedException Exception(string model) => new(
        model,
        $"'{model}' is disposed, and its parameters are gone with it. Dispose of a model after its last use on any thread, or create a new one and load a " +
        "saved file.");
}
