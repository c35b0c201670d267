using System.IO;
using System.IO.Compression;

namespace DLCompiler.Data;

/// <summary>Files that may have been compressed with gzip, whatever their names say.</summary>
internal static class MaybeCompressed
{
    public static Stream OpenRead(string path)
    {
        var file = File.OpenRead(path);
        bool isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isCompressed ? new CheckedGZipStream(file, path) : file;
    }
}
