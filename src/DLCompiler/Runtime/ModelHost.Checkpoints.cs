using System;
using DLCompiler.Checkpoints;

namespace DLCompiler.Runtime;

public sealed partial class ModelHost
{
    /// <summary>
    /// Writes parameters and running statistics to a safetensors file. The file appears whole or not at all. Where a training step runs on another thread, its
    /// end is waited for, and the next one waits for the file.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="System.IO.IOException">The file can't be written; one that existed is as it was.</exception>
    public void Save(string path) => Checkpoint.Save(this, path);

    /// <summary>
    /// Reads parameters and running statistics from a safetensors file and forgets the optimizers' state: the model is as a new one with these parameters.
    /// Where the
    /// file doesn't fit, the model stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, or its tensors are not this model's.</exception>
    /// <exception cref="System.IO.IOException">The file can't be read.</exception>
    public void Load(string path) => Checkpoint.Load(this, path);

    /// <summary>
    /// Reads parameters and running statistics from a safetensors file in which they have other names, or which has some of them; forgets the optimizers' state.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Names, and what may be missing or left over.</param>
    /// <exception cref="ArgumentException">The path is empty, or a name in the map is none of the model's.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, or its tensors do not fit. The model is as it was.</exception>
    /// <exception cref="System.IO.IOException">The file can't be read.</exception>
    public LoadResult Load(string path, LoadOptions options) => Checkpoint.Load(this, path, options);

    /// <summary>
    /// Writes what training needs to go on as if it had not been interrupted to a safetensors file, which appears whole or not at all: the tensors that
    /// <see cref="Save"/> writes, the optimizers' state and counts of steps, and the random streams' position; those of nested models too.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">A training step or Fit of the model runs.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="System.IO.IOException">The file can't be written; one that existed is as it was.</exception>
    public void SaveTrainingState(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively(() =>
        {
            ThrowIfAverages();
            TrainingStateFile.Write(this, path, [], []);
        });
    }

    /// <summary>
    /// Reads what <see cref="SaveTrainingState"/> or a checkpoint of <c>Fit</c> has written: the next step gives the same bits as the step that would have
    /// followed there. Where the file doesn't fit, the model stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, has no state of training, or is that of another model, another optimizer or another
    /// seed.</exception>
    /// <exception cref="InvalidOperationException">A training step or Fit of the model runs.</exception>
    /// <exception cref="System.IO.IOException">The file can't be read.</exception>
    public void LoadTrainingState(string path)
    {
        Exclusively(() =>
        {
            using var state = TrainingStateFile.Open(this, path);
            state.Apply();
            hasAverages = false;
        });
    }

    private void Exclusively(Action action)
    {
        Enter();
        try
        {
            if (!Storage.TryBeginTraining())
            {
                throw new InvalidOperationException(
                    $"A training step or Fit of '{Model.Name}' is running, so the state of training changes. Save and load it between the steps of a loop of " +
                    "your own; FitOptions.Checkpoint writes it while Fit runs.");
            }

            try
            {
                action();
            }
            finally
            {
                Storage.EndTraining();
            }
        }
        finally
        {
            Leave();
        }
    }
}
