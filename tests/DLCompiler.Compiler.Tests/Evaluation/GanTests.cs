using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>Models within a model, and steps with losses of their own.</summary>
public sealed class GanTests
{
    [Fact]
    public void EachStepUpdatesTheFieldsThatItNames()
    {
        ModelGraph model = Gan("D", "G").Right(Generator(), Discriminator());

        FunctionGraph discriminator = model.Function("StepDiscriminator"), generator = model.Function("StepGenerator");
        Assert.Equal(["real", "z"], discriminator.Inputs.Select(input => input.Operator.Attributes));
        Assert.Equal(["D.0.weight", "D.0.bias", "D.2.weight", "D.2.bias"], discriminator.Updates);
        Assert.Equal(["G.0.weight", "G.0.bias"], generator.Updates);
        Assert.Equal(2, model.Functions.Count);
    }

    [Fact]
    public void ModelsThatAreFieldsAreRunsInTheirOwnOrder()
    {
        EvaluationResult result = Gan("D", "G").Evaluate(Generator(), Discriminator());

        Assert.Equal(
            [new NestedModel("G", "App.Generator", 0, 2, 0, 0), new NestedModel("D", "App.Discriminator", 2, 4, 0, 0)],
            result.Signature.Nested);
        Assert.Equal(
            Discriminator().Right().Parameters.Select(parameter => parameter with { Name = "D." + parameter.Name }),
            result.Model!.Parameters.Skip(2));
    }

    [Fact]
    public void NamesInUpdatesAreFieldsWithParameters()
    {
        ClassWriter gan = Gan("D", "H");
        gan.Evaluate(Generator(), Discriminator()).HasOne("DLC1017", gan["updates H"], "Updates names 'H', which is not a field of 'Gan'; use 'D' or 'G'");
    }

    [Fact]
    public void MistakesOfAModelThatIsAFieldAreReportedThereOnly()
    {
        var wrong = new ClassWriter("Discriminator");
        wrong.Field("fc", wrong.Layer("Dense", ("units", wrong.Value(1)), ("input", wrong.Value(7))));
        wrong.Forward(wrong.Tensor("x", "N", 12), wrong.Return(wrong.Use("fc", wrong.Name("x"))));

        EvaluationResult result = Gan("D", "G").Evaluate(Generator(), wrong);

        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Model);
        Assert.Single(wrong.Evaluate().Diagnostics);
    }

    [Fact]
    public void InputsOfAModelThatIsAFieldHaveItsDeclaredShape()
    {
        var c = new ClassWriter("Holder");
        c.Field("D", c.New("App.Discriminator"));
        c.Forward(c.Tensor("x", "N", 13), c.Return(c.Use("D", c.Mark("argument", c.Name("x")), "DLCompiler.Sequential")));

        c.Evaluate(Discriminator()).HasOne("DLC1003", c["argument"],
            "the input of Discriminator is declared as [N, 12] but receives [N, 13]: dimension 1 is 13 instead of 12. Declare [Input(\"N\", 13)], or "
            + "change the layer that gives it");
    }

    private static ClassWriter Generator()
    {
        var c = new ClassWriter("Generator");
        return c.Input("N", 4).Then("Dense", ("units", c.Value(12))).Then("Tanh");
    }

    private static ClassWriter Discriminator()
    {
        var c = new ClassWriter("Discriminator");
        return c.Input("N", 12).Then("Dense", ("units", c.Value(8))).Then("LeakyRelu", ("slope", c.Value(0.2f))).Then("Dense", ("units", c.Value(1)));
    }

    private static ClassWriter Gan(string first, string second)
    {
        var c = new ClassWriter("Gan");
        c.Field("G", c.New("App.Generator")).Field("D", c.New("App.Discriminator"));
        Expression Judge(Expression x, float target) => c.On(c.Use("D", x, "DLCompiler.Sequential"), "SigmoidCrossEntropy", ("target", c.Value(target)));
        Expression Draw() => c.Use("G", c.Name("z"), "DLCompiler.Sequential");
        c.Step(
            "DiscriminatorLoss",
            [c.Tensor("real", "N", 12), c.Tensor("z", "N", 4)],
            [c.Return(c.Operator("Addition", Judge(c.Name("real"), 1), Judge(Draw(), 0)))],
            first);
        return c.Step("GeneratorLoss", [c.Tensor("z", "N", 4)], [c.Return(Judge(Draw(), 1))], second);
    }
}
