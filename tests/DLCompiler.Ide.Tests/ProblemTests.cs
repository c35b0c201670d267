using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Ide.Tests;

/// <summary>Squiggles as one types, and what the light bulb offers.</summary>
[Collection(OpenProjectCollection.Name)]
public sealed class ProblemTests(OpenProject open)
{
    private readonly Editor editor = open.Editor;

    [Fact]
    public void TheAnalyzersAreThePackages()
    {
        string[] files = [.. editor.PackageFiles.Order(StringComparer.Ordinal)];
        Assert.Equal(["DLCompiler.CodeFixes.dll", "DLCompiler.Generator.dll"], files.Select(Path.GetFileName));
        string folder = Path.Combine("packages", "dlcompiler", "0.0.0-fresh", "analyzers", "dotnet", "cs");
        Assert.All(files, file => Assert.EndsWith(folder, Path.GetDirectoryName(file)));
    }

    [Fact]
    public async Task ARightProjectHasNone()
    {
        Assert.Empty(await editor.ProblemsAsync("LeNet5.cs"));
        Assert.Empty(await editor.ProblemsAsync("Program.cs"));
        Assert.Empty(await editor.GeneratorProblemsAsync());
    }

    [Fact]
    public async Task AWrongSizeIsUnderlinedAndMended()
    {
        Editor wrong = await editor.TypeAsync("LeNet5.cs", "new(120)", "new(120, input: 256)");
        Diagnostic problem = Assert.Single(await wrong.ProblemsAsync("LeNet5.cs"));
        Assert.Equal(("DLC1002", "256"), (problem.Id, Underlined(problem)));
        Assert.EndsWith("docs/diagnostics/DLC1002.md", problem.Descriptor.HelpLinkUri);
        Transcript.Verify("wrong size", Transcript.Of(problem));
        await VerifyFixesAsync("wrong size fixes", wrong, problem, "LeNet5.cs");

        // Where the model is used, nothing is wrong: its members are there.
        Assert.Empty(await wrong.ProblemsAsync("Program.cs"));
    }

    [Fact]
    public async Task ThatAWrongModelIsNotCompiledIsSaidOnItsName()
    {
        Editor wrong = await editor.TypeAsync("LeNet5.cs", "new(120)", "new(120, input: 256)");
        Diagnostic problem = Assert.Single(await wrong.GeneratorProblemsAsync());
        Assert.Equal(("DLC9002", "LeNet5.cs"), (problem.Id, Path.GetFileName(problem.Location.GetLineSpan().Path)));
        Transcript.Verify("not compiled", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AMistakeInABlockIsUnderlinedWhereTheBlockIsCreated()
    {
        Editor wrong = editor.AddFile("Residual.cs", Sources.Block);
        wrong = await wrong.TypeAsync("LeNet5.cs", "readonly Dense fc1", "readonly Residual residual = new(32);\n    readonly Dense fc1");
        wrong = await wrong.TypeAsync("LeNet5.cs", "x.Flatten()", "residual.Forward(x).Flatten()");
        Diagnostic problem = Assert.Single(await wrong.ProblemsAsync("LeNet5.cs"));
        Assert.Equal(("DLC1004", "new(32)"), (problem.Id, Underlined(problem)));
        Assert.Contains(problem.AdditionalLocations, place => place.SourceTree!.FilePath.EndsWith("Residual.cs", StringComparison.Ordinal));
        Transcript.Verify("block", Transcript.Of(problem));
        // The block itself is right: another size may fit it.
        Assert.Empty(await wrong.ProblemsAsync("Residual.cs"));
    }

    [Fact]
    public async Task AnEagerCallBecomesAPrediction()
    {
        Editor slow = await editor.TypeAsync(
            "Program.cs", "model.Predict(test.Features(0, 1))", "model.Forward(Tensor.FromArray(test.Features(0, 1), 1, 1, 28, 28)).ToArray()");
        Diagnostic problem = Assert.Single(await slow.ProblemsAsync("Program.cs"));
        Assert.Equal("DLC3002", problem.Id);
        Transcript.Verify("eager call", Transcript.Of(problem));
        await VerifyFixesAsync("eager call fixes", slow, problem, "Program.cs");
    }

    [Fact]
    public async Task ABudgetIsUnderlinedWhereItIsExceeded()
    {
        Editor heavy = await editor.TypeAsync("LeNet5.cs", "[Model]", "[Model, Budget(Parameters = 50_000)]");
        Diagnostic problem = Assert.Single(await heavy.ProblemsAsync("LeNet5.cs"));
        Assert.Equal(("DLC4001", "Parameters = 50_000"), (problem.Id, Underlined(problem)));
        Transcript.Verify("budget", Transcript.Of(problem));
    }

    [Fact]
    public async Task ShapesAreShownOnRequest()
    {
        Editor shown = editor.AddConfiguration("root = true\n\n[*.cs]\ndotnet_diagnostic.DLC0001.severity = suggestion\n");
        IReadOnlyList<Diagnostic> shapes = await shown.ProblemsAsync("LeNet5.cs");
        Assert.All(shapes, shape => Assert.Equal(("DLC0001", DiagnosticSeverity.Info), (shape.Id, shape.Severity)));
        Transcript.Verify("shapes", string.Join("\n", shapes.Select(Transcript.Of)));
    }

    [Fact]
    public async Task SeveritiesAreTheProjects()
    {
        Editor strict = editor.AddConfiguration("root = true\n\n[*.cs]\ndotnet_diagnostic.DLC3001.severity = error\n");
        strict = await strict.TypeAsync("LeNet5.cs", "fc3 = new(10);", "fc3 = new(10), fc9 = new(1);");
        Diagnostic problem = Assert.Single(await strict.ProblemsAsync("LeNet5.cs"));
        Assert.Equal(("DLC3001", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
    }

    private static string Underlined(Diagnostic problem) => problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan);

    // Each offer with what it changes; after any of them nothing is wrong in the file.
    private static async Task VerifyFixesAsync(string name, Editor wrong, Diagnostic problem, string file)
    {
        List<string> seen = [];
        foreach ((string title, Editor after) in await wrong.FixesAsync(problem))
        {
            Assert.Empty(await after.ProblemsAsync(file));
            seen.Add(title + "\n" + Transcript.Difference(await wrong.TextAsync(file), await after.TextAsync(file)));
        }

        Assert.NotEmpty(seen);
        Transcript.Verify(name, string.Join("\n\n", seen));
    }
}
