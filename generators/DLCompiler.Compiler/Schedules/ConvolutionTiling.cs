using System;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Chooses a convolution tile: so many pixels of a row times so many channels, each a vector of samples in a register.</summary>
public readonly record struct ConvolutionTiling(int Pixels, int Channels)
{
    /// <summary>The tile that covers a row of pixels and the channels with the fewest cycles, by a model of two multiply-adds and two loads a cycle.</summary>
    public static ConvolutionTiling Choose(Target target, int width, int channels)
    {
        var best = new ConvolutionTiling(1, 1);
        double bestCost = double.MaxValue;
        for (int pixels = 1; pixels <= Math.Min(width, 14); pixels++)
            for (int count = 1; count <= Math.Min(channels, 8); count++)
            {
                // Accumulators, one vector a pixel, and one broadcast weight.
                if ((pixels * count) + pixels + 1 > target.Registers - 1) continue;
                int rowTiles = (width + pixels - 1) / pixels, channelTiles = channels / count, restChannels = channels % count;
                double cost = (rowTiles * channelTiles * Cycles((width + rowTiles - 1) / rowTiles, count))
                    + (restChannels > 0 ? rowTiles * Cycles((width + rowTiles - 1) / rowTiles, restChannels) : 0);
                if (cost < bestCost - 1e-9) (best, bestCost) = (new ConvolutionTiling(pixels, count), cost);
            }

        return best;
    }

    // The latency of a multiply-add (four cycles) bounds small tiles.
    private static double Cycles(int pixels, int channels) => Math.Max(4, Math.Max(pixels * channels / 2.0, (pixels + channels) / 2.0)) + 0.25;
}
