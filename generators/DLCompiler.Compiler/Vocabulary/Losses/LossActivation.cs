using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>
/// Finds predictions that don't go with their loss although their shape does: probabilities where the loss makes them itself from logits, and logits where it
/// wants probabilities. Such a model trains, slowly and to a worse result.
/// </summary>
internal static class LossActivation
{
    private static readonly ScalarExpression sigmoid = Building.Call(UnaryFunction.Sigmoid, Building.X);

    /// <summary>Warns of a prediction that does not go with a loss.</summary>
    /// <param name="loss">Where the loss is applied.</param>
    public static void Check(FunctionState function, LossKind kind, Node prediction, Origin loss)
    {
        Node origin = prediction;
        while (origin.Operator is Reshape) origin = origin.Inputs[0];
        if (Mistake(function, kind, prediction, origin) is not { } mistake) return;
        Origin maker = function.Trail.MakerOf(origin)?.Origin ?? loss;
        bool isNear = maker.Site.ClassMetadataName == loss.Site.ClassMetadataName;
        function.Warn(new VocabularyError(DiagnosticIds.LossActivation, isNear ? maker : loss, mistake, isNear ? loss : maker) { Tensors = [] });
    }

    private static string? Mistake(FunctionState function, LossKind kind, Node prediction, Node origin)
    {
        bool isSoftmax = origin.Operator is Softmax, isSigmoid = origin.Operator is Map map && map.Expression == sigmoid;
        switch (kind)
        {
            case LossKind.SoftmaxCrossEntropy when isSoftmax:
                return "SoftmaxCrossEntropy applies Softmax itself, so that it is applied twice; leave this Softmax out";
            case LossKind.SoftmaxCrossEntropy when prediction.Shape.Last() is { IsConstant: true, Value: 1 }:
                return $"SoftmaxCrossEntropy of one class ({prediction.Shape}) is always 0; use SigmoidCrossEntropy, or a unit for each class";
            case LossKind.SigmoidCrossEntropy when isSigmoid:
                return "SigmoidCrossEntropy applies Sigmoid itself, so that it is applied twice; leave this Sigmoid out";
            case LossKind.SigmoidCrossEntropy when isSoftmax:
                return "SigmoidCrossEntropy expects logits, and this Softmax makes probabilities; leave it out";
            case LossKind.BinaryCrossEntropy when function.Trail.MakerOf(origin) is { IsOfLayer: true }:
                return "BinaryCrossEntropy expects probabilities, and what this layer gives is not between 0 and 1; use SigmoidCrossEntropy";
            default:
                return null;
        }
    }
}
