using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>BatchNorm(momentum = 0.1, epsilon = 1e-5, features = 0)</c>: γ·(x − mean)/√(variance + ε) + β per feature (axis 1), after Ioffe and Szegedy 2015.
/// Training takes mean and
/// biased variance of the batch and moves the running ones, the variance unbiased, by momentum; prediction takes the running ones,
/// and so does training where the layer is frozen.
/// </summary>
internal static class BatchNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.BatchNorm", Check, Forward, HasParameters: true) { HasStates = true };

    private static void Check(ArgumentSet arguments)
    {
        Checks.Optional(arguments, "features");
        double momentum = arguments.Number("momentum", 0.1), epsilon = arguments.Number("epsilon", 1e-5);
        if (!(momentum is >= 0 and <= 1)) throw Checks.Wrong(arguments, "momentum", $"is {Checks.Text(momentum)}; it must be between 0 and 1");
        if (!(epsilon > 0)) throw Checks.Wrong(arguments, "epsilon", $"is {Checks.Text(epsilon)}; it must be positive, such as 1e-5f");
    }

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        GraphBuilder graph = call.Graph;
        Node x = call.Input;
        if (call.Function.IsInLoop)
        {
            throw call.Error(
                DiagnosticIds.Unsupported, $"{call.Layer.Quoted} keeps running statistics, which can't change from step to step of a Scan or a Repeat; use LayerNorm in it");
        }

        if (x.Shape.Rank < 2)
        {
            throw new VocabularyError(DiagnosticIds.WrongRank, call.InputOrigin,
                $"{call.Layer.Quoted} expects [N, features, …] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        long features = Checks.Constant(call, 1, call.Layer.Quoted);
        int declared = arguments.Integer("features");
        if (declared != 0 && declared != features)
        {
            throw call.WrongInputSize("features", "features", declared, features, x.Shape.ToString());
        }

        call.BindInput(features, "features", x.Shape);
        double momentum = arguments.Number("momentum", 0.1), epsilon = arguments.Number("epsilon", 1e-5);
        Shape perFeature = new(features);
        Node gamma = call.Parameter("weight", perFeature, InitializerKind.Ones, features, features);
        Node beta = call.Parameter("bias", perFeature, InitializerKind.Zeros, features, features);
        StateSpecification runningMean = call.State("running_mean", perFeature, 0), runningVariance = call.State("running_var", perFeature, 1);
        Node mean, variance;
        if (call.Function.Training && !call.Layer.IsFrozen)
        {
            EquatableArray<int> axes = Enumerable.Range(0, x.Shape.Rank).Where(axis => axis != 1).ToEquatableArray();
            (mean, variance) = graph.Moments(x, axes);
            Dimension count = axes.Items.Aggregate(Dimension.One, (product, axis) => product * x.Shape[axis]);

            // One value has no unbiased variance: it is taken as it is then, so that statistics stay finite.
            ScalarExpression unbiased = ScalarExpression.Of(count) / Call(BinaryFunction.Max, ScalarExpression.Of(count - 1), 1.0);
            call.Function.Write(runningMean, Blend(graph, call.Function.Read(runningMean), mean, momentum, 1.0));
            call.Function.Write(runningVariance, Blend(graph, call.Function.Read(runningVariance), variance, momentum, unbiased));
        }
        else
        {
            mean = call.Function.Read(runningMean);
            variance = call.Function.Read(runningVariance);
        }

        return new TensorValue(graph.Add(new BatchNormalize(epsilon), x, gamma, beta, mean, variance));
    }

    private static Node Blend(GraphBuilder graph, Node running, Node batch, double momentum, ScalarExpression scale) =>
        graph.Map(((1 - momentum) * X) + (momentum * scale * Y), running, batch);
}
