using System;
using System.IO;
using System.Runtime.CompilerServices;
using Xunit;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>Texts that are committed beside the tests: a change is a visible diff. <c>DLC_ACCEPT=1</c> writes them anew.</summary>
internal static class Snapshot
{
    public static void Verify(string name, string actual, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name + ".verified.cs");
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no {path}: run the tests once with DLC_ACCEPT=1 and look at it.");
        Assert.Equal(File.ReadAllText(path).Replace("\r\n", "\n"), actual);
    }
}
