using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>Chains of layer attributes.</summary>
public sealed class ChainTests
{
    [Fact]
    public void KeysAreThePositionsOfTheAttributes()
    {
        ModelGraph model = Mlp().Right();
        Assert.Equal(
            [
                "0.weight [128, 784]",
                "0.bias [128]",
                "3.weight [10, 128]",
                "3.bias [10]"
            ], model.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("Train")]
    public void GraphIsThatOfTheBody(string function)
    {
        var c = new ClassWriter("Mlp").Trains("SoftmaxCrossEntropy", "AdamW");
        c.Field("first", c.Dense(128)).Field("drop", c.Layer("Dropout", ("rate", c.Value(0.2f)))).Field("second", c.Dense(10));
        c.Forward(c.Tensor("input", "N", 784), c.Return(c.Use("second", c.Use("drop", c.On(c.Use("first", c.Name("input")), "Relu")))));

        string body = Listing(c.Right(), function).Replace("first.", "0.", StringComparison.Ordinal).Replace("second.", "3.", StringComparison.Ordinal);
        Assert.Equal(body, Listing(Mlp().Right(), function));
    }

    [Fact]
    public void DropoutIsThereInTrainingOnly()
    {
        ModelGraph model = Mlp().Right();
        Assert.DoesNotContain("RandomUniform", Listing(model, "Predict"), StringComparison.Ordinal);
        Assert.Contains("select(b >= 0.2, 1.25*a, 0)", Listing(model, "Train"), StringComparison.Ordinal);
    }

    [Fact]
    public void ReshapeKeepsTheBatch()
    {
        var c = new ClassWriter("Net").Input("N", 784);
        c.Then("Reshape", ("sizes", c.Array(c.Value(1), c.Value(28), c.Value(-1)))).Then("Conv2D", ("filters", c.Value(4)), ("kernel", c.Value(3)));
        Assert.Equal("[N, 4, 26, 26]", c.Right().OutputShape());
    }

    [Fact]
    public void EmbeddingFirstMeansIds()
    {
        var c = new ClassWriter("Net").Input("N", 7);
        c.Then("Embedding", ("count", c.Value(100)), ("dimensions", c.Value(8))).Then("Dense", ("units", c.Value(3)));
        ModelGraph model = c.Right();
        Assert.Equal("Int32 [N, 7]", Assert.Single(model.Function("Predict").Inputs).Type.ToString());
        Assert.Equal("[N, 7, 3]", model.OutputShape());
        Assert.Equal(InitializerKind.Normal, model.Parameters[0].Initializer);
    }

    [Fact]
    public void InputIsNeeded()
    {
        var c = new ClassWriter("Net");
        c.Then("Dense", ("units", c.Value(3)));
        Assert.Equal("the chain 'Net' needs the shape of its input: add [Input(\"N\", …)]", Assert.Single(c.Evaluate().Diagnostics).Message);
    }

    [Fact]
    public void MistakesSitOnTheAttribute()
    {
        var c = new ClassWriter("Net").Input("N", 3, 5, 5);
        c.Then("Conv2D", ("filters", c.Value(4)), ("kernel", c.Mark("kernel", c.Value(7))));
        c.Evaluate().HasOne("DLC1012", c["kernel"], "kernel 7 does not fit the padded input 5×5 of [N, 3, 5, 5]. Use at most 5, or padding: 1");
    }

    internal static ClassWriter Mlp()
    {
        var c = new ClassWriter("Mlp").Input("N", 784).Trains("SoftmaxCrossEntropy", "AdamW");
        return c.Then("Dense", ("units", c.Value(128))).Then("Relu").Then("Dropout", ("rate", c.Value(0.2f))).Then("Dense", ("units", c.Value(10)));
    }

    private static string Listing(ModelGraph model, string function) =>
        string.Join("\n", model.Function(function).Graph.Nodes.Select(node => node.ToString().Split("  //")[0]));
}
