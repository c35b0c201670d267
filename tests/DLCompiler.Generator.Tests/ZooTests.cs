using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>The networks of samples/Zoo are those of their papers. Their kernels, which take minutes, are the sample's own check.</summary>
public sealed class ZooTests
{
    private static readonly Lazy<CSharpCompilation> Sources = new(() => TestCompilation.Create(Files()));

    private static readonly Lazy<GeneratorRun> Run = new(() => GeneratorRun.Of(Sources.Value, withKernels: false));

    // Where the numbers come from stands in samples/Zoo/README.md.
    [Theory]
    [InlineData("AlexNet", 61_100_840)]
    [InlineData("ZFNet", 62_357_608)]
    [InlineData("Vgg16", 138_357_544)]
    [InlineData("GoogLeNet", 6_624_904)]
    [InlineData("ResNet18", 11_689_512)]
    [InlineData("ResNet50", 25_557_032)]
    [InlineData("ResNet152", 60_192_808)]
    [InlineData("DenseNet121", 7_978_856)]
    [InlineData("SqueezeNet", 1_248_424)]
    [InlineData("MobileNet", 4_231_976)]
    [InlineData("SEResNet50", 28_088_024)]
    [InlineData("UNet", 31_030_658)]
    public void ParametersAreAsManyAsPublished(string network, long published)
    {
        INamedTypeSymbol type = Run.Value.Output.GetTypeByMetadataName("Zoo." + network)!;
        Assert.Equal(published, Assert.Single(type.GetMembers("ParameterCount").OfType<IFieldSymbol>()).ConstantValue);
    }

    [Fact]
    public async Task NothingIsWrongWithThem()
    {
        Assert.Empty(Run.Value.Reported);
        Assert.Empty(await AnalyzerRun.Of(Sources.Value));
    }

    private static (string Path, string Text)[] Files([CallerFilePath] string caller = "")
    {
        string zoo = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "samples", "Zoo");
        string[] files = [.. new[] { "Blocks", "Networks", "Small" }.SelectMany(folder => Directory.GetFiles(Path.Combine(zoo, folder), "*.cs")), Path.Combine(zoo, "INetwork.cs")];
        return [.. files.Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];
    }
}
