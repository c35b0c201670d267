using System;
using System.Buffers;
using System.IO;

namespace DLCompiler.Checkpoints;

/// <summary>Files that are written beside the one they replace. A program that is killed while it writes leaves one behind; the next save removes it.</summary>
internal static class TemporaryFile
{
    private const string Extension = ".tmp";

    private static readonly SearchValues<char> randomLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz012345");

    // Another program may have just made the file and not have locked it yet.
    private static readonly TimeSpan stale = TimeSpan.FromMinutes(1);

    /// <summary>A name that no other save takes: the file's, random letters, <c>.tmp</c>.</summary>
    public static string NameFor(string path) => $"{path}.{Path.GetRandomFileName()}{Extension}";

    /// <summary>Removes what killed programs have left beside a file. What can't be removed stays: it is in nobody's way.</summary>
    public static void RemoveStale(string path)
    {
        try
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!))
            {
                if (IsTemporaryOf(path, file)) RemoveIfStale(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written to, but not listed.
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

    // Exactly what NameFor gives: patterns of file systems would match more, and what is not from here must stay.
    private static bool IsTemporaryOf(string path, string file)
    {
        const int letters = 8, end = 3;
        string name = Path.GetFileName(file), start = Path.GetFileName(path) + ".";
        if (name.Length != start.Length + letters + 1 + end + Extension.Length) return false;
        if (!name.StartsWith(start, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal)) return false;
        var random = name.AsSpan(start.Length, letters + 1 + end);
        return random[letters] == '.' && AreRandom(random[..letters]) && AreRandom(random[(letters + 1)..]);
    }

    // The 32 characters of Path.GetRandomFileName.
    private static bool AreRandom(ReadOnlySpan<char> letters) => !letters.ContainsAnyExcept(randomLetters);

    private static void RemoveIfStale(string file)
    {
        try
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < stale) return;
            // Whoever still writes it has it locked.
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's.
        }
    }
}
