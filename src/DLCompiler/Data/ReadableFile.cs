using System;
using System.IO;

namespace DLCompiler.Data;

/// <summary>Files to read from. Whatever is wrong with one is an <see cref="IOException"/> that says what to do.</summary>
internal static class ReadableFile
{
    /// <exception cref="IOException">The file is missing, a folder, a pipe, or may not be read.</exception>
    public static FileStream Open(string path, int bufferSize)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
        }
        catch (UnauthorizedAccessException exception)
        {
            string why = Directory.Exists(path) ? "It is a folder: give the name of a file in it." : "This program may not read it.";
            throw new IOException($"{path} can't be read. {why}", exception);
        }

        if (file.CanSeek) return file;
        file.Dispose();
        throw new IOException($"{path} can't be read: it is a pipe or a device. Write what comes from it to a file first.");
    }
}
