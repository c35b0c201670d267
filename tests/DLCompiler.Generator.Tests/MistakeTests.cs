using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>
/// Every mistake that the language and the vocabulary allow, in the files of the folder Mistakes: a case is code, and below it, in lines that start with
/// <c>//!</c>, what the compiler says: the id, the span, the message, the expressions listed with it, the chain of shapes. <c>DLC_ACCEPT=1</c> writes those
/// lines anew. A case whose first line starts with <c>@</c> is short for a model: the shape of its input, a line of fields, and the body of Forward.
/// No case gives more than one message.
/// </summary>
public sealed class MistakeTests
{
    private const string Separator = "\n\n----\n\n", Prelude = "using DLCompiler; using System; using System.Linq; using System.Collections.Generic;\n";

    [Theory]
    [InlineData("Layers")]
    [InlineData("Tensors")]
    [InlineData("Constructs")]
    [InlineData("Declarations")]
    [InlineData("Sequences")]
    [InlineData("Blocks")]
    [InlineData("Repeats")]
    public async Task EachGivesOneMessageAtItsPlace(string file)
    {
        string path = Path.Combine(Folder(), file + ".txt");
        string text = (await File.ReadAllTextAsync(path)).Replace("\r\n", "\n", StringComparison.Ordinal);
        string[] cases = [.. text.TrimEnd('\n').Split(Separator).Select(Code)];

        // One compilation for all: a case is a file with a namespace of its own.
        CSharpCompilation compilation =
            TestCompilation.Create(cases.Select((code, index) => ($"Case{index}.cs", $"namespace Case{index};\n{Prelude}{Expanded(code)}")));
        GeneratorRun run = GeneratorRun.Of(compilation, withKernels: false);
        ILookup<string, Diagnostic> found = (await AnalyzerRun.Of(run)).ToLookup(diagnostic => diagnostic.Location.SourceTree!.FilePath);
        ILookup<string, Diagnostic> errors = run.Output.GetDiagnostics().Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "");

        var actual = new StringBuilder();
        for (int index = 0; index < cases.Length; index++)
        {
            Diagnostic[] findings = [.. found[$"Case{index}.cs"]];
            Assert.True(findings.Length <= 1,
                $"{file}: one mistake gives several messages:\n{cases[index]}\n{string.Join("\n", findings.Select(one => one.ToString()))}");
            bool hasErrors = errors[$"Case{index}.cs"].Any();
            Assert.False(hasErrors && findings.Length > 0, $"{file}: the C# compiler rejects it already:\n{cases[index]}\n{findings.FirstOrDefault()}");
            if (index > 0) actual.Append(Separator);
            actual.Append(cases[index]).Append('\n').Append(findings.Length == 1 ? Result(findings[0]) : hasErrors ? "//! C#" : "//! right");
        }

        actual.Append('\n');
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1") await File.WriteAllTextAsync(path, actual.ToString());
        else Assert.Equal(text, actual.ToString());
    }

    /// <summary>The code of all cases, and the id of what the compiler says of them.</summary>
    internal static IEnumerable<(string Id, string Code)> Cases() =>
        from path in Directory.GetFiles(Folder(), "*.txt").Order(StringComparer.Ordinal)
        from given in File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split(Separator)
        let said = given.Split('\n').First(line => line.StartsWith("//! ", StringComparison.Ordinal))
        select (said[4..].Split(' ')[0], Prelude + Expanded(Code(given)));

    private static string Code(string given) => string.Join("\n", given.Split('\n').Where(line => !line.StartsWith("//!", StringComparison.Ordinal)));

    private static string Expanded(string code)
    {
        if (!code.StartsWith('@')) return code;
        string[] lines = code.Split('\n', 3);
        return $"[Model] public partial class Net {{ {lines[1]}\n public Tensor Forward([Shape({lines[0][1..]})] Tensor x) {{ {lines[2]} }} }}";
    }

    private static string Result(Diagnostic diagnostic)
    {
        List<string> lines = [$"{diagnostic.Id} {Part(diagnostic.Location)}", diagnostic.GetMessage(CultureInfo.InvariantCulture)];
        if (diagnostic.AdditionalLocations.Count > 0) lines.Add("with " + string.Join(" | ", diagnostic.AdditionalLocations.Select(Part)));
        if (diagnostic.Properties.TryGetValue("Chain", out string? chain)) lines.AddRange(chain!.Split('\n').Select(line => "chain " + line));
        return string.Join("\n", lines.Select(line => "//! " + line));
    }

    private static string Part(Location place) => place.SourceTree!.GetText().ToString(place.SourceSpan).Replace("\n", " ", StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "Mistakes");
}
