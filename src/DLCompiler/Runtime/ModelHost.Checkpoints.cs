using DLCompiler.Checkpoints;

namespace DLCompiler.Runtime;

public sealed partial class ModelHost
{
    /// <summary>Writes parameters and running statistics to a safetensors file. The file appears whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="System.IO.IOException">The file can't be written.</exception>
    public void Save(string path) => Checkpoint.Save(Parameters, path);

    /// <summary>
    /// Reads parameters and running statistics from a safetensors file and forgets the optimizers' state: the model is as a new one with these parameters.
    /// Where the
    /// file doesn't fit, the model stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is damaged, or its tensors are not this model's.</exception>
    /// <exception cref="System.IO.IOException">The file can't be read.</exception>
    public void Load(string path)
    {
        Checkpoint.Load(Parameters, path);
        ResetOptimizers();
    }
}
