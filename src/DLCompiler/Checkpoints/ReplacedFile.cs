using System;
using System.IO;

namespace DLCompiler.Checkpoints;

/// <summary>Files that are written whole or not at all.</summary>
internal static class ReplacedFile
{
    /// <summary>
    /// Writes to a temporary file in the same folder, flushes it to the disk and renames it: a crash or a full disk leaves the old file as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string full = Target(path), temporary = TemporaryFile.NameFor(full);
        try
        {
            TemporaryFile.RemoveStale(full);
            using (var file = Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TemporaryFile.Remove(temporary);
            throw Unwritable(full, exception);
        }
        catch
        {
            TemporaryFile.Remove(temporary);
            throw;
        }
    }

    /// <summary>Makes sure that a file can be written, without touching one that exists.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't.</exception>
    public static void CheckWritable(string path)
    {
        string full = Target(path), temporary = TemporaryFile.NameFor(full);
        try
        {
            Create(temporary).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(full, exception);
        }
        finally
        {
            TemporaryFile.Remove(temporary);
        }
    }

    private static FileStream Create(string temporary) => new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new IOException($"{full} is a folder. Give the name of a file in it.");
        string folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(folder) ? full
            : throw new DirectoryNotFoundException($"The folder {folder} does not exist. Create it before saving to {full}.");
    }

    private static IOException Unwritable(string full, Exception exception)
    {
        string before = File.Exists(full) ? " The file that is there stays as it was." : "";
        return new IOException(
            $"{full} can't be written: {exception.Message} Free space on the disk, or choose a folder that this program may write to.{before}", exception)
        {
            HResult = exception.HResult,
        };
    }
}
