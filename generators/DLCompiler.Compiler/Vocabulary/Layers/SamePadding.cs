using System;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>same</c>: as much padding as gives ⌈size/stride⌉ positions, half of it before, and an odd element of it after, as TensorFlow's and, for stride 1,
/// PyTorch's.
/// </summary>
internal static class SamePadding
{
    /// <summary>Checks that it is not beside padding of the user's own.</summary>
    public static void Check(ArgumentSet arguments)
    {
        if (arguments.Flag("same", false) && arguments.Integer("padding") is var padding and not 0)
            throw Checks.Wrong(arguments, "padding", $"is {Checks.Text(padding)} beside same, which pads by itself; leave one of them out");
    }

    /// <summary>What is added before and after a line of elements.</summary>
    /// <param name="length">The elements.</param>
    /// <param name="extent">The elements that a window spans.</param>
    /// <param name="stride">The distance between windows.</param>
    public static (int Before, int After) Around(long length, long extent, int stride)
    {
        long count = (length + stride - 1) / stride, total = Math.Max(0, ((count - 1) * stride) + extent - length);
        return ((int)(total / 2), (int)(total - (total / 2)));
    }
}
