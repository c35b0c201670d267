using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class PngReaderTests
{
    // Files that Pillow 9.4 wrote, and what it reads from them.
    [Theory]
    [InlineData(
        3, "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAAHUlEQVR4nGNkYOA0YmaAIxbGAAZGZkE4gvOVIAgAOx0CZEfuZt8AAAAASUVORK5CYII=",
        "0 0 9 50 3 9 100 6 9 150 9 9 200 12 9 1 80 9 51 83 26 101 86 43 151 89 60 201 92 77 2 160 9 52 163 43 102 166 77 152 169 111 202 172 145")]
    [InlineData(
        3, "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADBAMAAACpGNjLAAAAElBMVEWYqW+wW0U0iCCGIw9kBgkRHAmd/XTXAAAAFElEQVR4nGMIdTZgCDIUYFBiYAAADBsBfkaogdkAAAAASUVORK5CYII=",
        "17 28 9 17 28 9 100 6 9 134 35 15 134 35 15 17 28 9 52 136 32 134 35 15 176 91 69 176 91 69 52 136 32 52 136 32 152 169 111 152 169 111 152 169 111")]
    [InlineData(
        1, "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAB+XZokAAAAGklEQVR4nGNkFBQQFGTRFxYWEmYxEBEVEQUACocBStQoUMQAAAAASUVORK5CYII=",
        "1 18 34 51 68 48 67 86 104 123 96 116 137 157 178")]
    public void As_Pillow_reads_it(int channels, string file, string pixels)
    {
        var image = Read(Convert.FromBase64String(file));
        Assert.Equal((5, 3, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(pixels.Split(' ').Select(byte.Parse), image.Pixels.ToArray());
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0, 4)]
    [InlineData(0, 2)]
    [InlineData(0, 1)]
    [InlineData(2, 8)]
    [InlineData(4, 8)]
    [InlineData(6, 8)]
    public void Every_filter_is_undone(int colour, int bits)
    {
        const int width = 13, height = 9;
        var random = new Random(colour + bits);
        int channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }, most = (1 << bits) - 1;
        byte[] samples = [.. Enumerable.Range(0, width * height * channels).Select(_ => (byte)random.Next(most + 1))];
        byte[] expected = [.. samples.Select(sample => (byte)(sample * 255 / most))];
        for (int filter = 0; filter <= 5; filter++)
        {
            // The last time, one after the other, the pixels in three chunks and among others that mean nothing here.
            bool mixed = filter == 5;
            var image = Read(PngText.File(
                width, height, bits, colour, samples, y => mixed ? (y + 4) % 5 : filter, mixed ? [("gAMA", [0, 0, 1, 2]), ("tEXt", new byte[2000])] : null,
                mixed ? 3 : 1));
            Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
            Assert.Equal(expected, image.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void Palettes_are_looked_up(int bits)
    {
        byte[] palette = [10, 20, 30, 40, 50, 60];
        byte[] opaque = PngText.File(3, 1, bits, 3, [1, 0, 1], extra: [("PLTE", palette)]);
        Assert.Equal([40, 50, 60, 10, 20, 30, 40, 50, 60], Read(opaque).Pixels.ToArray());
        byte[] clear = PngText.File(3, 1, bits, 3, [1, 0, 1], extra: [("PLTE", palette), ("tRNS", [7])]);
        Assert.Equal(4, Read(clear).Channels);
        Assert.Equal([40, 50, 60, 255, 10, 20, 30, 7, 40, 50, 60, 255], Read(clear).Pixels.ToArray());
    }

    [Fact]
    public void What_can_not_be_read_says_why()
    {
        Refused("it is empty", []);
        Refused("it starts with FFD8FFE0, and a PNG file with 89504E47. Is it a picture of another format, such as JPEG? Convert it to PNG.", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0]);
        Refused("it is interlaced (Adam7), which is not read. Save it without interlacing.", PngText.Of(("IHDR", PngText.Header(2, 2, 8, 0, interlacing: 1))));
        Refused("it has 16 bits a channel, and up to 8 are read. Convert it to 8 bits.", PngText.Of(("IHDR", PngText.Header(2, 2, 16, 2))));
        Refused("it has 0 x 2 pixels", PngText.Of(("IHDR", PngText.Header(0, 2, 8, 0))));
        Refused("2000000 x 2 pixels are too many", PngText.Of(("IHDR", PngText.Header(2_000_000, 2, 8, 0))));
        Refused("60000 x 60000 pixels are too many", PngText.Of(("IHDR", PngText.Header(60_000, 60_000, 8, 0))));
        Refused("names bits 4, colour type 2", PngText.Of(("IHDR", PngText.Header(2, 2, 4, 2))));
        Refused("names bits 8, colour type 5", PngText.Of(("IHDR", PngText.Header(2, 2, 8, 5))));
        Refused("it begins with the chunk IDAT", PngText.Of(("IDAT", [])));
        Refused("it ends without pixels", PngText.Of(("IHDR", PngText.Header(2, 2, 8, 0)), ("IEND", [])));
        Refused("it is cut off in or after its chunk IHDR", PngText.Of(("IHDR", PngText.Header(2, 2, 8, 0))));
        Refused("it has none", PngText.File(1, 1, 8, 3, [0]));
        Refused("a pixel has the colour 3 of a palette with 2", PngText.File(2, 1, 8, 3, [1, 3], extra: [("PLTE", new byte[6])]));
        Refused("its palette has 5 bytes", PngText.File(1, 1, 8, 3, [0], extra: [("PLTE", new byte[5])]));
        Refused("row 1 has the filter 7, and filters are 0 to 4", PngText.File(1, 2, 8, 0, [0, 0], y => 7 * y));
        Refused("its pixels end after 1 of 2 rows", PngText.Of(("IHDR", PngText.Header(1, 2, 8, 0)), ("IDAT", PngText.Compressed([0, 1])), ("IEND", [])));
        Refused("its pixels can't be decompressed", PngText.Of(("IHDR", PngText.Header(1, 2, 8, 0)), ("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), ("IEND", [])));

        byte[] file = PngText.Grey(2, 2, 1, 2, 3, 4);
        Refused("it is cut off", file[..20]);
        file[43] ^= 1;
        Refused("chunk IDAT", file);
    }

    private static void Refused(string why, byte[] file)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("the test ", exception.Message, StringComparison.Ordinal);
    }

    private static PngImage Read(byte[] file) => PngReader.Read(new MemoryStream(file), "the test");
}
