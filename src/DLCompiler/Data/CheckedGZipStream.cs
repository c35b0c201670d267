using System.IO;
using System.IO.Compression;

namespace DLCompiler.Data;

/// <summary>Decompresses, and names the file where its data are damaged.</summary>
internal sealed class CheckedGZipStream(Stream stream, string path) : GZipStream(stream, CompressionMode.Decompress)
{
    private readonly byte[] one = new byte[1];

    // Spans come here too: the base class reads them through this method where it is derived from.
    public override int Read(byte[] array, int offset, int count)
    {
        try
        {
            return base.Read(array, offset, count);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} is damaged: its gzip data can't be decompressed. Copy or download it again.", exception);
        }
    }

    public override int ReadByte() => Read(one, 0, 1) == 0 ? -1 : one[0];
}
