using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Runtime.Tests;

/// <summary>
/// Files that were damaged anywhere are refused with the documented exception, or were damaged where it makes no difference to their soundness.
/// </summary>
public sealed class TrainingStateFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int mutants = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 100_000 : 1_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DamagedCheckpointsOfFitAreRefusedOrSound()
    {
        byte[] whole = Checkpoint();
        var data = LinearModel.Data(23);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < mutants; i++)
        {
            byte[] bytes = Mutant(whole, random);
            File.WriteAllBytes(folder.File("mutant"), bytes);
            using var host = LinearModel.Host();
            float[] before = All(host);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                host.Fit(LinearModel.Signature, data, new FitOptions
                {
                    Epochs = 3, BatchSize = 5, EarlyStopping = new EarlyStopping(9), ResumeFrom = folder.File("mutant"),
                });
            }
            catch (CheckpointException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Remedy);
                Assert.InRange(exception.Message.Length, 50, 2_500);
                Assert.DoesNotContain(exception.Message, char.IsControl);
                Assert.Equal(before, All(host));
            }
            catch (TrainingDivergedException)
            {
                // A weight whose bits became those of NaN.
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, (1 << 20) + (1_000L * bytes.Length));
        }

        output.WriteLine(FormattableString.Invariant($"safetensors: {mutants} damaged files, {refused} refused, the others sound"));
        Assert.InRange(refused, mutants / 4, mutants);
    }

    [Fact]
    public void TextsOfAFileAreShortenedInMessages()
    {
        string name = new('n', 1_000_000);
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"a\n{{{name}}}":{"dtype":"{{{name}}}","shape":[],"data_offsets":[0,4]}}""");
        File.WriteAllBytes(folder.File("long"), [.. BitConverter.GetBytes((long)json.Length), .. json, 0, 0, 0, 0]);
        using var host = LinearModel.Host();
        var exception = Assert.Throws<CheckpointException>(() => host.Load(folder.File("long")));
        Assert.InRange(exception.Message.Length, 50, 2_500);
        Assert.Contains("tensor 'a\\u000Annn", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1_000_002, exception.Tensor!.Length);
    }

    // Most changes go to the head: that is where a reader decides.
    private static byte[] Mutant(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int head = 8 + (int)BitConverter.ToInt64(whole, 0);
        for (int change = random.Next(1, 4); change > 0 && bytes.Length > 0; change--)
        {
            int at = random.Next(random.Next(8) == 0 ? bytes.Length : Math.Min(head, bytes.Length));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789-.,eE\"{}[]: \\"[random.Next(23)];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(at + random.Next(1, 9), bytes.Length)..]];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. Encoding.ASCII.GetBytes("99999999999"), .. bytes[at..]];
                    break;
                case 4:
                    int from = random.Next(bytes.Length), count = Math.Min(random.Next(1, 64), bytes.Length - Math.Max(from, at));
                    bytes.AsSpan(from, count).ToArray().CopyTo(bytes, at);
                    break;
                default:
                    bytes = bytes[..Math.Max(at, 1)];
                    break;
            }
        }

        return bytes;
    }

    private byte[] Checkpoint()
    {
        using var source = new CancellationTokenSource();
        using var host = LinearModel.Host();
        Assert.Throws<OperationCanceledException>(() => host.Fit(LinearModel.Signature, LinearModel.Data(23), new FitOptions
        {
            Epochs = 3, BatchSize = 5, EarlyStopping = new EarlyStopping(9), CancellationToken = source.Token,
            Checkpoint = new CheckpointOptions(folder.File("whole")),
            LearningRateSchedule = step =>
            {
                if (step == 12) source.Cancel();
                return 0.05;
            },
        }));
        return File.ReadAllBytes(folder.File("whole"));
    }

    private static float[] All(ModelHost host) => [.. host.Parameters.SelectMany(view => view.ToArray())];
}
