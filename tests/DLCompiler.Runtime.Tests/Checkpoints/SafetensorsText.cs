using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace DLCompiler.Runtime.Tests;

/// <summary>Reads the head of a safetensors file as any other program would, and writes it changed.</summary>
internal static class SafetensorsText
{
    public static JsonObject Header(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!.AsObject();
    }

    public static Dictionary<string, string> Metadata(string path) =>
        Header(path)["__metadata__"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);

    public static string[] Tensors(string path) => [.. Header(path).Select(pair => pair.Key).Where(key => key != "__metadata__")];

    public static float[] Tensor(string path, string name)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var offsets = Header(path)[name]!["data_offsets"]!.AsArray();
        int first = (int)offsets[0]!, last = (int)offsets[1]!;
        return [.. Enumerable.Range(0, (last - first) / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + first + (4 * i))))];
    }

    /// <summary>Changes the head; the data stay.</summary>
    public static void Change(string path, Action<JsonObject> change)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var data = bytes[(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes))..];
        var header = Header(path);
        change(header);
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
    }

    /// <summary>Sets one text beside the tensors; null removes it.</summary>
    public static void SetMetadata(string path, string key, string? value) => Change(path, header =>
    {
        var metadata = header["__metadata__"]!.AsObject();
        metadata.Remove(key);
        if (value is not null) metadata.Add(key, value);
    });
}
