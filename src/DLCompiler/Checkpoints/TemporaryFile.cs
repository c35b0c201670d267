using System;
using System.IO;

namespace DLCompiler.Checkpoints;

/// <summary>Files that are written beside the one they replace. A program that is killed while it writes leaves one behind; the next save removes it.</summary>
internal static class TemporaryFile
{
    // Another program may have just made the file and not have locked it yet.
    private static readonly TimeSpan stale = TimeSpan.FromMinutes(1);

    /// <summary>A name that no other save takes: the file's, random letters, <c>.tmp</c>.</summary>
    public static string NameFor(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";

    /// <summary>Removes what killed programs have left beside a file. What can't be removed stays: it is in nobody's way.</summary>
    public static void RemoveStale(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The folder {folder} does not exist. Create it before saving to {path}.");
        foreach (string file in Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".????????.???.tmp"))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < stale) continue;
                // Whoever still writes it has it locked.
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody else's.
            }
        }
    }

    /// <summary>Removes a file of one's own, if it was made.</summary>
    public static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The reason that writing failed is the one to tell.
        }
    }
}
