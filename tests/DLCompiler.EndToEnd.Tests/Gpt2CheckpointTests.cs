using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using DLCompiler.EndToEnd.Tests.Models;
using DLCompiler.EndToEnd.Tests.PyTorchParity;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>A checkpoint with Hugging Face's names of GPT-2, weights as [inputs, outputs], loads and gives PyTorch's logits (PyTorchParity/gpt2.py).</summary>
public sealed class Gpt2CheckpointTests
{
    private const int Vocabulary = 17, Context = 8, Features = 12, Layers = 2;

    // Of the last step of two sequences.
    private static readonly float[] Logits =
    [
        -0.549075f, 0.114449f, -0.036555f, -0.180002f, 0.010493f, -0.342626f, 0.025440f, 0.315068f, 0.208738f,
        -0.248389f, 0.277259f, -0.352542f, -0.006800f, -0.054342f, 0.435908f, 0.380834f, -0.304968f, -0.656326f,
        0.323167f, 0.039584f, 0.011164f, 0.077142f, -0.425057f, 0.193528f, 0.310625f, 0.415105f, -0.409899f,
        0.373991f, -0.264719f, -0.107471f, 0.045056f, 0.569344f, 0.373509f, -0.274263f,
    ];

    [Theory]
    [InlineData("")]
    [InlineData("transformer.")]
    public void LogitsAreThoseOfPyTorch(string prefix)
    {
        string path = Path.GetTempFileName();
        try
        {
            Write(path, prefix);
            using var model = new SmallGpt2 { Seed = 1 };
            LoadResult result = model.Load(path, CheckpointNames.Gpt2("gpt", Layers, prefix));

            Assert.Equal(28, result.Loaded.Count);
            Assert.Equal([prefix + "h.0.attn.bias"], result.Unused);
            float[] scores = model.Predict([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], 5);
            float[] last = [.. scores.AsSpan(4 * Vocabulary, Vocabulary), .. scores.AsSpan(9 * Vocabulary, Vocabulary)];
            for (int i = 0; i < last.Length; i++) Assert.Equal(Logits[i], last[i], 1e-4f);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WrongNamesAreExplained()
    {
        using var model = new SmallGpt2 { Seed = 1 };
        var error = Assert.Throws<ArgumentException>(() => model.Load("none", new LoadOptions { Transposed = ["gpt.tokens"] }));
        Assert.Contains("no tensor of that name", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => model.Load("none", new LoadOptions { Transposed = ["gpt.body.norm.bias"] }));
        Assert.Contains("only matrices", error.Message, StringComparison.Ordinal);
    }

    private static void Write(string path, string prefix)
    {
        var header = new JsonObject();
        var data = new List<byte>();
        ulong stream = 100;
        foreach (var (name, shape) in Tensors())
        {
            int count = shape.Aggregate(1, (product, size) => product * size), start = data.Count;
            foreach (float value in HashedNumbers.Uniform(stream++, count, 0.5f)) data.AddRange(BitConverter.GetBytes(value));
            header[prefix + name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(start, data.Count),
            };
        }

        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data]);
    }

    // In the order of gpt2.py; the mask at the end is what published files have beside the weights.
    private static IEnumerable<(string Name, int[] Shape)> Tensors()
    {
        yield return ("wte.weight", [Vocabulary, Features]);
        yield return ("wpe.weight", [Context, Features]);
        for (int layer = 0; layer < Layers; layer++)
        {
            string h = $"h.{layer}.";
            yield return (h + "ln_1.weight", [Features]);
            yield return (h + "ln_1.bias", [Features]);
            yield return (h + "attn.c_attn.weight", [Features, 3 * Features]);
            yield return (h + "attn.c_attn.bias", [3 * Features]);
            yield return (h + "attn.c_proj.weight", [Features, Features]);
            yield return (h + "attn.c_proj.bias", [Features]);
            yield return (h + "ln_2.weight", [Features]);
            yield return (h + "ln_2.bias", [Features]);
            yield return (h + "mlp.c_fc.weight", [Features, 4 * Features]);
            yield return (h + "mlp.c_fc.bias", [4 * Features]);
            yield return (h + "mlp.c_proj.weight", [4 * Features, Features]);
            yield return (h + "mlp.c_proj.bias", [Features]);
        }

        yield return ("ln_f.weight", [Features]);
        yield return ("ln_f.bias", [Features]);
        yield return ("h.0.attn.bias", [1, 1, Context, Context]);
    }
}
