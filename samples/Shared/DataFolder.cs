using System;
using System.IO;

namespace Samples;

/// <summary>Where the data sets are, unless the command line says so.</summary>
internal static class DataFolder
{
    /// <summary>The folder that <c>DLCOMPILER_DATA</c> names, or <c>shared/data</c> beside the repository.</summary>
    public static string Default()
    {
        string? data = Environment.GetEnvironmentVariable("DLCOMPILER_DATA");
        return string.IsNullOrEmpty(data) ? Path.Combine(RepositoryParent(), "shared", "data") : data;
    }

    private static string RepositoryParent()
    {
        var current = new DirectoryInfo(AppContext.BaseDirectory);
        while (current is not null && !File.Exists(Path.Combine(current.FullName, "DLCompiler.sln"))) current = current.Parent;
        return current?.Parent?.FullName ?? AppContext.BaseDirectory;
    }
}
