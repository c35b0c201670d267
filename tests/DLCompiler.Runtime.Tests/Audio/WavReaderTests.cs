using System;
using System.IO;
using System.Linq;
using DLCompiler.Audio;
using Xunit;

namespace DLCompiler.Runtime.Tests.Audio;

/// <summary>WAV files of all kinds that are read, and damaged ones.</summary>
public sealed class WavReaderTests
{
    [Theory]
    [InlineData(1, 8, new byte[] { 0, 128, 255 }, new[] { -1f, 0, 127 / 128f })]
    [InlineData(1, 16, new byte[] { 0x00, 0x80, 0x00, 0x00, 0xFF, 0x7F }, new[] { -1f, 0, 32767 / 32768f })]
    [InlineData(1, 24, new byte[] { 0x00, 0x00, 0x80, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF }, new[] { -1f, 1 / 8388608f, 8388607 / 8388608f, -1 / 8388608f })]
    [InlineData(1, 32, new byte[] { 0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40 }, new[] { -1f, 0.5f })]
    [InlineData(3, 32, new byte[] { 0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xBF }, new[] { 1f, -0.5f })]
    [InlineData(3, 64, new byte[] { 0, 0, 0, 0, 0, 0, 0xD0, 0x3F }, new[] { 0.25f })]
    public void Samples_of_each_kind_are_read(int kind, int bits, byte[] data, float[] expected)
    {
        foreach (byte[] format in new[] { WavText.Format(kind, 1, 8000, bits), WavText.Extensible(kind, 1, 8000, bits) })
        {
            // A chunk of odd length between them is followed by a byte of padding.
            var audio = Read(WavText.Of(("fmt ", format), ("LIST", [1, 2, 3]), ("data", data)));
            Assert.Equal((8000, 1, expected.Length), (audio.SampleRate, audio.Channels, audio.Length));
            Assert.Equal(expected, audio.Samples);
            Assert.Equal(expected, audio.ToMono());
        }
    }

    [Fact]
    public void Channels_are_averaged()
    {
        var audio = Read(WavText.Of(("fmt ", WavText.Format(1, 2, 44_100, 8)), ("data", [128, 192, 0, 128])));
        Assert.Equal((44_100, 2, 2), (audio.SampleRate, audio.Channels, audio.Length));
        Assert.Equal([0.25f, -0.5f], audio.ToMono());
    }

    [Fact]
    public void Damaged_files_are_refused_with_place_and_reason()
    {
        byte[] format = WavText.Format(1, 1, 8000, 16), sound = [1, 2, 3, 4];
        Refused([], "byte 0: expected a WAV file");
        Refused([.. "RIFFxxxxAVI and more"u8], "expected a WAV file, which begins with RIFF and WAVE, found 'RIFFxxxxAVI '");
        Refused(WavText.Of(("fmt ", format)), "expected a chunk data with the sound, found the end of the file");
        Refused(WavText.Of(("data", sound)), "byte 12: expected the chunk fmt before the sound");
        Refused(WavText.Of(("fmt ", format), ("data", sound))[..^1], "byte 36: expected 4 bytes of the chunk 'data', found 3");
        Refused(WavText.Of(("fmt ", WavText.Format(17, 1, 8000, 4)), ("data", sound)), "found format 17 of 4 bits");
        Refused(WavText.Of(("fmt ", WavText.Format(1, 0, 8000, 16)), ("data", sound)), "found 0 and 8000");
        Refused(WavText.Of(("fmt ", WavText.Format(1, 1, 0, 16)), ("data", sound)), "found 1 and 0");
        Refused(WavText.Of(("fmt ", format[..10]), ("data", sound)), "expected 16 bytes or more in the chunk fmt, found 10");
        Refused(WavText.Of(("fmt ", format), ("data", [1, 2, 3])), "found 3 bytes, no multiple of 2");
        Refused(WavText.Of(("fmt ", WavText.Format(3, 1, 8000, 32)), ("data", [0, 0, 0xC0, 0x7F])), "expected finite numbers, found NaN");
    }

    [Fact]
    public void Damage_anywhere_is_read_or_refused()
    {
        byte[] whole = WavText.Of(("fmt ", WavText.Format(1, 2, 8000, 16)), ("LIST", [1, 2]), ("data", [.. Enumerable.Range(0, 80).Select(i => (byte)i)]));
        var random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 3_000; i++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--) bytes[random.Next(60)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                Read(bytes).ToMono();
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 3_000);
    }

    private static WavAudio Read(byte[] bytes) => WavReader.Read(new MemoryStream(bytes), "sound.wav");

    private static void Refused(byte[] bytes, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));
        Assert.StartsWith("sound.wav, byte ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
