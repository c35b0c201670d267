using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace DLCompiler.Tests.PublicApi;

public sealed class PublicApiTests
{
    /// <summary>
    /// The public interface stands beside the test, so that a change to it is a visible diff. <c>DLC_ACCEPT=1</c> writes it anew. What the generator adds to
    /// models stands in its own snapshots.
    /// </summary>
    [Fact]
    public void The_public_interface_is_as_committed()
    {
        string path = Baseline();
        string actual = "// The public interface of DLCompiler, the same for every target framework. Written by the tests with DLC_ACCEPT=1.\n\n"
            + ApiText.Of(Library.Assembly);
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1") File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"There is no {path}: run the tests once with DLC_ACCEPT=1 and look at it.");
        Assert.Equal(File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal), actual);
    }

    /// <summary>One text serves all target frameworks because the sources are the same for all of them.</summary>
    [Fact]
    public void No_source_depends_on_the_target_framework() =>
        Assert.DoesNotContain(Library.Files, file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

    private static string Baseline([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "DLCompiler.verified.txt");
}
