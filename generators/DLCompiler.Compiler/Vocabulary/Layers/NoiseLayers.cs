using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// Layers that disturb their input in training, and hand it on in prediction: <c>SpatialDropout(rate)</c>, <c>AlphaDropout(rate)</c> and
/// <c>GaussianNoise(deviation)</c>.
/// </summary>
internal static class NoiseLayers
{
    // −λ·α of SELU: what its units give where they are off.
    private const double SeluFloor = -1.7580993408473766;

    public static IEnumerable<LayerDefinition> Layers =>
    [
        new("DLCompiler.SpatialDropout", DropoutLayer.CheckRate, call => Forward(call, "rate", SpatialDropout), HasParameters: false),
        new("DLCompiler.AlphaDropout", DropoutLayer.CheckRate, call => Forward(call, "rate", AlphaDropout), HasParameters: false),
        new("DLCompiler.GaussianNoise", CheckDeviation, call => Forward(call, "deviation", GaussianNoise), HasParameters: false),
    ];

    private static void CheckDeviation(ArgumentSet arguments)
    {
        double deviation = arguments.Number("deviation");
        if (!(deviation >= 0 && deviation < double.PositiveInfinity))
            throw Checks.Wrong(arguments, "deviation", $"is {Checks.Text(deviation)}; it must be at least 0");
    }

    private static object Forward(VocabularyCall call, string argument, Func<VocabularyCall, double, Node> disturb)
    {
        double strength = call.Layer.Arguments.Number(argument);
        if (call.Layer.Definition.Kind == "SpatialDropout" && call.Input.Shape.Rank < 3)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} drops whole channels of [N, channels, …], and {Checks.Name(call.Input.Shape)} has no positions; use Dropout");
        }

        return new TensorValue(!call.Function.Training || strength == 0 ? call.Input : disturb(call, strength));
    }

    // Tompson et al., "Efficient object localization using convolutional networks", 2015: one draw for all positions of a channel.
    private static Node SpatialDropout(VocabularyCall call, double rate)
    {
        Shape shape = call.Input.Shape;
        Node random = call.Graph.BroadcastAlong(Uniform(call, new Shape(shape.Take(2))), shape, [0, 1]);
        return call.Graph.Map(new ScalarExpression.Select(Kept(rate), X * (1 / (1 - rate)), 0.0), call.Input, random);
    }

    // Klambauer et al., "Self-normalizing neural networks", 2017: what is dropped is off, and mean and variance stay.
    private static Node AlphaDropout(VocabularyCall call, double rate)
    {
        double scale = 1 / Math.Sqrt((1 - rate) * (1 + (rate * SeluFloor * SeluFloor))), shift = -scale * rate * SeluFloor;
        return call.Graph.Map(
            new ScalarExpression.Select(Kept(rate), (X * scale) + shift, (SeluFloor * scale) + shift), call.Input, Uniform(call, call.Input.Shape));
    }

    // Box and Muller 1958; 1 − u is never 0.
    private static Node GaussianNoise(VocabularyCall call, double deviation)
    {
        ScalarExpression radius = Call(UnaryFunction.Sqrt, -2.0 * Call(UnaryFunction.Log, 1.0 - Y));
        ScalarExpression normal = radius * Call(UnaryFunction.Cos, 6.2831853071795862 * new ScalarExpression.Input(2));
        Shape shape = call.Input.Shape;
        return call.Graph.Map(X + (deviation * normal), call.Input, Uniform(call, shape), Uniform(call, shape));
    }

    private static ScalarExpression Kept(double rate) => new ScalarExpression.Compare(Comparison.GreaterOrEqual, Y, rate);

    private static Node Uniform(VocabularyCall call, Shape shape) => call.Graph.Add(new RandomUniform(shape, call.Function.NextStream()));
}
