using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class CheckpointTests
{
    [Fact]
    public void SavedModelsLoadBitForBit()
    {
        using var folder = new TemporaryFolder();
        using var saved = LinearModel.Host(seed: 1);
        saved.Fit(LinearModel.Signature, LinearModel.Data(40), new FitOptions { Epochs = 2 });
        saved.Save(folder.File("m.safetensors"));
        using var loaded = LinearModel.Host(seed: 2);
        loaded.Load(folder.File("m.safetensors"));
        Assert.Equal(All(saved), All(loaded));
        Assert.Equal(["m.safetensors"], folder.Names());
    }

    [Fact]
    public void LoadingForgetsTheOptimizer()
    {
        using var folder = new TemporaryFolder();
        using var trained = LinearModel.Host(seed: 1);
        trained.Fit(LinearModel.Signature, LinearModel.Data(40), new FitOptions { Epochs = 2 });
        trained.Save(folder.File("m.safetensors"));
        trained.Load(folder.File("m.safetensors"));
        using var fresh = LinearModel.Host(seed: 9);
        fresh.Load(folder.File("m.safetensors"));
        foreach (var host in new[] { trained, fresh }) host.Fit(LinearModel.Signature, LinearModel.Data(40), new FitOptions { Shuffle = false });
        Assert.Equal(All(fresh), All(trained));
    }

    [Fact]
    public void TheFileIsWhatTheFormatSays()
    {
        using var folder = new TemporaryFolder();
        using var host = LinearModel.Host();
        host.Parameters["fc.weight"].CopyFrom([1, 2, 3]);
        host.Parameters["fc.bias"].CopyFrom([4]);
        host.Save(folder.File("m"));
        byte[] bytes = File.ReadAllBytes(folder.File("m"));
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, length));
        Assert.Equal(["__metadata__", "fc.weight", "fc.bias", "fc.running_mean"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]}""", json.RootElement.GetProperty("fc.weight").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[1],"data_offsets":[16,20]}""", json.RootElement.GetProperty("fc.running_mean").GetRawText());
        float[] values = [.. Enumerable.Range(0, 5).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + 4 * i)))];
        Assert.Equal([1, 2, 3, 4, 0.25f], values);
        Assert.Equal(8 + length + 20, bytes.Length);
    }

    [Fact]
    public void SavingReplacesWholeFilesOnly()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m"), "old");
        var host = LinearModel.Host();
        host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => host.Save(folder.File("m")));
        Assert.Equal("old", File.ReadAllText(folder.File("m")));
        Assert.Equal(["m"], folder.Names());

        using var alive = LinearModel.Host();
        alive.Save(folder.File("m"));
        Assert.True(new FileInfo(folder.File("m")).Length > 100);
        Assert.Equal(["m"], folder.Names());
        Assert.Throws<DirectoryNotFoundException>(() => alive.Save(folder.File("none/m")));
    }

    [Fact]
    public void PyTorchsBatchCountersAreSkipped()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("m"), """
            {"fc.weight":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]},"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[12,16]},
             "fc.running_mean":{"dtype":"F32","shape":[1],"data_offsets":[16,20]},"fc.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[20,28]}}
            """, new byte[28]);
        using var host = LinearModel.Host();
        host.Load(folder.File("m"));
        Assert.All(All(host), value => Assert.Equal(0, value));
    }

    [Fact]
    public void AMissingTensorIsNamed()
    {
        var exception = Refused("""{"fc.weight":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]},"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16);
        Assert.Equal("fc.running_mean", exception.Tensor);
        Assert.Contains("lacks a tensor of the model ('fc.running_mean'). Found tensors 'fc.weight', 'fc.bias'.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtraTensorIsNamed()
    {
        var exception = Refused(Header(extra: ""","fc.gain":{"dtype":"F32","shape":[2],"data_offsets":[20,28]}"""), 28);
        Assert.Equal("fc.gain", exception.Tensor);
        Assert.Contains("has a tensor that the model lacks ('fc.gain')", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherShapeIsNamed()
    {
        var exception = Refused(Header(weightShape: "[3,1]"), 20);
        Assert.Equal(("fc.weight", "[1, 3]", "[3, 1]"), (exception.Tensor, exception.Expected, exception.Actual));
        Assert.EndsWith("m, tensor 'fc.weight': the shape is another. Expected [1, 3], found [3, 1]. Load the checkpoint into a model with the same sizes.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherTypeIsNamed()
    {
        var exception = Refused(Header(weightType: "F16", weightEnd: 6, shift: 6), 14);
        Assert.Equal(("fc.weight", "F32", "F16"), (exception.Tensor, exception.Expected, exception.Actual));
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        var exception = Refused(Header(), 19);
        Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
        Assert.Equal("fc.running_mean", exception.Tensor);
    }

    [Fact]
    public void EveryPrefixOfAFileIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var host = LinearModel.Host();
        host.Save(folder.File("whole"));
        byte[] bytes = File.ReadAllBytes(folder.File("whole"));
        float[] before = All(host);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(folder.File("part"), bytes[..length]);
            Assert.Throws<CheckpointException>(() => host.Load(folder.File("part")));
        }

        Assert.Equal(before, All(host));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 40)]
    [InlineData(1000UL)]
    public void AHeaderLongerThanTheFileCostsNoMemory(ulong length)
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(folder.File("m"), bytes);
        using var host = LinearModel.Host();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<CheckpointException>(() => host.Load(folder.File("m")));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        Assert.Contains("header's length", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"__metadata__\":1}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}")]
    [InlineData("{\"\\uD800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    public void BrokenHeadersAreRefused(string json)
    {
        var exception = Refused(json, 4);
        Assert.Contains("safetensors", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidTextIsRefused()
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"a?\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
        json[3] = 0xFF;
        RefusedBytes(json, 4);
    }

    [Fact]
    public void RepeatedNamesAreRefused()
    {
        var exception = Refused(Header(extra: ""","fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[20,24]}"""), 24);
        Assert.Contains("occurs twice", exception.Message, StringComparison.Ordinal);
        Assert.Equal("fc.bias", exception.Tensor);
    }

    [Fact]
    public void OverlapsGapsAndRestsAreRefused()
    {
        Assert.Contains("overlap", Refused(Header(shift: 8), 16).Message, StringComparison.Ordinal);
        Assert.Contains("gap", Refused(Header(shift: 16), 24).Message, StringComparison.Ordinal);
        Assert.Contains("after the last tensor", Refused(Header(), 21).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OffsetsMustFitTheFileAndTheShape()
    {
        Assert.Contains("outside", Refused(Header(weightEnd: long.MaxValue), 20).Message, StringComparison.Ordinal);
        var size = Refused(Header(weightShape: "[1,4]"), 20);
        Assert.Equal(("16 bytes for F32 [1, 4]", "12 bytes for F32 [1, 4]"), (size.Expected, size.Actual));
        // 2³² · 2³² · 4 bytes overflow to 0.
        Assert.Contains("size", Refused(Header(weightShape: "[4294967296,4294967296]"), 20).Message, StringComparison.Ordinal);
    }

    private static string Header(string weightType = "F32", string weightShape = "[1,3]", long weightEnd = 12, int shift = 12, string extra = "") =>
        $$$"""{"fc.weight":{"dtype":"{{{weightType}}}","shape":{{{weightShape}}},"data_offsets":[0,{{{weightEnd}}}]},"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[{{{shift}}},{{{shift + 4}}}]},"fc.running_mean":{"dtype":"F32","shape":[1],"data_offsets":[{{{shift + 4}}},{{{shift + 8}}}]}{{{extra}}}}""";

    private static CheckpointException Refused(string json, int dataLength) => RefusedBytes(Encoding.UTF8.GetBytes(json), dataLength);

    private static CheckpointException RefusedBytes(byte[] json, int dataLength)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("m");
        Write(path, json, new byte[dataLength]);
        using var host = LinearModel.Host();
        float[] before = All(host);
        var exception = Assert.Throws<CheckpointException>(() => host.Load(path));
        Assert.Equal(before, All(host));
        Assert.Equal(path, exception.Path);
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(exception.Remedy, exception.Message, StringComparison.Ordinal);
        return exception;
    }

    private static void Write(string path, string json, byte[] data) => Write(path, Encoding.UTF8.GetBytes(json), data);

    private static void Write(string path, byte[] json, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
    }

    private static float[] All(ModelHost host) => [.. host.Parameters.SelectMany(view => view.ToArray())];
}
