using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>Where a layer that is called eagerly finds its trained numbers: a compiled model's storage. Compiled models implement it; users don't.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParameterSource
{
    /// <summary>A copy of the parameter or state with a checkpoint key such as <c>conv1.weight</c>, in its canonical shape; null if the model has none of
    /// this name.</summary>
    /// <param name="name">The checkpoint key.</param>
    Tensor? Find(string name);
}
