using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC3001: layers without use go, and comments go or stay with what they are about.</summary>
public sealed class UnusedLayerTests
{
    private const string Key = "RemoveUnusedLayer";

    private static string Net(string members) =>
        $$"""
        using DLCompiler;

        namespace App
        {
            [Model]
            public partial class Net
            {
        {{members}}

                public Tensor Forward([Shape("N", 64)] Tensor x) => fc.Forward(x);
            }
        }
        """;

    [Theory]
    [InlineData("        readonly Dense fc = new(2), old = new(3);   // head", "        readonly Dense fc = new(2);   // head")]
    [InlineData("        readonly Dense old = new(3), fc = new(2);", "        readonly Dense fc = new(2);")]
    [InlineData(
        "        readonly Dense\n            fc = new(2),    // in use\n            old = new(3);   // not",
        "        readonly Dense\n            fc = new(2);    // in use")]
    [InlineData(
        "        readonly Dense\n            old = new(3),   // not\n            fc = new(2);    // in use",
        "        readonly Dense\n            fc = new(2);    // in use")]
    [InlineData("        // Nothing uses it.\n        readonly Dense old = new(3);\n        readonly Dense fc = new(2);", "        readonly Dense fc = new(2);")]
    [InlineData("        readonly Dense old = new(3);   // not in use\n\n        // The head.\n        readonly Dense fc = new(2);",
        "        // The head.\n        readonly Dense fc = new(2);")]
    [InlineData("        // Layers.\n\n        /// <summary>Old.</summary>\n        public readonly Dense old = new(3);\n        readonly Dense fc = new(2);",
        "        // Layers.\n\n        readonly Dense fc = new(2);")]
    [InlineData("        readonly Dense fc = new(2);\n\n        Dense Old { get; } = new(3);\n        const int Size = 2;",
        "        readonly Dense fc = new(2);\n\n        const int Size = 2;")]
    [InlineData("        #region layers\n        readonly Dense old = new(3);\n        readonly Dense fc = new(2);\n        #endregion",
        "        #region layers\n        readonly Dense fc = new(2);\n        #endregion")]
    public Task LayersGoWithTheirComments(string before, string after) =>
        FixTest.ChangesAsync(new UnusedLayerCodeFix(), Key, Net(before), Net(after));

    [Fact]
    public Task TheLastMemberGoes() => FixTest.ChangesAsync(
        new UnusedLayerCodeFix(), Key,
        "using DLCompiler;\n[Model]\npublic partial class Net\n{\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => x.Relu();\n\n    readonly Dense old = new(3);\n}\n",
        "using DLCompiler;\n[Model]\npublic partial class Net\n{\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => x.Relu();\n}\n");

    [Fact]
    public async Task ALayerThatUnreachedCodeNamesStays() => Assert.Empty(await FixTest.TitlesAsync(
        new UnusedLayerCodeFix(),
        "using DLCompiler; [Model] public partial class Net { readonly Dense old = new(3); const bool Deep = false; public Tensor Forward([Shape(\"N\", 64)] Tensor x) => Deep ? old.Forward(x) : x.Relu(); }"));

    [Fact]
    public async Task AllOfAProjectGo()
    {
        const string Two = "using DLCompiler;\n[Model] partial class Other\n{\n    public Tensor Forward([Shape(\"N\", 64)] Tensor x) => x.Relu();\n}\n";
        using var solution = new FixSolution(
            [
                ("A.cs", Net("        readonly Dense a = new(1), fc = new(2), b = new(3), c = new(4);\n        readonly Conv2D d = new(5, 3);")),
                ("B.cs", Two.Replace("    public", "    // Old.\n    readonly Dense e = new(6), f = new(7);\n\n    public")),
            ]);
        await FixTest.ChangesAllAsync(new UnusedLayerCodeFix(), Key, FixAllScope.Project, solution, [Net("        readonly Dense fc = new(2);"), Two]);
    }
}
