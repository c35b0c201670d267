using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>The check that convolutions and pools share.</summary>
internal static class ImageInput
{
    /// <summary>Checks that the input is a batch of images whose channels, height and width are known at compile time.</summary>
    public static void Check(VocabularyCall call, string user)
    {
        Shape shape = call.Input.Shape;
        if (shape.Rank != 4)
        {
            throw new VocabularyError(
                DiagnosticIds.WrongRank,
                call.InputOrigin,
                $"{user} expects images [N, channels, height, width] but receives {shape}; Reshape it before");
        }

        for (int axis = 1; axis < 4; axis++) Checks.Constant(call, axis, user);
    }
}
