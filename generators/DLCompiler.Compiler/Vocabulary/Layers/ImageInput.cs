using System;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
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
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{user} expects images [N, channels, height, width] but receives {Checks.Name(shape)}; {Advice(call, shape)}");
        }

        for (int axis = 1; axis < 4; axis++) Checks.Constant(call, axis, user);
    }

    /// <summary>Whether a tensor holds images as convolutions and pools leave them, with elementwise operations and batch norms after these.</summary>
    public static bool IsImage(Node node)
    {
        if (node.Shape.Rank != 4) return false;
        while (node.Operator is Map or BatchNormalize) node = node.Inputs[0];
        return node.Operator is Convolve or MaxPool or AveragePool;
    }

    // What makes an image of it: one channel before height and width, or a square of one or three channels from features.
    private static string Advice(VocabularyCall call, Shape shape)
    {
        bool inChain = call.IsInChain;
        if (shape.Rank == 3) return inChain ? $"write [Reshape(1, {shape[1]}, {shape[2]})] before" : $"use Reshape(x.Shape[0], 1, {shape[1]}, {shape[2]}) before";
        if (shape.Rank == 2 && shape[1] is { IsConstant: true, Value: var features })
        {
            foreach (long channels in new long[] { 1, 3 })
            {
                long side = (long)Math.Round(Math.Sqrt(features / (double)channels));
                if (side > 1 && side * side * channels == features)
                {
                    string sizes = $"{Checks.Text(channels)}, {Checks.Text(side)}, {Checks.Text(side)}";
                    return inChain ? $"write [Reshape({sizes})] before" : $"use Reshape(x.Shape[0], {sizes}) before";
                }
            }
        }

        return inChain ? "write [Reshape(channels, height, width)] before" : "use Reshape(x.Shape[0], channels, height, width) before";
    }
}
