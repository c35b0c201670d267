using System;
using System.Linq;
using DLCompiler.Compiler.Decisions;
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
    // What marks a tile that is a whole image, in a choice's text.
    private const string Image = ",image";

    private const int MostVectors = 8, MostPixels = 14, SmallImage = 16;

    /// <summary>Output channels that lie together in the packed weights, so that a tile's steps read them one after the other.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">What is convolved.</param>
    /// <param name="target">The level.</param>
    /// <param name="channels">Channels of the result, in one group.</param>
    public int PanelWidth(FunctionDecisions decisions, string part, Target target, int channels)
    {
        // Tiles that are part of a block find it by their panel.
        int tile = Vectors * target.Lanes, own = Math.Max(Target.BlockSamples, tile);
        int most = tile < Target.BlockSamples ? own : (channels + own - 1) / own * own;
        return decisions.Choose(part, "panel", own, "the channels of a tile, whole blocks of sixteen", text =>
        {
            int width = ChoiceText.Number(text, own, most, "channels of a panel");
            return width % own == 0 ? width : throw new ImpossibleChoiceException($"a panel is a multiple of {ChoiceText.Integer(own)} channels");
        });
    }

    /// <summary>The tile that covers an image and its channels with the fewest cycles, unless the user chooses another.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">What is convolved.</param>
    /// <param name="target">The level.</param>
    /// <param name="problem">What is convolved.</param>
    public static ChannelTiling Choose(FunctionDecisions decisions, string part, Target target, ChannelProblem problem)
    {
        (int height, int width) = (problem.Height, problem.Width);
        Cheapest<ChannelTiling> cheapest = FindCheapest(target, problem);
        int vectorsInAll = VectorsInAll(target, problem);
        return decisions.Choose(part, "tile", cheapest.Best, cheapest.Why("cycles an image and channel of the source"), text =>
        {
            (int pixels, int vectors) = ChoiceText.Pair(text.Replace(Image, ""), ((long)height * width, "pixels"), (vectorsInAll, "vectors of channels"));
            bool whole = text.EndsWith(Image, StringComparison.Ordinal);
            if (whole && (height == 1 || pixels != height * width))
                throw new ImpossibleChoiceException($"an image is {ChoiceText.Integer(height * width)} pixels in {ChoiceText.Integer(height)} rows");
            if (!whole && pixels > width) throw new ImpossibleChoiceException($"a row is {ChoiceText.Integer(width)} pixels; a tile of more is '{Image}'");
            if (!FitsPanels(vectors * target.Lanes))
                throw new ImpossibleChoiceException($"{ChoiceText.Integer(vectors * target.Lanes)} channels are neither a part nor a multiple of sixteen");
            ChoiceText.RequireRegisters(text, NeededRegisters(pixels, vectors), target.Registers);
            return new ChannelTiling(pixels, vectors, whole);
        });
    }

    /// <summary>What a sample takes by the model, with the tile that is chosen for it.</summary>
    /// <param name="target">The level.</param>
    /// <param name="problem">What is convolved.</param>
    public static double SampleCycles(Target target, ChannelProblem problem) =>
        Math.Max(FindCheapest(target, problem).Best.ChannelCycles(target, problem) * problem.Sources,
            WeightCycles.Of(target, (long)problem.Sources * problem.Results * problem.ImageTaps.Count, 1));

    private static Cheapest<ChannelTiling> FindCheapest(Target target, ChannelProblem problem)
    {
        (int height, int width) = (problem.Height, problem.Width);
        var cheapest = new Cheapest<ChannelTiling>(new ChannelTiling(1, 1, false));
        for (int vectors = 1; vectors <= Math.Min(MostVectors, VectorsInAll(target, problem)); vectors++)
        {
            if (!FitsPanels(vectors * target.Lanes)) continue;
            for (int pixels = 1; pixels <= Math.Min(width, MostPixels); pixels++)
                if (NeededRegisters(pixels, vectors) <= target.Registers - 1) Consider(new ChannelTiling(pixels, vectors, false));
            if (height > 1 && height * width <= SmallImage && NeededRegisters(height * width, vectors) <= target.Registers - 1)
                Consider(new ChannelTiling(height * width, vectors, true));

            void Consider(ChannelTiling tiling) => cheapest.Consider(tiling, tiling.ChannelCycles(target, problem));
        }

        return cheapest;
    }

    private static int VectorsInAll(Target target, ChannelProblem problem) =>
        (problem.Results + Target.BlockSamples - 1) / Target.BlockSamples * Target.BlockSamples / target.Lanes;

    // Cycles of an image and channel of the source. Where a panel is more than the second-level cache keeps, each tile but one waits for its weights.
    private double ChannelCycles(Target target, ChannelProblem problem)
    {
        int taps = problem.ImageTaps.Count, vectorsInAll = VectorsInAll(target, problem), rest = vectorsInAll % Vectors;
        ChannelTiling tiling = this;
        return (vectorsInAll / Vectors * Panel(Vectors)) + (rest > 0 ? Panel(rest) : 0);

        double Panel(int vectors)
        {
            if (tiling.WholeImage) return problem.ImageTaps.Sum(pixels => pixels == 0 ? 0 : Cycles(pixels, vectors));
            int rowTiles = (problem.Width + tiling.Pixels - 1) / tiling.Pixels, even = (problem.Width + rowTiles - 1) / rowTiles;
            double wait = problem.Height * rowTiles == 1 ? 0
                : vectors * target.Lanes * WeightCycles.Again(target, (long)problem.Sources * taps * vectors * target.Lanes);
            return problem.Height * rowTiles * problem.RowTaps * Math.Max(Cycles(even, vectors), wait);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => ChoiceText.Pair(Pixels, Vectors) + (WholeImage ? Image : "");

    private static int VectorsInAll(Target target, int channels) =>
        (channels + Target.BlockSamples - 1) / Target.BlockSamples * Target.BlockSamples / target.Lanes;

    // Accumulators, a step's weights, and one broadcast element.
    private static int NeededRegisters(int pixels, int vectors) => (pixels * vectors) + vectors + 1;

    // Panels are whole blocks of sixteen channels, and tiles whole parts of panels.
    private static bool FitsPanels(int channels) => Math.Max(channels, Target.BlockSamples) % Math.Min(channels, Target.BlockSamples) == 0;

    // The latency of a multiply-add (four cycles) bounds small tiles.
    internal static double Cycles(int pixels, int vectors) => Math.Max(4, Math.Max(pixels * vectors / 2.0, (pixels + vectors) / 2.0)) + 0.25;
}
