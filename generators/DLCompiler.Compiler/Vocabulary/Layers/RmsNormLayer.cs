using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary><c>RmsNorm(epsilon = 1e-5, features = 0)</c>: γ·x/√(mean of x² + ε) over the last axis, Zhang and Sennrich 2019.</summary>
internal static class RmsNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.RmsNorm", Normalizing.CheckRows, Forward, HasParameters: true);

    private static object Forward(VocabularyCall call)
    {
        int last = Normalizing.RowAxis(call);
        Node normal = Normalizing.DivideByRootMeanSquare(call.Graph, call.Input, [last], call.Layer.Arguments.Number("epsilon", 1e-5));
        return new TensorValue(Normalizing.Scale(call, normal, last, hasBias: false));
    }
}
