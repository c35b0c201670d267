using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>The C# of the guides compiles, with the members that the generator adds.</summary>
public sealed partial class GuideTests
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Linq;\nusing DLCompiler;\nusing DLCompiler.Data;\n"
        + "using DLCompiler.Generation;\nusing DLCompiler.Text;\n";

    // What the guide of text is about besides.
    private const string TextUsings = "using System.Threading.Tasks;\nusing DLCompiler.Audio;\nusing DLCompiler.Metrics;\n";

    [Theory]
    [InlineData("training.md", 11)]
    [InlineData("getting-started.md", 1)]
    [InlineData("attention.md", 0)]
    [InlineData("generation.md", 3)]
    [InlineData("repeat.md", 0)]
    [InlineData("sequences.md", 0)]
    [InlineData("text.md", 8)]
    public void Guides_compile(string page, int examples)
    {
        string[] blocks = Blocks(page);
        var declarations = blocks.Where(IsDeclaration).ToList();
        var bodies = blocks.Where(block => !IsDeclaration(block)).ToList();
        Assert.Equal(examples, bodies.Count);

        // Blocks of statements are programs of their own, with the data of the guide at hand.
        IEnumerable<string> methods = bodies.Select((body, i) => page == "getting-started.md"
            ? $"    public static void Example{i}()\n    {{\n{WithoutUsings(body)}\n    }}"
            : $"    public static {(body.Contains("await ", StringComparison.Ordinal) ? "async Task" : "void")} Example{i}(DataSet train, DataSet test)\n    {{\n{body}\n    }}");
        string text = Usings + (page == "text.md" ? TextUsings : "") + string.Join("\n", declarations.Select(WithoutUsings))
            + "\ninternal static class Examples\n{\n" + string.Join("\n", methods) + "\n}\n";

        GeneratorRun run = GeneratorRun.Of(text);
        Assert.Empty(run.Reported);
        Assert.Empty(run.Compile().Where(diagnostic => diagnostic.Id is not ("CS1591" or "CS8019")).Select(diagnostic => diagnostic.ToString()));
    }

    private static bool IsDeclaration(string block) => block.Contains("partial class", StringComparison.Ordinal);

    private static string WithoutUsings(string block) => UsingDirective().Replace(block, "");

    private static string[] Blocks(string page, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "docs", page);
        return [.. CodeBlock().Matches(File.ReadAllText(path).Replace("\r\n", "\n")).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
