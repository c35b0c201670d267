using System;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The tile of a convolution with channels side by side: pixels × vectors of output channels in registers. Each step loads the vectors of weights once and
/// broadcasts one element of the source a pixel.
/// </summary>
/// <param name="Pixels">Pixels of a row, or of the whole image.</param>
/// <param name="Vectors">Vectors of output channels.</param>
/// <param name="WholeImage">Whether a tile is all of a small image: then each weight is read once, and taps beyond the border cost nothing.</param>
public readonly record struct ChannelTiling(int Pixels, int Vectors, bool WholeImage)
{
    private const int MostVectors = 8, MostPixels = 14, SmallImage = 16;

    /// <summary>Output channels that lie together in the packed weights, so that a tile's steps read them one after the other.</summary>
    public int PanelWidth(Target target) => Math.Max(Target.BlockSamples, Vectors * target.Lanes);

    /// <summary>The tile that covers an image and its channels with the fewest cycles, by a model of two multiply-adds and two loads a cycle.</summary>
    /// <param name="target">The level.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="channels">Channels of the result, in one group.</param>
    public static ChannelTiling Choose(Target target, int height, int width, int channels)
    {
        var best = new ChannelTiling(1, 1, false);
        double bestCost = double.MaxValue;
        int vectorsInAll = (channels + Target.BlockSamples - 1) / Target.BlockSamples * Target.BlockSamples / target.Lanes;
        for (int vectors = 1; vectors <= Math.Min(MostVectors, vectorsInAll); vectors++)
        {
            // Panels are whole blocks of sixteen channels, and tiles whole parts of panels.
            int lanes = vectors * target.Lanes;
            if (Math.Max(lanes, Target.BlockSamples) % Math.Min(lanes, Target.BlockSamples) != 0) continue;
            if (lanes > Target.BlockSamples && lanes % Target.BlockSamples != 0) continue;
            int channelTiles = vectorsInAll / vectors, restVectors = vectorsInAll % vectors;
            for (int pixels = 1; pixels <= Math.Min(width, MostPixels); pixels++)
            {
                if (!Fits(target, pixels, vectors)) continue;
                int rowTiles = (width + pixels - 1) / pixels, even = (width + rowTiles - 1) / rowTiles;
                Consider(new ChannelTiling(pixels, vectors, false), height * rowTiles, even);
            }

            if (height > 1 && height * width <= SmallImage && Fits(target, height * width, vectors))
                Consider(new ChannelTiling(height * width, vectors, true), 1, height * width);

            void Consider(ChannelTiling tiling, int tiles, int even)
            {
                double cost = tiles * ((channelTiles * Cycles(even, vectors)) + (restVectors > 0 ? Cycles(even, restVectors) : 0));
                if (cost < bestCost - 1e-9 || (tiling.WholeImage && cost <= bestCost * 1.1)) (best, bestCost) = (tiling, cost);
            }
        }

        return best;
    }

    /// <summary>What a sample takes by the model.</summary>
    /// <param name="target">The level.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="sources">Channels of the source, in one group.</param>
    /// <param name="results">Channels of the result, in one group.</param>
    /// <param name="taps">Elements of the kernel.</param>
    public double SampleCycles(Target target, int height, int width, int sources, int results, int taps)
    {
        int vectors = (results + Target.BlockSamples - 1) / Target.BlockSamples * Target.BlockSamples / target.Lanes;
        int rowTiles = (width + Pixels - 1) / Pixels, even = WholeImage ? Pixels : (width + rowTiles - 1) / rowTiles;
        double steps = (vectors / Vectors * Cycles(even, Vectors)) + (vectors % Vectors > 0 ? Cycles(even, vectors % Vectors) : 0);
        return Math.Max((WholeImage ? 1 : height * rowTiles) * steps * sources * taps, WeightCycles.Of(target, (long)sources * results * taps, 1));
    }

    // Accumulators, a step's weights, and one broadcast element.
    private static bool Fits(Target target, int pixels, int vectors) => (pixels * vectors) + vectors + 1 <= target.Registers - 1;

    // The latency of a multiply-add (four cycles) bounds small tiles.
    internal static double Cycles(int pixels, int vectors) => Math.Max(4, Math.Max(pixels * vectors / 2.0, (pixels + vectors) / 2.0)) + 0.25;
}
