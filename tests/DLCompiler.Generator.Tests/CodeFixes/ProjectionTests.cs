using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1004: projections of residual sums.</summary>
public sealed class ProjectionTests
{
    private const string Key = "InsertProjection";

    private static string Net(string fields, string body) =>
        $$"""
        using DLCompiler;

        namespace App;

        [Model]
        public partial class Net
        {
            {{fields}}

            public Tensor Forward([Shape("N", 64, 8, 8)] Tensor x)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("return b.Forward(x) + x; // sum", "return b.Forward(x) + project.Forward(x); // sum")]
    [InlineData("return (b.Forward(x) + (x + 1)).Relu();", "return (b.Forward(x) + project.Forward(x + 1)).Relu();")]
    [InlineData("var skip = x;\n        skip += b.Forward(x);\n        return skip;",
        "var skip = x;\n        skip = project.Forward(skip) + b.Forward(x);\n        return skip;")]
    public Task TheNarrowerOperandIsProjected(string before, string after) => FixTest.ChangesAsync(
        new ProjectionCodeFix(), Key,
        Net("readonly Conv2D b = new(128, kernel: 3, padding: 1);   // wide", before),
        Net("readonly Conv2D b = new(128, kernel: 3, padding: 1);   // wide\n    readonly Conv2D project = new(128, kernel: 1, bias: false);", after));

    [Fact]
    public Task TheStrideIsThatOfTheOtherBranch() => FixTest.ChangesAsync(
        new ProjectionCodeFix(), Key,
        Net("private readonly Conv2D b = new Conv2D(128, 3, stride: 2, padding: 1);", "return b.Forward(x) + x;"),
        Net("private readonly Conv2D b = new Conv2D(128, 3, stride: 2, padding: 1);\n    private readonly Conv2D project = new Conv2D(128, kernel: 1, stride: 2, bias: false);",
            "return b.Forward(x) + project.Forward(x);"));

    [Fact]
    public Task FeaturesAreProjectedByADenseLayer()
    {
        const string Text = "using DLCompiler;\r\n[Model]\r\npublic partial class Net\r\n{\r\n    readonly Dense fc = new(16);{0}\r\n    public Tensor Forward([Shape(\"N\", 4)] Tensor x) => fc.Forward(x) + {1};\r\n}\r\n";
        return FixTest.ChangesAsync(new ProjectionCodeFix(), Key, Text.Replace("{0}", "").Replace("{1}", "x"),
            Text.Replace("{0}", "\r\n    readonly Dense project = new(16, bias: false);").Replace("{1}", "project.Forward(x)"));
    }

    [Fact]
    public Task TheNameIsFree() => FixTest.ChangesAsync(
        new ProjectionCodeFix(), Key,
        Net("readonly Conv2D project = new(128, 3, padding: 1);", "return project.Forward(x) + x;"),
        Net("readonly Conv2D project = new(128, 3, padding: 1);\n    readonly Conv2D project1 = new(128, kernel: 1, bias: false);",
            "return project.Forward(x) + project1.Forward(x);"));

    [Fact]
    public async Task AClassInPartsGetsTheFieldBesideTheSum()
    {
        const string Fields = "using DLCompiler;\n[Model]\npublic partial class Net\n{\n    readonly Dense fc = new(16);\n}\n";
        const string Body = "using DLCompiler;\npartial class Net\n{\n{0}    // The body.\n    public Tensor Forward([Shape(\"N\", 4)] Tensor x) => fc.Forward(x) + {1};\n}\n";
        using var solution = new FixSolution([("A.cs", Fields), ("B.cs", Body.Replace("{0}", "").Replace("{1}", "x"))]);
        await FixTest.ChangesAsync(new ProjectionCodeFix(), Key, solution,
            [Fields, Body.Replace("{0}", "    readonly Dense project = new(16, bias: false);\n\n").Replace("{1}", "project.Forward(x)")]);
    }

    [Theory]
    [InlineData("for (int i = 0; i < 2; i++) x = b.Forward(x) + x; return x;")]
    [InlineData("Tensor Sum(Tensor t) => b.Forward(t) + t; return Sum(x);")]
    [InlineData("return b.Forward(x) + x.Transpose(1, 2);")]
    [InlineData("return b.Forward(x) - x;")]
    [InlineData("return b.Forward(x).Maximum(x);")]
    public async Task WhereALayerWouldBeSharedOrIsNotWhatIsMissingNothingIsOffered(string body) => Assert.Empty(await FixTest.TitlesAsync(
        new ProjectionCodeFix(), Net("readonly Conv2D b = new(128, kernel: 3, padding: 1);", body)));

    [Fact]
    public async Task EachModelGetsItsOwn()
    {
        const string Text = "using DLCompiler;\n[Model] public partial class {N} { readonly Dense fc = new(16);{0} public Tensor Forward([Shape(\"N\", 4)] Tensor x) => fc.Forward(x) + {1}; }\n";
        static string Internal(string text) => text.Replace("public partial", "partial");
        const string Field = " readonly Dense project = new(16, bias: false);";
        string Before(string name) => Text.Replace("{N}", name).Replace("{0}", "").Replace("{1}", "x");
        string After(string name) => Text.Replace("{N}", name).Replace("{0}", Field).Replace("{1}", "project.Forward(x)");
        // The second project has a class of the same full name.
        using var solution = new FixSolution([("A.cs", Before("A")), ("B.cs", Before("B"))], [("C.cs", Before("C")), ("D.cs", Internal(Before("A")))]);
        await FixTest.ChangesAllAsync(
            new ProjectionCodeFix(), Key, FixAllScope.Solution, solution, [After("A"), After("B"), After("C"), Internal(After("A"))]);
    }

    [Fact]
    public async Task TheTitleShowsTheLayer() => Assert.Equal(
        ["Project 'x' with Conv2D(128, kernel: 1, stride: 2, bias: false)"],
        await FixTest.TitlesAsync(new ProjectionCodeFix(), Net("readonly Conv2D b = new(128, 3, stride: 2, padding: 1);", "return b.Forward(x) + x;")));
}
