using System;
using System.IO;

namespace DLCompiler.Data;

/// <summary>The compressed pixels: the data of consecutive IDAT chunks, of which the first is open.</summary>
internal sealed class PngPixelStream(PngChunks chunks) : Stream
{
    private bool isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (!isAtEnd)
        {
            int count = chunks.Part(buffer);
            if (count > 0 || buffer.Length == 0) return count;
            // An empty chunk has its checksum still before it.
            if (chunks.Length == 0) chunks.Skip();
            isAtEnd = chunks.Next() != "IDAT";
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
