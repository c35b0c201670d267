using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>GroupNorm(groups, epsilon = 1e-5, features = 0)</c>: γ·(x − mean)/√(variance + ε) + β with statistics over each group of channels (axis 1) and all
/// positions of a sample, Wu and He 2018.
/// </summary>
internal static class GroupNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.GroupNorm", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "groups", 1);
        Checks.Optional(arguments, "features");
        Normalizing.CheckEpsilon(arguments);
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        ArgumentSet arguments = call.Layer.Arguments;
        long channels = Normalizing.Channels(call);
        int groups = arguments.Integer("groups");
        if (channels % groups != 0)
        {
            throw call.ErrorAtLayer(
                DiagnosticIds.Divisibility,
                "groups",
                $"{Checks.Text(groups)} groups do not divide the {Checks.Text(channels)} channels of {x.Shape}; "
                    + $"use {Checks.CommonDivisors(channels, channels)}",
                Checks.Divisor("groups", groups, channels, channels));
        }

        var grouped = new Shape(x.Shape.Dimensions.RemoveAt(1).Insert(1, channels / groups).Insert(1, groups));
        EquatableArray<int> axes = Enumerable.Range(2, grouped.Rank - 2).ToEquatableArray();
        Node normal = Normalizing.Standardize(call.Graph, call.Graph.Reshape(x, grouped), axes, arguments.Number("epsilon", 1e-5));
        return new TensorValue(Normalizing.Scale(call, call.Graph.Reshape(normal, x.Shape), 1, hasBias: true));
    }
}
