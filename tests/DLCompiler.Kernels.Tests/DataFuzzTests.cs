using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using DLCompiler.Data;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Kernels.Tests;

/// <summary>
/// Damaged data files: each is read, or refused with <see cref="InvalidDataException"/>, with memory in proportion to the file. 100,000 of each kind with
/// <c>DLC_TEST_FULL=1</c>.
/// </summary>
public sealed class DataFuzzTests(ITestOutputHelper output)
{
    private static int Count => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 100_000 : 2_000;

    [Fact]
    public void Idx() => Fuzz("IDX", IdxFile(), bytes => IdxReader.Read(new MemoryStream(bytes), "file").ToSingles());

    [Fact]
    public void CompressedIdx()
    {
        using var folder = new TemporaryFolder();
        Fuzz("gzip", Compressed(IdxFile()), bytes => IdxReader.Read(folder.Write("data.gz", bytes, compressed: false)).ToSingles());
    }

    [Fact]
    public void Csv()
    {
        string text = "a,b,\"c d\",class\n" + string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"{i},-{i}.5e-{i % 4},\"{i}\",{(i % 2 == 0 ? "yes" : "no")}\n"));
        CsvOptions[] options =
        [
            new(), new() { HasHeader = false, TargetKind = CsvTarget.None }, new() { TargetKind = CsvTarget.Number, Target = "b" },
                new() { SkipIncompleteLines = true, Ignore = ["a"] },
        ];
        int turn = 0;
        Fuzz("CSV", Encoding.UTF8.GetBytes(text), bytes =>
            CsvDataSet.Read(new StreamReader(new MemoryStream(bytes)), "file", options[turn++ % options.Length]));
    }

    [Fact]
    public void Png() => Fuzz("PNG", PngText.File(7, 5, 4, 3, [.. Enumerable.Range(0, 35).Select(i => (byte)(i % 5))], y => y % 5, [("PLTE", new byte[15])], 2),
        bytes => PngReader.Read(new MemoryStream(bytes), "file"));

    [Fact]
    public void PngPixels()
    {
        // What is damaged here passes the checksums.
        byte[] pixels = PngText.Compressed([.. Enumerable.Range(0, 60).Select(i => (byte)(i % 12 == 0 ? i % 5 : i))]);
        Fuzz("PNG pixels", pixels, bytes => PngReader.Read(
            new MemoryStream(PngText.Of(("IHDR", PngText.Header(11, 5, 8, 0)), ("IDAT", bytes), ("IEND", []))), "file"));
    }

    [Fact]
    public void PngHeader()
    {
        byte[] pixels = PngText.Compressed(new byte[200]);
        Fuzz("PNG headers", PngText.Header(11, 5, 8, 0), bytes => PngReader.Read(
            new MemoryStream(PngText.Of(("IHDR", bytes), ("IDAT", pixels), ("IEND", []))), "file"));
    }

    private void Fuzz(string kind, byte[] whole, Action<byte[]> read)
    {
        // What is made once doesn't count.
        read(whole);
        int refused = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            byte[] bytes = Damage(whole, new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(bytes);
            }
            catch (InvalidDataException exception)
            {
                refused++;
                Assert.True(exception.Message.Length > 10 && !exception.Message.Contains('\n', StringComparison.Ordinal), $"seed {seed}: {exception.Message}");
            }
            catch (Exception exception)
            {
                Assert.Fail($"{kind}, seed {seed}: {exception}");
            }

            // A buffer of a megabyte at first, then as much as there is.
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (4 << 20) + (2_000L * bytes.Length), $"{kind}, seed {seed}: {allocated} bytes for a file of {bytes.Length}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {Count} damaged files, {refused} refused, the others read"));
        Assert.InRange(refused, Count / 10, Count);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            // Heads are short and decide most: half of the changes go there.
            int place = random.Next(2) == 0 ? random.Next(Math.Min(20, bytes.Count)) : random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes[place] = "\",\n\r\0\xFF-eN"u8.ToArray()[random.Next(10)]; break;
                case 3: bytes.RemoveRange(place, Math.Min(random.Next(1, 9), bytes.Count - place)); break;
                case 4: bytes.InsertRange(place, Enumerable.Range(0, random.Next(1, 9)).Select(_ => (byte)random.Next(256)).ToArray()); break;
                case 5: bytes.RemoveRange(place, bytes.Count - place); break;
                default:
                    byte[] number = new byte[4];
                    BinaryPrimitives.WriteUInt32BigEndian(number, random.Next(3) switch { 0 => uint.MaxValue, 1 => int.MaxValue, _ => 0 });
                    for (int i = 0; i < 4 && place + i < bytes.Count; i++) bytes[place + i] = number[i];
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] IdxFile()
    {
        var random = new Random(1);
        byte[] head = [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 4];
        byte[] elements = new byte[80];
        random.NextBytes(elements);
        return [.. head, .. elements];
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal)) gzip.Write(bytes);
        return result.ToArray();
    }
}
