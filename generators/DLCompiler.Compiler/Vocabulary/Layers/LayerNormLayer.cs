using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary><c>LayerNorm(epsilon = 1e-5, bias = true, features = 0)</c>: γ·(x − mean)/√(variance + ε) + β over the last axis, Ba et al. 2016.</summary>
internal static class LayerNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.LayerNorm", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.Optional(arguments, "features");
        Normalizing.CheckEpsilon(arguments);
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        int last = x.Shape.Rank - 1;
        if (last < 0 || (last == 0 && !x.Shape[0].IsConstant))
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, features] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        Normalizing.CheckDeclared(call, Checks.Constant(call, last, call.Layer.Quoted), "features");
        Node normal = Normalizing.Standardize(call.Graph, x, [last], call.Layer.Arguments.Number("epsilon", 1e-5));
        return new TensorValue(Normalizing.Scale(call, normal, last, call.Layer.Arguments.Flag("bias", true)));
    }
}
