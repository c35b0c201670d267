using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>PRelu(perChannel = false, initial = 0.25)</c>: x where positive, else slope·x, with a trained slope [1], or one for each channel [C] (He et al. 2015).
/// </summary>
internal static class PReluLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.PRelu", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        double initial = arguments.Number("initial", 0.25);
        if (double.IsNaN(initial) || double.IsInfinity(initial)) throw Checks.Wrong(arguments, "initial", $"is {Checks.Text(initial)}; it must be a number");
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        bool perChannel = call.Layer.Arguments.Flag("perChannel", false);
        if (perChannel && x.Shape.Rank < 2)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, channels, …] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        long slopes = perChannel ? Checks.Constant(call, 1, call.Layer.Quoted) : 1;
        if (perChannel) call.BindInput(slopes, "channels", x.Shape);
        Node slope = call.Parameter("weight", new Shape(slopes), InitializerKind.Ones, 1, 1, factor: call.Layer.Arguments.Number("initial", 0.25));
        Node all = perChannel ? call.Graph.BroadcastAlong(slope, x.Shape, [1]) : call.Graph.Broadcast(call.Graph.Reshape(slope, Shape.Scalar), x.Shape);
        ScalarExpression isPositive = new ScalarExpression.Compare(Comparison.Greater, X, 0);
        return new TensorValue(call.Graph.Map(new ScalarExpression.Select(isPositive, X, X * Y), x, all));
    }
}
