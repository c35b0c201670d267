using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>What the emitted part of a model class tells the runtime about it. Emitted code implements it; users don't.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IModelSurface
{
    /// <summary>The object's tie to its storage.</summary>
    ModelLink Link { get; }

    /// <summary>What the compiler emitted for the class; null for a wrong model.</summary>
    CompiledModel? Compile();

    /// <summary>Ties the fields that are layers or models themselves to the storage.</summary>
    void AttachParts(ModelHost host);
}
