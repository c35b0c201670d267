using System;
using System.IO;

namespace DLCompiler.Runtime.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    public string[] Names() => [.. Array.ConvertAll(folder.GetFiles(), file => file.Name)];

    public void Dispose() => folder.Delete(recursive: true);
}
