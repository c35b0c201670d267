using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>A call in progress: whose code runs, and what it returned.</summary>
/// <param name="instance">The object that the code runs on; static code runs on the object that asked for it, for its static fields.</param>
/// <param name="inField">Whether fields are being initialised: layers may be made then, tensors not.</param>
internal sealed class Frame(BlockInstance instance, bool inField = false)
{
    /// <summary>The object that the code runs on.</summary>
    public BlockInstance Instance { get; } = instance;

    /// <summary>Whether fields are being initialised.</summary>
    public bool InField { get; } = inField;

    /// <summary>What the call returned.</summary>
    public object? ReturnValue { get; set; }

    /// <summary>The returned expression; null before.</summary>
    public int? ReturnSite { get; set; }

    /// <summary>The place with a number in the code that runs.</summary>
    public Origin At(int site) => new(new SourceSite(Instance.Program.MetadataName, site), Instance.Created);
}
