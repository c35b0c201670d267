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

    /// <summary>Reads those tensors that options allow, under the names that they have in the file; where anything doesn't fit, none is changed.</summary>
    public static LoadResult Load(ModelHost host, string path, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        host.ThrowIfDisposed();
        var map = new NameMap(options.Names);
        var names = host.Parameters.Select(view => (View: view, InFile: map.InFile(view.Name))).ToList();
        map.CheckUsed();
        var transposed = TransposedMatrices.Of(host.Parameters, options);
        using var file = CheckpointFile.Open(path);
        var (found, missing, unused) = file.Match(names, options, transposed);
        var read = found.ConvertAll(item => (item.View, Values: transposed.Read(file, item.View, item.InFile)));
        lock (host.Storage.ChangeGate)
        {
            foreach (var (view, values) in read) view.CopyFrom(values);
            host.ResetOptimizers();
        }

        return new LoadResult([.. found.Select(item => item.View.Name)], missing, unused);
    }

    /// <summary>The tensors' values in the file, all of them checked.</summary>
    public static List<(ParameterView View, float[] Values)> ReadWeights(CheckpointFile file, ParameterSet parameters)
    {
        file.CheckWeights(parameters);
        return [.. parameters.Select(view => (view, file.Read(view.Name, view.Shape)))];
    }
}
