using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests;

public sealed class SurfaceTests
{
    [Theory]
    [InlineData(Samples.LeNet5)]
    [InlineData(Samples.Mlp)]
    [InlineData(Samples.Gan)]
    [InlineData(Samples.ResidualNet)]
    public void EmittedCodeCompilesWithoutWarnings(string text)
    {
        GeneratorRun run = GeneratorRun.Of(text);
        Assert.Empty(run.Reported);
        Assert.Empty(run.Compile());
    }
}
