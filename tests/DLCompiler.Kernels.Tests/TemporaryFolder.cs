using System;
using System.IO;
using System.IO.Compression;

namespace DLCompiler.Kernels.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("dlcompiler-").FullName;

    public string Path(string name) => System.IO.Path.Combine(path, name);

    public string Write(string name, byte[] content, bool compressed)
    {
        string file = Path(name);
        using Stream stream = compressed ? new GZipStream(File.Create(file), CompressionLevel.Optimal) : File.Create(file);
        stream.Write(content);
        return file;
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
