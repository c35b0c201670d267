using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using DLCompiler.Generator.Pipeline;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>Files that override what the compiler decides: what they change, what is said of lines that can't be followed, which models are emitted
/// anew.</summary>
public sealed class ScheduleFileTests
{
    private const string Models =
        """
        using DLCompiler;

        namespace App;

        /// <summary/>
        [Model, Input("N", 40), Dense(24), Relu, Dense(4)]
        public partial class Net : Sequential;

        /// <summary/>
        [Model, Input("N", 8), Dense(4)]
        public partial class Other : Sequential;
        """;

    [Fact]
    public void AnOverrideIsEmittedAndSaidSo()
    {
        GeneratorRun run = Run("Net.schedule", "# Half as high.\nVector512: Predict/*.rows = 6,3,2,1  # of twelve\n");
        Assert.Empty(run.Reported);
        Assert.Empty(run.Compile());
        string text = run.File("App.Net.Kernels.g.cs");
        Assert.Contains("//   rows = 6,3,2,1 (overridden) for ", text, StringComparison.Ordinal);
        Assert.Contains("_6x32(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_12x32(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(overridden)", run.File("App.Other.Kernels.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Net.schedule", "Predict/nothing.rows = 4,2,1", 0, 0, "nothing is decided for 'Predict/nothing': 'rows' is decided for Predict/")]
    [InlineData("Net.schedule", "\n  Predict/*.speed = 9", 1, 2, "nothing called 'speed' is decided for 'Predict/*': there is ")]
    [InlineData("Net.schedule", "Predict/*.rows = 9,4,2,1", 0, 0,
        "is impossible at Vector512: rows fall to 1, each at least half of the one before")]
    [InlineData("Net.schedule", "Vector128: Predict/*.rows = 10,5,3,2,1", 0, 0,
        "needs 23 vector registers, and there are 15. The compiler's own choice is kept there")]
    [InlineData("Net.schedule", "Predict/*.rows = 4,2,1\nPredict/*.rows = 2,1", 0, 0, "a later line decides 'Predict/*.rows'")]
    [InlineData("Net.schedule", "# x\nPredict rows 4", 1, 0, "a line is of the form 'subject.decision = choice'")]
    [InlineData("Net.schedule", "Vector1024: Predict/*.rows = 2,1", 0, 0, "'Vector1024' is no level: there are Vector512, Vector256, Vector128, Scalar")]
    [InlineData("Nets.schedule", "Predict/*.rows = 2,1", 0, 0, "no model is called 'Nets': there is App.Net, App.Other")]
    public void ALineThatIsNotFollowedIsReportedInItsPlace(string file, string text, int line, int column, string message)
    {
        Diagnostic reported = Assert.Single(Run(file, text).Reported);
        Assert.Equal("DLC4002", reported.Id);
        Assert.Equal(DiagnosticSeverity.Warning, reported.DefaultSeverity);
        FileLinePositionSpan place = reported.Location.GetLineSpan();
        Assert.Equal((file, line, column), (place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
        Assert.Contains(message, reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedFileEmitsItsModelAndNoOther()
    {
        CSharpCompilation compilation = TestCompilation.Create(Models);
        var first = new File("Net.schedule", "Predict/*.rows = 4,2,1");
        GeneratorRun run = Run(compilation, first, new File("Other.schedule", "*.rows = 2,1"));
        Assert.Equal(["App.Net"], Changed(run, first, new File("Net.schedule", "Predict/*.rows = 2,1"), compilation));
        Assert.Empty(Changed(run, first, new File("Net.schedule", "# Moved.\n\nPredict/*.rows = 4,2,1 # The same."), compilation));
        Assert.Empty(Changed(run, first, new File("Unknown.schedule", "Predict/*.rows = 4,2,1"), compilation).Except(["App.Net"]));
    }

    [Fact]
    public void ThePagesExamplesDoWhatItSays()
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "diagnostics", "DLC4002.md");
        string page = System.IO.File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        CSharpCompilation compilation = TestCompilation.Create("using DLCompiler;\n" + Block(page, "csharp", 1));
        string quoted = Block(page, "text", 1).TrimEnd('\n');
        Diagnostic reported = Assert.Single(Run(compilation, new File("Net.schedule", Block(page, "schedule", 1))).Reported);
        string message = $"{reported.Id}: {reported.GetMessage(CultureInfo.InvariantCulture)}";
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1")
            System.IO.File.WriteAllText(path, page.Replace(quoted, message, StringComparison.Ordinal));
        else
            Assert.Equal(quoted, message);
        Assert.Empty(Run(compilation, new File("Net.schedule", Block(page, "schedule", 2))).Reported);
    }

    private static string Block(string page, string language, int number) => page.Split($"```{language}\n")[number].Split("```")[0];

    private static string Here([CallerFilePath] string path = "") => path;

    private static GeneratorRun Run(string path, string text) => Run(TestCompilation.Create(Models), new File(path, text));

    private static GeneratorRun Run(CSharpCompilation compilation, params AdditionalText[] files) =>
        GeneratorRun.Of(GeneratorRun.Of(compilation).Driver.AddAdditionalTexts([.. files]), compilation);

    private static string[] Changed(GeneratorRun before, AdditionalText old, AdditionalText changed, CSharpCompilation compilation) =>
    [
        .. GeneratorRun.Of(before.Driver.ReplaceAdditionalText(old, changed), compilation).Result.TrackedSteps[StepNames.Kernels]
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
            .Select(output => ((EmittedFile)output.Value).MetadataName),
    ];

    private sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
