using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1008: names that are taken, renamed wherever they are used.</summary>
public sealed class DuplicateNameTests
{
    private const string Key = "Rename";
    private const string Body = "public Tensor Forward([Shape(\"N\", 4)] Tensor x) => x.Relu();";

    [Fact]
    public async Task AMemberIsRenamedInAllFiles()
    {
        const string Net = "using DLCompiler;\n[Model]\npublic partial class Net\n{\n    /// <summary>See <see cref=\"Threads\"/>.</summary>\n    public static int Threads => 2; // of them\n\n    " + Body + "\n}\n";
        const string Use = "static class Use { static int Run() => Net.Threads + nameof(Net.Threads).Length; }\n";
        using var solution = new FixSolution([("A.cs", Net), ("B.cs", Use)]);
        await FixTest.ChangesAsync(new DuplicateNameCodeFix(), Key, solution,
            [Net.Replace("Threads", "Threads1"), Use.Replace("Net.Threads", "Net.Threads1")]);
    }

    [Fact]
    public async Task AnIdeIsAskedForABetterName()
    {
        using var solution = new FixSolution([("A.cs", $"using DLCompiler; [Model] partial class Net {{ void Fit() {{ }} {Body} }}")]);
        CodeAction action = (await FixTest.OffersAsync(new DuplicateNameCodeFix(), solution.Start)).Single();
        Assert.Equal("Rename 'Fit'", action.Title);
        Solution changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        SyntaxNode root = (await changed.Projects.Single().Documents.Single().GetSyntaxRootAsync())!;
        Assert.Equal("Fit1", root.GetAnnotatedTokens(RenameAnnotation.Kind).Single().Text);
    }

    [Fact]
    public async Task AllAreRenamedAtOnce()
    {
        string Text(string name, string number) =>
            $"using DLCompiler;\n[Model] partial class {name} {{ const int Threads{number} = 1; void Fit{number}() => Fit{number}(Threads{number}); void Fit{number}(int n) => System.Console.WriteLine(n); {Body} }}\n";
        // Overloads keep one name.
        string After(string name) => Text(name, "1");
        using var solution = new FixSolution([("A.cs", Text("A", "")), ("B.cs", Text("B", ""))], [("C.cs", Text("C", ""))]);
        await FixTest.ChangesAllAsync(new DuplicateNameCodeFix(), Key, FixAllScope.Solution, solution, [After("A"), After("B"), After("C")]);
    }

    [Theory]
    [InlineData("[Step] Tensor GanLoss({0}) => a.Forward(x).Mean(); [Step] Tensor Gan({0}) => GanLoss(x);",
        "[Step] Tensor GanLoss({0}) => a.Forward(x).Mean(); [Step] Tensor Gan1({0}) => GanLoss(x);")]
    [InlineData("[Step] Tensor Gan({0}) => a.Forward(x).Mean(); [Step] Tensor GanLoss({0}) => Gan(x);",
        "[Step] Tensor Gan({0}) => a.Forward(x).Mean(); [Step] Tensor Gan1Loss({0}) => Gan(x);")]
    public Task TheSecondOfTwoStepsIsRenamed(string before, string after)
    {
        string Text(string steps) => $"using DLCompiler;\n[Model] partial class Net {{ readonly Dense a = new(1); {steps.Replace("{0}", "[Shape(\"N\", 6)] Tensor x")} }}\n";
        return FixTest.ChangesAsync(new DuplicateNameCodeFix(), Key, Text(before), Text(after));
    }

    [Fact]
    public Task AnInputThatIsNamedLikeTheTargetIsRenamed()
    {
        string Text(string name) =>
            $"using DLCompiler;\n[Model]\n[Train(Loss.MeanSquaredError, Optimizer.Sgd)]\npartial class Net\n{{\n    readonly Dense fc = new(2);\n\n    public Tensor Forward([Shape(\"N\", 4)] Tensor {name}) => fc.Forward({name});\n}}\n";
        return FixTest.ChangesAsync(new DuplicateNameCodeFix(), Key, Text("target"), Text("target1"));
    }
}
