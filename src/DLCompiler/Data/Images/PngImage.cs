using System;

namespace DLCompiler.Data;

/// <summary>A decoded picture of 8 bits a channel.</summary>
public sealed class PngImage
{
    private readonly byte[] pixels;

    internal PngImage(int width, int height, int channels, byte[] pixels) => (Width, Height, Channels, this.pixels) = (width, height, channels, pixels);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 2 for grey with alpha, 3 for red, green and blue, 4 for these with alpha. Palettes have been looked up.</summary>
    public int Channels { get; }

    /// <summary>Row-major [height, width, channels], from 0 to 255; alpha is not multiplied in.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;
}
