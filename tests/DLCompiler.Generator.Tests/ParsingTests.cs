using System.Linq;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Serialization;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests;

public sealed class ParsingTests
{
    [Theory]
    [InlineData(Samples.LeNet5, "App.LeNet5")]
    [InlineData(Samples.Mlp, "App.Mlp")]
    [InlineData(Samples.Gan, "App.Gan")]
    [InlineData(Samples.ResidualNet, "App.ResidualBlock")]
    [InlineData(Samples.ResidualNet, "App.ResidualNet")]
    [InlineData("using DLCompiler; [Model, Input(\"N\", 8), Budget(Parameters = 100, Bytes = 4096)] [Dense(4)] public partial class Net : Sequential;", "Net")]
    [InlineData("using DLCompiler; [Model, Input(\"N\", 8), Inference(Winograd = true)] [Dense(4)] public partial class Net : Sequential;", "Net")]
    public void ProgramsHaveNothingUnsupportedAndSurviveWriting(string text, string name)
    {
        ParsedClass parsed = Parse(text, name);
        string written = ProgramFormat.Write(parsed.Program);
        Assert.DoesNotContain("Unsupported", parsed.Program.ToString());
        Assert.False(parsed.HasInvalidCode);
        Assert.Equal(parsed.Program, ProgramFormat.Read(written));
    }

    internal static ParsedClass Parse(string text, string name)
    {
        CSharpCompilation compilation = TestCompilation.Create(text);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(name)!;
        return ClassParser.Parse(type, compilation, default)!;
    }
}
