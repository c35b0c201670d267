using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC1019: a chain derives from Sequential.</summary>
public sealed class ChainTests
{
    private const string Key = "DeriveFromSequential";

    [Theory]
    [InlineData("using DLCompiler;\n[Model, Input(\"N\", 4)]\n[Dense(2)]\npublic partial class Net;\n", "using DLCompiler;\n[Model, Input(\"N\", 4)]\n[Dense(2)]\npublic partial class Net : Sequential;\n")]
    [InlineData("using DLCompiler;\n[Model, Input(\"N\", 4), Dense(2)]\npartial class Net // a chain\n{\n}\n", "using DLCompiler;\n[Model, Input(\"N\", 4), Dense(2)]\npartial class Net : Sequential // a chain\n{\n}\n")]
    [InlineData("using DLCompiler;\ninterface INet;\n[Model, Input(\"N\", 4), Dense(2)] partial class Net : INet { }\n", "using DLCompiler;\ninterface INet;\n[Model, Input(\"N\", 4), Dense(2)] partial class Net : Sequential, INet { }\n")]
    [InlineData("[DLCompiler.Model, DLCompiler.Input(\"N\", 4), DLCompiler.Dense(2)] partial class Net;\n", "[DLCompiler.Model, DLCompiler.Input(\"N\", 4), DLCompiler.Dense(2)] partial class Net : DLCompiler.Sequential;\n")]
    public Task AChainDerivesFromSequential(string before, string after) => FixTest.ChangesAsync(new SequentialCodeFix(), Key, before, after);

    [Fact]
    public async Task AClassThatHasABaseIsLeftAlone() => Assert.Empty(await FixTest.TitlesAsync(
        new SequentialCodeFix(), "using DLCompiler; class Base; [Model, Input(\"N\", 4), Dense(2)] partial class Net : Base;"));

    [Fact]
    public async Task AllChainsDerive()
    {
        string Text(string name, string parent) => $"using DLCompiler;\n[Model, Input(\"N\", 4), Dense(2)]\npartial class {name}{parent};\n";
        using var solution = new FixSolution([("A.cs", Text("A", "")), ("B.cs", Text("B", ""))]);
        await FixTest.ChangesAllAsync(new SequentialCodeFix(), Key, FixAllScope.Project, solution, [Text("A", " : Sequential"), Text("B", " : Sequential")]);
    }
}
