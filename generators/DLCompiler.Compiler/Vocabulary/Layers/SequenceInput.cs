using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>Sequences [N, channels, length], which convolutions and pools take as images of one row.</summary>
internal static class SequenceInput
{
    /// <summary>Checks that the input is a batch of sequences whose channels and length are known at compile time.</summary>
    public static void Check(VocabularyCall call, string user)
    {
        Shape shape = call.Input.Shape;
        if (shape.Rank != 3)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{user} expects sequences [N, channels, length] but receives {Checks.Name(shape)}; {Advice(call, shape)}");
        }

        for (int axis = 1; axis < 3; axis++) Checks.Constant(call, axis, user);
    }

    /// <summary>[N, C, L] as [N, C, 1, L].</summary>
    public static Node AsImages(GraphBuilder graph, Node sequences) =>
        graph.Reshape(sequences, new Shape(sequences.Shape.Dimensions.Insert(2, Dimension.One)));

    /// <summary>[N, C, 1, L] as [N, C, L].</summary>
    public static Node FromImages(GraphBuilder graph, Node images) => graph.Reshape(images, new Shape(images.Shape.Dimensions.RemoveAt(2)));

    // What makes sequences of it: one channel before the features, or the positions of images one after the other.
    private static string Advice(VocabularyCall call, Shape shape)
    {
        string sizes = shape.Rank switch
        {
            2 => $"1, {shape[1]}",
            4 when shape[2].IsConstant && shape[3].IsConstant => $"{shape[1]}, {Checks.Text(shape[2].Value * shape[3].Value)}",
            _ => "channels, length",
        };
        return call.IsInChain ? $"write [Reshape({sizes})] before" : $"use Reshape(x.Shape[0], {sizes}) before";
    }
}
