using System;
using System.IO;

namespace DLCompiler.Data;

/// <summary>Files that may have been compressed with gzip, whatever their names say.</summary>
internal static class MaybeCompressed
{
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Stream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = ReadableFile.Open(path, bufferSize: 4096);
        try
        {
            bool isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return isCompressed ? new CheckedGZipStream(file, path) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
