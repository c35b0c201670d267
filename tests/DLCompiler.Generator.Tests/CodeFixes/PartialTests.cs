using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1007: partial models in partial types.</summary>
public sealed class PartialTests
{
    private const string Key = "MakePartial", Body = "{ readonly Dense fc = new(2); public Tensor Forward([Shape(\"N\", 4)] Tensor x) => fc.Forward(x); }";

    [Theory]
    [InlineData("[Model] public class Net " + Body, "[Model] public partial class Net " + Body)]
    [InlineData("/// <summary>A net.</summary>\n[Model]\nclass Net // small\n" + Body, "/// <summary>A net.</summary>\n[Model]\npartial class Net // small\n" + Body)]
    [InlineData("[Model]\npublic partial record Net\n" + Body, "[Model]\npublic partial class Net\n" + Body)]
    [InlineData("[Model] record class Net " + Body, "[Model] partial class Net " + Body)]
    [InlineData("// Local.\nfile class Helper;\n[Model]\nfile sealed partial class Net " + Body, "// Local.\nfile class Helper;\n[Model]\nsealed partial class Net " + Body)]
    [InlineData("/// <summary/>\nfile sealed class Net;\n[Model] file class Other " + Body, "/// <summary/>\nfile sealed class Net;\n[Model] partial class Other " + Body)]
    public Task AModelBecomesAPartialClass(string before, string after) =>
        FixTest.ChangesAsync(new PartialCodeFix(), Key, "using DLCompiler;\n" + before, "using DLCompiler;\n" + after);

    [Theory]
    [InlineData("// Nothing before it.\nclass Outer { [Model] public sealed class Net " + Body + " }",
        "// Nothing before it.\npartial class Outer { [Model] public sealed partial class Net " + Body + " }")]
    [InlineData("public static class A { struct B { interface C { [Model] class Net " + Body + " } } }",
        "public static partial class A { partial struct B { partial interface C { [Model] partial class Net " + Body + " } } }")]
    public async Task ModelsAndTheTypesAroundThemBecomePartial(string before, string after)
    {
        using var solution = new FixSolution([("Test.cs", "using DLCompiler;\n" + before)]);
        await FixTest.ChangesAllAsync(new PartialCodeFix(), Key, FixAllScope.Document, solution, ["using DLCompiler;\n" + after]);
    }

    [Fact]
    public async Task WhatIsStaticIsNotForAFix() =>
        Assert.Empty(await FixTest.TitlesAsync(new PartialCodeFix(), "using DLCompiler; [Model] static partial class Net { static readonly Dense fc = new(2); }"));

    [Fact]
    public async Task TwoModelsInOneClassMakeItPartialOnce()
    {
        string Text(string modifier) =>
            $"using DLCompiler;\nclass Outer{{0}}\n{{\n    [Model]{modifier} class A {Body}\n\n    [Model]{modifier} class B {Body}\n}}\n".Replace("class Outer{0}", "{0}class Outer");
        using var solution = new FixSolution([("Test.cs", Text("").Replace("{0}", ""))]);
        await FixTest.ChangesAllAsync(new PartialCodeFix(), Key, FixAllScope.Document, solution, [Text(" partial").Replace("{0}", "partial ")]);
    }

    [Fact]
    public async Task AllPartsOfTheClassAroundAModelBecomePartial()
    {
        const string First = "using DLCompiler;\n{0}class Outer { [Model] partial class Net " + Body + " }\n", Second = "{0}class Outer { }\n";
        using var solution = new FixSolution([("A.cs", First.Replace("{0}", "")), ("B.cs", Second.Replace("{0}", "partial "))]);
        await FixTest.ChangesAsync(new PartialCodeFix(), Key, solution, [First.Replace("{0}", "partial "), Second.Replace("{0}", "partial ")]);
    }

    [Fact]
    public async Task ASolutionIsMendedAtOnce()
    {
        string Text(string name, string modifier) => $"using DLCompiler;\nnamespace App;\n[Model]\npublic {modifier}class {name}\n{Body}\n";
        using var solution = new FixSolution([("A.cs", Text("A", "")), ("B.cs", Text("B", ""))], [("C.cs", Text("C", ""))]);
        await FixTest.ChangesAllAsync(new PartialCodeFix(), Key, FixAllScope.Solution, solution,
            [Text("A", "partial "), Text("B", "partial "), Text("C", "partial ")]);
    }
}
