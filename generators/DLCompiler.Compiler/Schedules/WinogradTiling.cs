using System;
using System.Globalization;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// How a Winograd convolution goes through an image: a rectangle of tiles at a time is transformed, multiplied and transformed back while it is in the
/// second-level cache; the channels of the result are shared by several workers where an image has few rectangles.
/// </summary>
/// <param name="Rows">Rows of tiles of a strip.</param>
/// <param name="Columns">Columns of tiles of a strip.</param>
/// <param name="PartPanels">Panels of result channels of an item; each part of the channels transforms the source again.</param>
/// <param name="Cycles">What a sample takes by the model.</param>
public readonly record struct WinogradTiling(int Rows, int Columns, int PartPanels, double Cycles)
{
    // Of the second-level cache, the weights that stream by need some, too.
    private const long SourceBytes = 512 * 1024;

    // Below so many items a sample, its channels are shared.
    private const int FewestItems = 4, PartChannels = 128;

    // Of sixteen channels of a tile, for each of their vectors: loads, sums and stores; measured.
    private const double SourceCycles = 40, ResultCycles = 40;

    /// <summary>Result channels side by side in the transformed weights: a tile's vectors, and whole blocks.</summary>
    public static int PanelWidth(Target target) => Math.Max(Target.BlockSamples, MatrixTile.Vectors * target.Lanes);

    /// <summary>Elements between neighbouring tiles of the transformed source: one more line of cache than they have, so that rows don't share lines' places
    /// in the first-level cache.</summary>
    public static long TileStride(int sources) => (((sources + Target.BlockSamples - 1) / Target.BlockSamples) + 1L) * Target.BlockSamples;

    /// <summary>Elements between positions, of so many elements each: a line of cache apart from a power of two.</summary>
    public static long PositionStride(long elements) => elements + Target.BlockSamples;

    /// <summary>The rectangle with the fewest cycles, and the panels of an item, unless the user chooses others.</summary>
    /// <param name="decisions">Where the choices are noted, and may be others.</param>
    /// <param name="part">What is convolved.</param>
    /// <param name="target">The level.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="sources">Source channels.</param>
    /// <param name="results">Result channels.</param>
    public static WinogradTiling Choose(FunctionDecisions decisions, string part, Target target, int height, int width, int sources, int results)
    {
        WinogradTiling best = Best(target, height, width, sources, results);
        int tileRows = Tiles(height), tileColumns = Tiles(width), panels = Panels(target, results);
        long kibibytes = best.Rows * best.Columns * BytesOfTile(target, sources) / 1024;
        (int rows, int columns) = decisions.Choose(part, "strip", (best.Rows, best.Columns),
            string.Format(CultureInfo.InvariantCulture, "{0:0} thousand cycles a sample; {1} KiB of transformed source, of {2} in the second-level cache",
                best.Cycles / 1000, kibibytes, SourceBytes / 1024),
            text => ChoiceText.Pair(text, (tileRows, "rows of tiles"), (tileColumns, "tiles of a row")), strip => ChoiceText.Pair(strip.Item1, strip.Item2));
        int own = PanelsOfItem(target, Covers(tileRows, rows) * Covers(tileColumns, columns), results);
        int partPanels = decisions.Choose(part, "panels", own,
            own == panels ? "all channels: there are items enough" : $"channels are shared, so that a sample has {ChoiceText.Integer(FewestItems)} items",
            text => ChoiceText.Number(text, 1, panels, "panels of channels of an item"));
        return new WinogradTiling(rows, columns, partPanels, best.Cycles);
    }

    /// <summary>The rectangle with the fewest cycles.</summary>
    /// <param name="target">The level.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="sources">Source channels.</param>
    /// <param name="results">Result channels.</param>
    public static WinogradTiling Best(Target target, int height, int width, int sources, int results)
    {
        int tileRows = Tiles(height), tileColumns = Tiles(width), panels = Panels(target, results);
        long most = Math.Max(1, SourceBytes / BytesOfTile(target, sources));
        WinogradTiling best = default;
        for (int rows = 1; rows <= tileRows; rows++)
        {
            // A strip is several rows only where it is as wide as the image.
            int columns = (int)Math.Min(tileColumns, rows == 1 ? most : Math.Max(1, most / rows));
            if (rows > 1 && columns < tileColumns) break;
            int across = Covers(tileColumns, columns), down = Covers(tileRows, rows);
            columns = Covers(tileColumns, across);
            int partPanels = PanelsOfItem(target, across * down, results), parts = Covers(panels, partPanels);
            double products = 0, sourceBlocks = TileStride(sources) / Target.BlockSamples - 1;
            for (int row = 0; row < tileRows; row += rows)
                for (int column = 0; column < tileColumns; column += columns)
                    products += CoverCycles(target, Math.Min(rows, tileRows - row) * Math.Min(columns, tileColumns - column));
            products *= (double)WinogradTransforms.Positions * sources * panels * (PanelWidth(target) / (MatrixTile.Vectors * target.Lanes));
            double transforms = (double)tileRows * tileColumns * target.VectorsPerBlock
                * ((SourceCycles * sourceBlocks * parts) + (ResultCycles * results / Target.BlockSamples));
            double weights = WeightCycles.Of(target, WinogradTransforms.Positions * (long)sources * results, across * down);
            double cycles = Math.Max(products, weights) + transforms;
            if (rows == 1 || cycles < best.Cycles * 0.99) best = new WinogradTiling(rows, columns, partPanels, cycles);
        }

        return best;
    }

    /// <summary>Tiles that cover a size.</summary>
    public static int Tiles(int size) => Covers(size, WinogradTransforms.Results);

    private static int Panels(Target target, int results) => Covers(results, PanelWidth(target));

    private static long BytesOfTile(Target target, int sources) => WinogradTransforms.Positions * TileStride(sources) * target.ElementBytes;

    // Where a sample has few rectangles, its channels are shared in parts of equal size.
    private static int PanelsOfItem(Target target, int strips, int results) =>
        Covers(Panels(target, results), strips >= FewestItems ? 1 : Math.Min(Covers(results, PartChannels), Covers(FewestItems, strips)));

    private static int Covers(int size, int of) => (size + of - 1) / of;

    // A step of each tile of an exact cover.
    private static double CoverCycles(Target target, int tiles)
    {
        double cycles = 0;
        foreach (int rows in MatrixTile.Rows(target))
        {
            cycles += tiles / rows * ChannelTiling.Cycles(rows, MatrixTile.Vectors);
            tiles %= rows;
        }

        return cycles;
    }
}
