using System.Collections.Generic;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Onnx;

/// <summary>What an import may assume that the file doesn't say.</summary>
/// <param name="Batched">Inputs whose first size is the batch, whatever the file says.</param>
/// <param name="Known">Values of inputs that are the same at every call: shapes, axes. They are compiled in.</param>
/// <param name="Batch">The batch's size, where it is the same at every call: what is computed from it stays known. 0 where it is not.</param>
public sealed record OnnxAssumptions(IReadOnlyCollection<string> Batched, IReadOnlyDictionary<string, OnnxTensor> Known, int Batch = 0)
{
    /// <summary>Nothing but what the file says.</summary>
    public static OnnxAssumptions None { get; } = new([], new Dictionary<string, OnnxTensor>());
}

/// <summary>An imported model.</summary>
/// <param name="Model">The graph, with one function <c>Predict</c>.</param>
/// <param name="Inputs">The names of the function's inputs, in order: those of the file without what is known.</param>
/// <param name="Parameters">The parameters' values, by their names in <paramref name="Model"/>.</param>
public sealed record OnnxImport(ModelGraph Model, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, OnnxTensor> Parameters);
