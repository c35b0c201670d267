using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests;

public sealed class SurfaceTests
{
    [Theory]
    [InlineData(Samples.LeNet5, "App.LeNet5")]
    [InlineData(Samples.Mlp, "App.Mlp")]
    [InlineData(Samples.Gan, "App.Gan")]
    [InlineData(Samples.ResidualNet, "App.ResidualNet")]
    public void SurfacesAreAsCommitted(string text, string name) => Snapshot.Verify(name, GeneratorRun.Of(text).File(name + ".g.cs"));

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

    [Fact]
    public void EmittedTextHasOnlyLineFeeds()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Gan.Replace("\n", "\r\n"));
        Assert.All(run.Result.GeneratedSources, source => Assert.DoesNotContain('\r', source.SourceText.ToString()));
    }
}
