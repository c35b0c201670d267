using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>InstanceNorm(epsilon = 1e-5, features = 0)</c>: γ·(x − mean)/√(variance + ε) + β with statistics over the positions of each channel (axis 1) of a
/// sample, Ulyanov et al. 2016.
/// </summary>
internal static class InstanceNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.InstanceNorm", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.Optional(arguments, "features");
        Normalizing.CheckEpsilon(arguments);
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        if (x.Shape.Rank == 2)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} normalises over the positions of each channel, and {x.Shape} has none; use LayerNorm, or BatchNorm");
        }

        Normalizing.Channels(call);
        EquatableArray<int> axes = Enumerable.Range(2, x.Shape.Rank - 2).ToEquatableArray();
        Node normal = Normalizing.Standardize(call.Graph, x, axes, call.Layer.Arguments.Number("epsilon", 1e-5));
        return new TensorValue(Normalizing.Scale(call, normal, 1, hasBias: true));
    }
}
