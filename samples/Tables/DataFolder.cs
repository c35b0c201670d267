using System;
using System.IO;

namespace Tables;

/// <summary>Where the tables are, unless the command line says so.</summary>
internal static class DataFolder
{
    /// <summary>The folder, or null where there is none.</summary>
    public static string? Find()
    {
        string? data = Environment.GetEnvironmentVariable("DLCOMPILER_DATA");
        if (string.IsNullOrEmpty(data)) data = Path.Combine(RepositoryParent(), "shared", "data");
        string folder = Path.Combine(data, "tabular");
        return Directory.Exists(folder) ? folder : null;
    }

    private static string RepositoryParent()
    {
        var current = new DirectoryInfo(AppContext.BaseDirectory);
        while (current is not null && !File.Exists(Path.Combine(current.FullName, "DLCompiler.sln"))) current = current.Parent;
        return current?.Parent?.FullName ?? AppContext.BaseDirectory;
    }
}
