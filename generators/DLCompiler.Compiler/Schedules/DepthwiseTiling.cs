using System;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Chooses the tile of a depthwise convolution: so many rows times pixels of one channel, each a vector of samples in a register.</summary>
/// <param name="Rows">Rows of the result; in an input gradient a multiple of the stride, so that all tiles meet the same rows of the kernel.</param>
/// <param name="Pixels">Pixels of a row.</param>
public readonly record struct DepthwiseTiling(int Rows, int Pixels)
{
    // What one tile's code may hold: it is literal in all of its multiply-adds.
    private const int MostMultiplyAdds = 256;

    // A plane that stays in a core's first-level cache, beside its result.
    private const long PlaneBytes = 16 * 1024;

    /// <summary>The tile that covers a plane with the fewest cycles, by a model of two multiply-adds and two loads a cycle.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">What is convolved.</param>
    /// <param name="target">The processor.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="kernelHeight">Kernel rows.</param>
    /// <param name="kernelWidth">Kernel columns.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Pixels of a row of the result.</param>
    /// <param name="forward">Whether it is the convolution, not its input gradient.</param>
    public static DepthwiseTiling Choose(FunctionDecisions decisions, string part, Target target, ConvolutionGeometry geometry, int kernelHeight,
        int kernelWidth, int height, int width, bool forward)
    {
        int unit = forward ? 1 : geometry.StrideY, column = forward ? 1 : geometry.StrideX;
        // A strided input gradient meets every so many taps only.
        double taps = (double)kernelHeight * kernelWidth / (unit * column);
        int step = forward ? geometry.StrideX : 1;
        var cheapest = new Cheapest<DepthwiseTiling>(new DepthwiseTiling(unit, 1));
        for (int rows = unit; rows <= Math.Max(unit, Math.Min(height, 4)); rows += unit)
            for (int pixels = 1; pixels <= Math.Min(width, 14); pixels++)
            {
                // Several rows side by side are several streams, which large planes pay for with misses: measured, half as fast at 32².
                bool isStream = pixels == width || (long)height * width * Target.BlockSamples * target.ElementBytes <= PlaneBytes;
                if (rows > unit && !isStream) continue;

                double products = rows * pixels * taps;
                int columns = Columns(pixels);
                bool fits = (rows * pixels) + columns + 1 <= target.Registers - 1 && (products <= MostMultiplyAdds || rows == unit);
                if (!fits && (rows > unit || pixels > 1)) continue;

                // Source rows that the tile meets; each gives its columns once and takes its rows of the kernel from memory.
                double met = forward ? ((rows - 1) * geometry.StrideY) + kernelHeight : ((double)rows / unit) + ((kernelHeight - 1.0) / unit);
                double loads = (met * columns) + (rows * taps);
                double latency = rows * pixels < 8 ? 8.0 / (rows * pixels) : 1;
                double cycles = Math.Max(products * latency / 2, loads / 2) + (met * 1.5) + 6;
                double tiles = Math.Ceiling((double)height / rows) * Math.Ceiling((double)width / pixels);
                cheapest.Consider(new DepthwiseTiling(rows, pixels), tiles * cycles);
            }

        return decisions.Choose(part, "tile", cheapest.Best, cheapest.Why("cycles a plane"), text =>
        {
            (int rows, int pixels) = ChoiceText.Pair(text, (Math.Max(unit, height), "rows"), (width, "pixels"));
            if (rows % unit != 0) throw new ImpossibleChoiceException($"rows must be a multiple of the stride, {ChoiceText.Integer(unit)}");
            ChoiceText.RequireRegisters(text, (rows * pixels) + Columns(pixels) + 1, target.Registers);
            if (rows > unit && rows * pixels * taps > MostMultiplyAdds)
                throw new ImpossibleChoiceException($"a tile of several rows may have {ChoiceText.Integer(MostMultiplyAdds)} multiply-adds");
            return new DepthwiseTiling(rows, pixels);
        });

        // Of a source row, those that so many pixels meet.
        int Columns(int pixels)
        {
            int seen = (((pixels - 1) / column) * step) + ((kernelWidth - 1) / column * geometry.DilationX) + 1;
            return Math.Min(seen, (int)Math.Ceiling((double)pixels * kernelWidth / column));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => ChoiceText.Pair(Rows, Pixels);
}
