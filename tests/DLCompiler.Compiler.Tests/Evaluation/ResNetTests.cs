using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>Blocks with hyperparameters, arrays of blocks, a model that derives from a block: ResNet-34 (He et al. 2015), with torchvision's sizes.</summary>
public sealed class ResNetTests
{
    [Fact]
    public void ModelFixesTheHyperParametersOfItsBase()
    {
        EvaluationResult result = ResNet34().Evaluate(Block(), Net());

        Assert.Empty(result.Diagnostics);
        ModelGraph model = result.Model!;
        Assert.Equal("[N, 1000]", model.OutputShape());
        Assert.Equal(21_797_672, result.Signature.ParameterCount); // torchvision's resnet34
        Assert.Equal("stem.weight", model.Parameters[0].Name);
        Assert.Contains("blocks.15.norm2.bias", model.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(36 * 2, model.States.Count);
        Assert.Equal(new StateSpecification("blocks.0.norm1.running_var", new(64), 1), model.States[3]);
    }

    [Fact]
    public void LayersThatAreNotReachedOwnNothing()
    {
        ModelGraph model = ResNet34().Right(Block(), Net());

        // Only the first block of stages 2 to 4 changes the shape.
        const string Suffix = ".project.weight";
        Assert.Equal(
            ["blocks.3", "blocks.7", "blocks.13"],
            model.Parameters.Where(parameter => parameter.Name.EndsWith(Suffix, StringComparison.Ordinal))
                .Select(parameter => parameter.Name[..^Suffix.Length]));
    }

    [Fact]
    public void TrainingTakesBatchStatisticsAndMovesTheRunningOnes()
    {
        ModelGraph model = ResNet34().Trains("SoftmaxCrossEntropy", "Sgd", ("Momentum", 0.9)).Right(Block(), Net());

        FunctionGraph predict = model.Function("Predict"), train = model.Function("Train");
        Assert.Empty(predict.StateWrites);
        Assert.Equal(model.States.Select(state => state.Name).Order(), train.StateWrites.Select(write => ((State)write.State.Operator).Identifier).Order());
        Assert.All(train.StateWrites, write => Assert.Equal(write.State.Shape, write.Value.Shape));
    }

    internal static ClassWriter Block()
    {
        var c = new ClassWriter("ResidualBlock", ClassKind.Block).HyperParameter("channels").HyperParameter("stride", fallback: 1);
        Expression.New Convolution(int kernel, Expression stride, int padding) => c.Layer(
            "Conv2D",
            ("filters", c.Name("channels")), ("kernel", c.Value(kernel)), ("stride", stride), ("padding", c.Value(padding)), ("bias", c.Value(false)));
        c.Field("conv1", Convolution(3, c.Name("stride"), 1)).Field("conv2", Convolution(3, c.Value(1), 1)).Field(
            "project", Convolution(1, c.Name("stride"), 0));
        c.Field("norm1", c.Layer("BatchNorm")).Field("norm2", c.Layer("BatchNorm")).Field("norm3", c.Layer("BatchNorm"));
        Expression keeps = c.Operate("&&", c.Operate("==", c.Name("stride"), c.Value(1)), c.Operate("==", c.Size(c.Name("x"), 1), c.Name("channels")));
        return c.Forward(
            c.Tensor("x"),
            c.Let("skip", c.Choose(keeps, c.Name("x"), c.Use("norm3", c.Use("project", c.Name("x"))))),
            c.Let("y", c.On(c.Use("norm1", c.Use("conv1", c.Name("x"))), "Relu")),
            c.Return(c.On(c.Mark("add", c.Operator("Addition", c.Use("norm2", c.Use("conv2", c.Name("y"))), c.Name("skip"))), "Relu")));
    }

    private static ClassWriter Net()
    {
        var c = new ClassWriter("ResNet", ClassKind.Block).HyperParameter("depths", "int[]");
        c.Field(
            "stem",
            c.Layer("Conv2D", ("filters", c.Value(64)), ("kernel", c.Value(7)), ("stride", c.Value(2)), ("padding", c.Value(3)), ("bias", c.Value(false))));
        c.Field("norm", c.Layer("BatchNorm"));
        c.Field("blocks", c.Static("App.ResNet", "Stages", ("depths", c.Name("depths"))));
        c.Field("head", c.Dense(1000));
        Expression stride = c.Choose(
            c.Operate("&&", c.Operate("==", c.Name("i"), c.Value(0)), c.Operate(">", c.Name("stage"), c.Value(0))), c.Value(2), c.Value(1));
        Expression block = c.New("App.ResidualBlock", ("channels", c.Operate("<<", c.Value(64), c.Name("stage"))), ("stride", stride));
        c.Method("Stages", [c.Any("depths")], [
            c.Let("all", c.New("System.Collections.Generic.List`1")),
            c.For("stage", new Expression.Member(c.Name("depths"), "System.Array", "Length", c.Site(null)), c.For(
                "i", new Expression.Element(c.Name("depths"), c.Name("stage"), c.Site(null)), c.Do(new Expression.Call(
                    c.Name("all"), "System.Collections.Generic.List`1", "Add", [new Argument("item", block, false)], c.Site(null))))),
            c.Return(c.Name("all"))]);
        return c.Forward(
            c.Tensor("image", "N", 3, 224, 224),
            c.Let(
                "x",
                c.On(
                    c.On(c.Use("norm", c.Use("stem", c.Name("image"))), "Relu"),
                    "MaxPool",
                    ("size", c.Value(3)),
                    ("stride", c.Value(2)),
                    ("padding", c.Value(1)))),
            c.ForEach("block", c.Member("blocks"), c.Set("x", c.Forward(c.Name("block"), "App.ResidualBlock", c.Name("x")))),
            c.Set("x", c.On(c.On(c.Name("x"), "Mean", ("axis", c.Value(3))), "Mean", ("axis", c.Value(2)))),
            c.Return(c.Use("head", c.Name("x"))));
    }

    private static ClassWriter ResNet34()
    {
        var c = new ClassWriter("ResNet34");
        return c.DerivesFrom("ResNet", ("depths", c.Array(c.Value(3), c.Value(4), c.Value(6), c.Value(3))));
    }
}
