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

    /// <summary>Warns where the input of the function looks like images whose channels are the last dimension: TensorFlow's order.</summary>
    public static void CheckOrder(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        Node source = call.Input;
        while (source.Operator is Map { } && source.Inputs.Count == 1) source = source.Inputs[0];
        long height = shape[1].Value, width = shape[2].Value, channels = shape[3].Value;
        bool isLast = channels is 1 or 3 or 4 && (height == width ? height > 4 : channels > 1 && Math.Min(height, width) >= 32);
        if (!isLast || source.Operator is not Input) return;
        string order = $"\"{shape[0]}\", {Checks.Text(channels)}, {Checks.Text(height)}, {Checks.Text(width)}";
        call.Function.Warn(new VocabularyError(
            DiagnosticIds.ChannelsLast,
            call.InputOrigin,
            $"{shape} looks like images with the channels last, and {call.Layer.Quoted} expects them before height and width; "
                + (call.IsInChain ? $"give them as [Input({order})]" : $"Permute(0, 3, 1, 2) before, or give them as [Shape({order})]"))
        {
            ExplainsShapes = true,
        });
    }

    /// <summary>Whether a tensor holds images as convolutions and pools leave them, with elementwise operations and batch norms after these.</summary>
    public static bool IsImage(Node node)
    {
        if (node.Shape.Rank != 4) return false;
        while (node.Operator is Map or BatchNormalize) node = node.Inputs[0];
        return node.Operator is Convolve or ConvolveInputGradient or MaxPool or AveragePool;
    }

    // What makes an image of it: one channel before height and width, or a square of one or three channels from features.
    private static string Advice(VocabularyCall call, Shape shape)
    {
        bool inChain = call.IsInChain;
        if (shape.Rank == 3)
            return inChain ? $"write [Reshape(1, {shape[1]}, {shape[2]})] before" : $"use Reshape(x.Shape[0], 1, {shape[1]}, {shape[2]}) before";
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
