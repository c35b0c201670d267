using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1005: shapes of inputs, as far as layers declare them.</summary>
public sealed class MissingShapeTests
{
    private const string Key = "AddShape";

    private static string Net(string members) => $"using DLCompiler;\n\n[Model]\npublic partial class Net\n{{\n    {members}\n}}\n";

    [Theory]
    [InlineData("readonly Dense fc = new(2, input: 784); public Tensor Forward({0}Tensor x) => fc.Forward(x);", "[Shape(\"N\", 784)] ")]
    [InlineData("const int Size = 28 * 28; readonly Dense fc = new(2, Size); public Tensor Forward(\n        // Pixels.\n        {0}Tensor x) => fc.Forward(x.Relu());",
        "[Shape(\"N\", 784)] ")]
    [InlineData("readonly Dense a = new(2), b = new(2, input: 9); public Tensor Forward([Shape(\"B\", 7)] Tensor x, {0}Tensor y) => a.Forward(x) + b.Forward(y);",
        "[Shape(\"B\", 9)] ")]
    public Task SizesThatALayerDeclaresAreWritten(string members, string shape) =>
        FixTest.ChangesAsync(new MissingShapeCodeFix(), Key, Net(members.Replace("{0}", "")), Net(members.Replace("{0}", shape)));

    [Theory]
    [InlineData("readonly Dense fc = new(2); public Tensor Forward({0}Tensor x) => fc.Forward(x);", "[Shape(\"N\", 0)] ")]
    [InlineData("readonly Conv2D c = new(2, 3, input: 3); public Tensor Forward({0}Tensor x) => c.Forward(x);", "[Shape(\"N\", 3, 0, 0)] ")]
    [InlineData("readonly DepthwiseConv2D c = new(3, input: 4); public Tensor Forward({0}Tensor x) => c.Forward(x);", "[Shape(\"N\", 4, 0, 0)] ")]
    [InlineData("readonly ConvTranspose2D c = new(2, 3); public Tensor Forward({0}Tensor x) => c.Forward(x);", "[Shape(\"N\", 0, 0, 0)] ")]
    [InlineData("public Tensor Forward({0}Tensor x) => x.MaxPool(2);", "[Shape(\"N\", 0, 0, 0)] ")]
    [InlineData("readonly Embedding e = new(9, 4); public Tensor Forward({0}Tensor<int> ids) => e.Forward(ids);", "[Shape(\"N\", 0)] ")]
    [InlineData("[Step] Tensor FitLoss({0}Tensor x) => x.Mean();", "[Shape(\"N\", 0)] ")]
    public Task OtherSizesAreAskedFor(string members, string shape) =>
        FixTest.ChangesAsync(new MissingShapeCodeFix(), Key, Net(members.Replace("{0}", "")), Net(members.Replace("{0}", shape)), "DLC1005");

    [Fact]
    public async Task TheCaretGoesToTheSize()
    {
        using var solution = new FixSolution([("Test.cs", Net("readonly Conv2D c = new(2, 3, input: 3); public Tensor Forward(Tensor x) => c.Forward(x);"))]);
        CodeAction action = (await FixTest.OffersAsync(new MissingShapeCodeFix(), solution.Start)).Single();
        Assert.Equal("Add [Shape(\"N\", …)], sizes to fill in", action.Title);
        Solution changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        SyntaxNode root = (await changed.Projects.Single().Documents.Single().GetSyntaxRootAsync())!;
        SyntaxNode marked = root.GetAnnotatedNodes("CodeAction_Navigation").Single();
        Assert.Equal(("0", "[Shape(\"N\", 3, 0, 0)]"), (marked.ToString(), marked.Parent!.Parent!.Parent!.ToString()));
    }

    [Theory]
    [InlineData("[Model]\n[Dense(4), Relu]\npublic partial class Net : Sequential;\n", "[Model, Input(\"N\", 0)]\n[Dense(4), Relu]\npublic partial class Net : Sequential;\n")]
    [InlineData("[Model, Conv2D(4, 3)] partial class Net : Sequential;\n", "[Model, Input(\"N\", 0, 0, 0), Conv2D(4, 3)] partial class Net : Sequential;\n")]
    public Task AChainGetsAnInput(string before, string after) =>
        FixTest.ChangesAsync(new MissingShapeCodeFix(), Key, "using DLCompiler;\n" + before, "using DLCompiler;\n" + after, "DLC1005");

    [Fact]
    public Task AModelThatIsABlockTakesTheShapeThere()
    {
        const string Text =
            "using DLCompiler;\n[Block] public partial class Part(int units) { readonly Dense fc = new(units, input: 8); public Tensor Forward({0}Tensor x) => fc.Forward(x); }\n[Model] public partial class Net() : Part(2);\n";
        return FixTest.ChangesAsync(new MissingShapeCodeFix(), Key, Text.Replace("{0}", ""), Text.Replace("{0}", "[Shape(\"N\", 8)] "));
    }

    [Fact]
    public Task WithoutAUsingTheNameIsQualified()
    {
        const string Text =
            "[DLCompiler.Model] partial class Net { readonly DLCompiler.Dense fc = new(2, input: 8); public DLCompiler.Tensor Forward({0}DLCompiler.Tensor x) => fc.Forward(x); }\n";
        return FixTest.ChangesAsync(new MissingShapeCodeFix(), Key, Text.Replace("{0}", ""), Text.Replace("{0}", "[DLCompiler.Shape(\"N\", 8)] "));
    }

    [Fact]
    public async Task AllInputsGetShapes()
    {
        const string Text = "readonly Dense a = new(2, input: 7), b = new(2, input: 9);\n\n    public Tensor Forward({0}Tensor x, {1}Tensor y) => a.Forward(x) + b.Forward(y);";
        using var solution = new FixSolution([("Test.cs", Net(Text.Replace("{0}", "").Replace("{1}", "")))]);
        await FixTest.ChangesAllAsync(new MissingShapeCodeFix(), Key, FixAllScope.Document, solution,
            [Net(Text.Replace("{0}", "[Shape(\"N\", 7)] ").Replace("{1}", "[Shape(\"N\", 9)] "))]);
    }
}
