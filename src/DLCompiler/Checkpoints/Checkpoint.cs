using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Checkpoints;

/// <summary>A model's parameters and running statistics in a safetensors file, under their names, in canonical shapes.</summary>
internal static class Checkpoint
{
    /// <summary>Writes all tensors; the file appears whole or not at all.</summary>
    public static void Save(ModelHost host, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        host.Enter();
        try
        {
            lock (host.Storage.ChangeGate) SafetensorsWriter.Write(path, [.. host.Parameters.Select(view => view.Stored())], []);
        }
        finally
        {
            host.Leave();
        }
    }

    /// <summary>Reads all tensors; where anything doesn't fit, none is changed.</summary>
    public static void Load(ModelHost host, string path)
    {
        host.ThrowIfDisposed();
        using var file = CheckpointFile.Open(path);
        var read = ReadWeights(file, host.Parameters);
        lock (host.Storage.ChangeGate)
        {
            foreach (var (view, values) in read) view.CopyFrom(values);
            host.ResetOptimizers();
        }
    }

    /// <summary>The tensors' values in the file, all of them checked.</summary>
    public static List<(ParameterView View, float[] Values)> ReadWeights(CheckpointFile file, ParameterSet parameters)
    {
        file.CheckWeights(parameters);
        return [.. parameters.Select(view => (view, file.Read(view.Name, view.Shape)))];
    }
}
