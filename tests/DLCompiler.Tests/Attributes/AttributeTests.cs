using System.Linq;
using System.Reflection;
using Xunit;

namespace DLCompiler.Tests.Attributes;

public class AttributeTests
{
    [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, Beta1 = 0.5f)]
    private sealed class WithDefaults
    {
        [Step]
        public static void AllLoss()
        {
        }

        [Step(Updates = nameof(WithDefaults), Optimizer = Optimizer.AdamW, LearningRate = 2e-4f)]
        public static void OneLoss()
        {
        }

        [Step("a", "b", Momentum = 0.9f, Nesterov = true, WeightDecay = 0)]
        public static void SeveralLoss([Shape("N", "T <= 256", 3)] int x) => _ = x;
    }

    [Fact]
    public void Train_says_which_numbers_are_the_optimizer_s_own()
    {
        var adam = typeof(WithDefaults).GetCustomAttribute<TrainAttribute>()!;
        Assert.Equal((Loss.SoftmaxCrossEntropy, Optimizer.Adam), (adam.Loss, adam.Optimizer));
        Assert.Equal((float.NaN, float.NaN, 0f, false), (adam.LearningRate, adam.WeightDecay, adam.Momentum, adam.Nesterov));
        Assert.Equal((0.5f, float.NaN, float.NaN), (adam.Beta1, adam.Beta2, adam.Epsilon));
        Assert.True(adam.DecayVectors);
        Assert.Equal(0f, new TrainAttribute(Loss.MeanSquaredError, Optimizer.AdamW) { LearningRate = 0 }.LearningRate);
    }

    [Fact]
    public void A_step_names_the_fields_it_updates()
    {
        StepAttribute all = Step("AllLoss"), one = Step("OneLoss"), several = Step("SeveralLoss");
        Assert.Equal((Optimizer.Sgd, float.NaN, 0), (all.Optimizer, all.LearningRate, all.UpdatedFields.Length));
        Assert.Equal(["WithDefaults"], one.UpdatedFields);
        Assert.Equal((Optimizer.AdamW, 2e-4f, float.NaN), (one.Optimizer, one.LearningRate, one.WeightDecay));
        Assert.Equal(["a", "b"], several.UpdatedFields);
        Assert.Equal((0.9f, true, 0f), (several.Momentum, several.Nesterov, several.WeightDecay));

        static StepAttribute Step(string method) => typeof(WithDefaults).GetMethod(method)!.GetCustomAttribute<StepAttribute>()!;
    }

    [Fact]
    public void A_shape_mixes_sizes_and_names()
    {
        var shape = typeof(WithDefaults).GetMethod("SeveralLoss")!.GetParameters().Single().GetCustomAttribute<ShapeAttribute>()!;
        Assert.Equal(["N", "T <= 256", 3], shape.Sizes);
    }
}
