using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Ide.Tests;

/// <summary>Tooltips, completion lists and definitions: what editors know of emitted members.</summary>
[Collection(OpenProjectCollection.Name)]
public sealed class HoverTests(OpenProject open)
{
    private readonly Editor editor = open.Editor;

    [Theory]
    [InlineData("LeNet5.cs", "partial class LeN$$et5", "hover class")]
    [InlineData("Program.cs", "model.Pre$$dict", "hover Predict")]
    [InlineData("Program.cs", "model.F$$it", "hover Fit")]
    [InlineData("Program.cs", "S$$eed = 1", "hover Seed")]
    [InlineData("Program.cs", "LeNet5.Parameter$$Count", "hover ParameterCount")]
    [InlineData("LeNet5.cs", "conv1.For$$ward", "hover Forward")]
    public async Task TooltipsAreAsThePageShowsThem(string file, string at, string name) => Transcript.Verify(name, await editor.HoverAsync(file, at));

    // The type's tooltip is the same wherever the type is named.
    [Fact]
    public async Task TheTableIsAlsoWhereTheModelIsUsed() =>
        Assert.Equal(await editor.HoverAsync("LeNet5.cs", "partial class LeN$$et5"), await editor.HoverAsync("Program.cs", "using LeN$$et5 model"));

    [Fact]
    public async Task TheTableFollowsTheCode()
    {
        Editor wider = await editor.TypeAsync("LeNet5.cs", "fc2 = new(84)", "fc2 = new(85)");
        Assert.Contains("fc2 (Dense)     [N, 85]", await wider.HoverAsync("LeNet5.cs", "partial class LeN$$et5"));
    }

    [Fact]
    public async Task CompletionListsOfferEmittedMembers()
    {
        IReadOnlyList<string> ofModel = await editor.CompletionsAsync("Program.cs", "model.$$Predict");
        IReadOnlyList<string> ofClass = await editor.CompletionsAsync("Program.cs", "LeNet5.$$Parameter");
        Assert.Superset(new HashSet<string> { "Predict", "Fit", "Evaluate", "Save", "Load", "Seed", "Threads", "Parameters" }, ofModel.ToHashSet());
        Assert.Superset(new HashSet<string> { "Summary", "ParameterCount", "Flops", "ActivationBytes" }, ofClass.ToHashSet());
        // What only emitted code needs is not offered.
        Assert.DoesNotContain(ofModel.Concat(ofClass), name => name.StartsWith('_'));
        Transcript.Verify("completion", $"model.  {string.Join(", ", ofModel)}\nLeNet5. {string.Join(", ", ofClass)}");
    }

    [Fact]
    public async Task AndSoWhileTheModelIsWrong()
    {
        Editor wrong = await editor.TypeAsync("LeNet5.cs", "new(120)", "new(120, input: 256)");
        Assert.Contains("Predict", await wrong.CompletionsAsync("Program.cs", "model.$$Predict"));
        Editor half = await editor.TypeAsync("LeNet5.cs", "return fc3.Forward(fc2.Forward(x).Relu());", "return fc3.");
        Assert.Contains("Predict", await half.CompletionsAsync("Program.cs", "model.$$Predict"));
        Assert.Contains("Forward", await half.CompletionsAsync("LeNet5.cs", "return fc3.$$"));
    }

    [Fact]
    public async Task TheVocabularyIsOfferedInABody()
    {
        IReadOnlyList<string> offered = await editor.CompletionsAsync("LeNet5.cs", "conv1.Forward(image).$$Relu()");
        Assert.Superset(new HashSet<string> { "Relu", "MaxPool", "Flatten", "Reshape", "Softmax" }, offered.ToHashSet());
    }

    [Fact]
    public async Task EmittedFilesArePartOfTheProject()
    {
        Transcript.Verify("emitted files", string.Join("\n", await editor.EmittedFilesAsync()));
        Assert.Equal(
            ("LeNet5.g.cs", "public float[] Predict(global::System.ReadOnlySpan<float> image)", true),
            await editor.DefinitionAsync("Program.cs", "model.Pre$$dict"));
    }
}
