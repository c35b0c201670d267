using System;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Chooses a convolution tile: so many pixels of a row times so many channels, each a vector of samples in a register.</summary>
public readonly record struct ConvolutionTiling(int Pixels, int Channels)
{
    /// <summary>The tile that covers a row of pixels and the channels with the fewest cycles, by a model of two multiply-adds and two loads a cycle.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">What is convolved.</param>
    /// <param name="target">The level.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Channels of the result, in one group.</param>
    public static ConvolutionTiling Choose(FunctionDecisions decisions, string part, Target target, int width, int channels)
    {
        var cheapest = new Cheapest<ConvolutionTiling>(new ConvolutionTiling(1, 1));
        for (int pixels = 1; pixels <= Math.Min(width, 14); pixels++)
            for (int count = 1; count <= Math.Min(channels, 8); count++)
            {
                if (NeededRegisters(pixels, count) > target.Registers - 1) continue;
                int rowTiles = (width + pixels - 1) / pixels, channelTiles = channels / count, restChannels = channels % count;
                double cost = (rowTiles * channelTiles * Cycles((width + rowTiles - 1) / rowTiles, count))
                    + (restChannels > 0 ? rowTiles * Cycles((width + rowTiles - 1) / rowTiles, restChannels) : 0);
                cheapest.Consider(new ConvolutionTiling(pixels, count), cost);
            }

        return decisions.Choose(part, "tile", cheapest.Best, cheapest.Why("cycles a row and tap"), text =>
        {
            (int pixels, int count) = ChoiceText.Pair(text, (width, "pixels"), (channels, "channels"));
            ChoiceText.RequireRegisters(text, NeededRegisters(pixels, count), target.Registers);
            return new ConvolutionTiling(pixels, count);
        });
    }

    /// <inheritdoc/>
    public override string ToString() => ChoiceText.Pair(Pixels, Channels);

    // Accumulators, one vector a pixel, and one broadcast weight.
    private static int NeededRegisters(int pixels, int channels) => (pixels * channels) + pixels + 1;

    // The latency of a multiply-add (four cycles) bounds small tiles.
    private static double Cycles(int pixels, int channels) => Math.Max(4, Math.Max(pixels * channels / 2.0, (pixels + channels) / 2.0)) + 0.25;
}
