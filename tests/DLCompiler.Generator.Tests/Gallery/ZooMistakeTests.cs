using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>
/// Typing mistakes in the networks of <c>samples/Zoo</c>, in <c>ZooMistakes.txt</c>: a file, what stands there, what was typed, and the one message that the
/// build gives; <c>DLC_ACCEPT=1</c> writes the messages anew.
/// </summary>
public sealed class ZooMistakeTests
{
    // Those that use a block, to see what its mistake does.
    private static readonly Dictionary<string, string> users = new()
    {
        ["BasicBlock"] = "ResNet18", ["Bottleneck"] = "ResNet50", ["DenseBlock"] = "DenseNet121", ["DenseLayer"] = "DenseNet121", ["Transition"] = "DenseNet121",
        ["Fire"] = "SqueezeNet", ["SqueezeExcitation"] = "SEResNet50", ["DepthwiseSeparable"] = "MobileNet", ["UpConvolution"] = "UNet",
    };

    [Fact]
    public async Task EachMistakeGivesOneMessageThatSaysWhatToDo()
    {
        string path = Path.Combine(Folder(), "ZooMistakes.txt"), text = (await File.ReadAllTextAsync(path)).Replace("\r\n", "\n", StringComparison.Ordinal);
        string[] cases = text.TrimEnd('\n').Split("\n\n");
        Assert.True(cases.Length >= 30);
        List<string> actual = [], several = [];
        foreach (string[] lines in cases.Select(one => one.Split('\n')))
        {
            (string file, string right, string wrong) = (lines[0], lines[1][2..], lines[2][2..]);
            Diagnostic[] found = [.. await Find(file, right, wrong)];
            if (found.Length != 1)
            {
                several.Add($"{file}, {wrong}: {found.Length} messages\n{string.Join('\n', found.Select(one => one.ToString()))}");
                continue;
            }

            string place = found[0].Location.SourceTree!.ToString().Substring(found[0].Location.SourceSpan.Start, found[0].Location.SourceSpan.Length);
            actual.Add($"{file}\n- {right}\n+ {wrong}\n//! {found[0].Id} {place.ReplaceLineEndings(" ")}\n//! {found[0].GetMessage(CultureInfo.InvariantCulture)}");
        }

        Assert.True(several.Count == 0, string.Join("\n\n", several));
        string result = string.Join("\n\n", actual) + "\n";
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1") await File.WriteAllTextAsync(path, result);
        else Assert.Equal(text, result);
    }

    private static async Task<IEnumerable<Diagnostic>> Find(string file, string right, string wrong)
    {
        string zoo = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "samples", "Zoo")), name = Path.GetFileNameWithoutExtension(file);
        IEnumerable<string> files = Directory.GetFiles(Path.Combine(zoo, "Blocks"), "*.cs")
            .Append(Path.Combine(zoo, "Networks", users.GetValueOrDefault(name, name) + ".cs"));
        bool edited = false;
        var texts = new List<(string, string)>();
        foreach (string one in files.Order(StringComparer.Ordinal))
        {
            string text = await File.ReadAllTextAsync(one);
            if (Path.GetFullPath(Path.Combine(zoo, file)) == one)
            {
                int at = text.IndexOf(right, StringComparison.Ordinal);
                edited = at >= 0;
                if (edited) text = text[..at] + wrong + text[(at + right.Length)..];
            }

            // The interface needs the rest of the sample.
            texts.Add((Path.GetFileName(one), "#nullable enable\nusing System;\n" + text.Replace(": INetwork;", ";", StringComparison.Ordinal)));
        }

        Assert.True(edited, $"{file} has no {right}");
        return await AnalyzerRun.Of(TestCompilation.Create(texts));
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
