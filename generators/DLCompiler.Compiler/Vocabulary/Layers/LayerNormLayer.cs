using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary><c>LayerNorm(epsilon = 1e-5, bias = true, features = 0)</c>: γ·(x − mean)/√(variance + ε) + β over the last axis, Ba et al. 2016.</summary>
internal static class LayerNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.LayerNorm", Normalizing.CheckRows, Forward, HasParameters: true);

    private static object Forward(VocabularyCall call)
    {
        int last = Normalizing.RowAxis(call);
        Node normal = Normalizing.Standardize(call.Graph, call.Input, [last], call.Layer.Arguments.Number("epsilon", 1e-5));
        return new TensorValue(Normalizing.Scale(call, normal, last, call.Layer.Arguments.Flag("bias", true)));
    }
}
