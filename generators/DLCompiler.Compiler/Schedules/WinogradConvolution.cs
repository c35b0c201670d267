using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a 3×3 convolution by Winograd's F(2×2, 3×3) with channels side by side: a strip of tiles is transformed into the worker's own memory,
/// sixteen matrix products, tiles × source channels × result channels, follow for a panel of weights at a time, and the results are transformed back with the epilogue.
/// It rounds differently from the sum that it replaces, so models ask for it.
/// </summary>
public sealed class WinogradConvolution
{
    // Below, the transforms cost what the products save.
    private const int FewestChannels = 64;

    private const int KernelSize = 3;

    // What is chosen, and its choices.
    private const string Algorithm = "algorithm", Winograd = "winograd", Direct = "direct";

    private readonly SchedulingContext context;
    private readonly Node anchor;
    private readonly Node result;
    private readonly int sourceHeight, sourceWidth, height, width, sources, results, paddingY, paddingX, panelWidth;
    private readonly WinogradTiling tiling;
    private readonly WinogradWeights packing;
    private readonly Buffer source, weight, destination, tiles, sums;
    private readonly long tileStride, sourceStride, sumStride;
    private readonly KernelBuilder kernel;
    private readonly string part;

    private WinogradConvolution(SchedulingContext context, Node anchor, Node result)
    {
        (this.context, this.anchor, this.result) = (context, anchor, result);
        Shape from = anchor.Inputs[0].Shape, to = anchor.Shape;
        (sourceHeight, sourceWidth, height, width) = ((int)from[2].Value, (int)from[3].Value, (int)to[2].Value, (int)to[3].Value);
        (sources, results) = ((int)from[1].Value, (int)to[1].Value);
        ConvolutionGeometry geometry = ChannelConvolution.Geometry(anchor);
        (paddingY, paddingX) = (geometry.PaddingY, geometry.PaddingX);
        Target target = context.Target;
        part = context.NameOf(anchor);
        tiling = WinogradTiling.Choose(context.Decisions, part, target, height, width, sources, results);
        panelWidth = WinogradTiling.PanelWidth(target);
        packing = new WinogradWeights(sources, results, panelWidth);
        source = context.InLayout(anchor.Inputs[0], Layout.Channels);
        weight = packing.Emit(context, anchor.Inputs[1]);
        destination = context.Allocate(result, Layout.Channels, part);
        long stripTiles = (long)tiling.Rows * tiling.Columns;
        tileStride = WinogradTiling.TileStride(sources);
        sourceStride = WinogradTiling.PositionStride(stripTiles * tileStride);
        sumStride = WinogradTiling.PositionStride(stripTiles * panelWidth);
        tiles = context.NewWorkerBuffer(destination.Name + "_tiles", anchor.Type.Element, WinogradTransforms.Positions * sourceStride);
        sums = context.NewWorkerBuffer(destination.Name + "_sums", anchor.Type.Element, WinogradTransforms.Positions * sumStride);
        context.Root = result;
        kernel = context.NewKernel(destination.Name);
    }

    /// <summary>Decides whether a convolution is computed so: the model allows it, it is such a convolution, and it pays by the model of cycles.</summary>
    public static bool Applies(SchedulingContext context, Node anchor)
    {
        if (context.SideBySide != SideBySide.Channels || !IsPossible(anchor)) return false;
        string name = context.NameOf(anchor);
        if (!context.AllowsWinograd)
        {
            return context.Decisions.Choose(name, Algorithm, false, "Winograd's rounds otherwise, so that models ask for it: [Inference(Winograd = true)]",
                text => ChoiceText.Word(text, Winograd, Direct)
                    ? throw new ImpossibleChoiceException("only the model can allow it: [Inference(Winograd = true)]") : false, Print);
        }

        Shape from = anchor.Inputs[0].Shape, to = anchor.Shape;
        (int height, int width, int sources, int results) = ((int)to[2].Value, (int)to[3].Value, (int)from[1].Value, (int)to[1].Value);
        double transformed = WinogradTiling.Best(context.Target, height, width, sources, results).Cycles;
        double direct = ChannelTiling.SampleCycles(context.Target, ChannelProblem.Of(anchor));
        bool isWide = sources >= FewestChannels && results >= FewestChannels;
        return context.Decisions.Choose(name, Algorithm, isWide && transformed < direct,
            isWide ? string.Format(CultureInfo.InvariantCulture, "Winograd's takes {0:0} thousand cycles a sample by the model, the direct one {1:0}",
                transformed / 1000, direct / 1000)
                : $"below {ChoiceText.Integer(FewestChannels)} channels transforms cost what Winograd's saves",
            text => ChoiceText.Word(text, Winograd, Direct), Print);

        static string Print(bool isWinograd) => isWinograd ? Winograd : Direct;
    }

    // Whether it is a convolution that Winograd's algorithm is for, whatever it costs: 3×3, stride 1, neither dilated nor grouped.
    private static bool IsPossible(Node anchor) =>
        anchor.Operator is Convolve { Geometry: { StrideX: 1, StrideY: 1, DilationX: 1, DilationY: 1, Groups: 1, PaddingX: <= 1, PaddingY: <= 1 } }
        && anchor.Inputs[1].Shape[2].Value == KernelSize && anchor.Inputs[1].Shape[3].Value == KernelSize;

    /// <summary>Whether most of what a function's convolutions multiply is computed so: then it is the quicker form for any number of samples.</summary>
    public static bool DoesMost(SchedulingContext context, IEnumerable<Node> nodes)
    {
        long so = 0, all = 0;
        foreach (Node node in nodes.Where(node => node.Operator is Convolve or ConvolveInputGradient))
        {
            Shape pixels = node.Operator is Convolve ? node.Shape : node.Inputs[0].Shape;
            long work = pixels[2].Value * pixels[3].Value * node.Inputs[1].Shape.ElementCount.Value;
            all += work;
            if (Applies(context, node)) so += work;
        }

        return 2 * so > all;
    }

    /// <summary>Emits the convolution with its epilogue.</summary>
    public static void Emit(SchedulingContext context, Node anchor, Node result) => new WinogradConvolution(context, anchor, result).Write();

    private void Write()
    {
        Target target = context.Target;
        string title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = {2} {3} * {4} {5}, Winograd F(2×2, 3×3){6}", destination.Name, anchor.Shape,
            source.Name, anchor.Inputs[0].Shape, weight.Name, anchor.Inputs[1].Shape,
            result != anchor ? "; epilogue: " + LoopNest.Describe(result, context) : "");
        kernel.Describe(title);
        int tileRows = WinogradTiling.Tiles(height), tileColumns = WinogradTiling.Tiles(width);
        int across = (tileColumns + tiling.Columns - 1) / tiling.Columns, strips = across * ((tileRows + tiling.Rows - 1) / tiling.Rows);
        int parts = (packing.Panels + tiling.PartPanels - 1) / tiling.PartPanels;
        kernel.Describe(string.Format(CultureInfo.InvariantCulture,
            "{0}; strips of {1} × {2} tiles; 16 products in place of 36 for each 2 × 2 results ({3})",
            context.BlockedWords, tiling.Rows, tiling.Columns, context.Decisions.Why(part, Algorithm)));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Channels, -1);
        Value.Variable x = driver.Reference(source), w = driver.Reference(weight);
        Value.Variable v = driver.Reference(tiles, read: false), m = driver.Reference(sums, read: false);
        driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        Kernel toTiles = TransformSource();
        (Kernel toResults, ElementEmitter emitter) = TransformResult();
        var products = new Dictionary<int, Kernel>();
        int blocksOfPanel = panelWidth / Target.BlockSamples, blocks = (results + Target.BlockSamples - 1) / Target.BlockSamples;
        int step = MatrixTile.Vectors * target.Lanes;

        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value share = parts == 1 ? 0 : kernel.Let("part", item % parts);
            Value strip = strips == 1 ? 0 : kernel.Let("strip", item / parts % strips);
            Value.Variable sample = kernel.Let("sample", item / ((long)parts * strips));
            Value firstRow = Named("firstRow", strip / across * tiling.Rows), firstColumn = Named("firstColumn", strip % across * tiling.Columns);
            Value rows = tileRows % tiling.Rows == 0 ? tiling.Rows : kernel.Let("rows", Value.Smaller(tiling.Rows, tileRows - firstRow));
            Value columns = tileColumns % tiling.Columns == 0 ? tiling.Columns
                : kernel.Let("columns", Value.Smaller(tiling.Columns, tileColumns - firstColumn));
            kernel.Add(new KernelStatement.Call(toTiles.Name,
                [new Value.Shifted(x, sample * source.ElementsPerSample), v, firstRow, firstColumn, rows, columns]));
            Value firstPanel = Named("firstPanel", share * tiling.PartPanels);
            Value lastPanel = packing.Panels % tiling.PartPanels == 0 ? firstPanel + tiling.PartPanels
                : Value.Smaller(packing.Panels, firstPanel + tiling.PartPanels);
            kernel.For("panel", firstPanel, lastPanel, 1, panel =>
            {
                kernel.For("position", 0, WinogradTransforms.Positions, 1, position => kernel.For("channel", 0, panelWidth, step, channel =>
                    RowCover.Emit(kernel, 0, rows * columns, MatrixTile.Rows(target).ToEquatableArray(), (count, tile) =>
                        kernel.Add(new KernelStatement.Call(ProductOf(count).Name,
                        [
                            new Value.Shifted(m, (position * sumStride) + channel + (tile * panelWidth)),
                            new Value.Shifted(v, (position * sourceStride) + (tile * tileStride)),
                            new Value.Shifted(w, (panel * packing.PanelLength) + (position * packing.PositionLength) + channel),
                        ])))));
                Value count = blocks % blocksOfPanel == 0 ? blocksOfPanel : kernel.Let("count", Value.Smaller(blocksOfPanel, blocks - (panel * blocksOfPanel)));
                kernel.For("row", 0, rows, 1, row => kernel.For("block", 0, count, 1, block =>
                {
                    Value y = Named("y", (firstRow + row) * WinogradTransforms.Results), left = firstColumn * WinogradTransforms.Results;
                    List<Value> own = [new Value.Shifted(m, (row * columns * panelWidth) + (block * Target.BlockSamples)), columns];
                    if (height % WinogradTransforms.Results != 0) own.Add(height - y);
                    if (width % WinogradTransforms.Results != 0) own.Add(width - left);
                    kernel.Add(new KernelStatement.Call(toResults.Name,
                        TileCall.Arguments(driver, emitter, own, [sample, (panel * blocksOfPanel) + block, y, left], 0)));
                }));
            });

            Value Named(string name, Value value) => value is Value.Integer ? value : kernel.Let(name, value);
        });
        context.Root = null;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            new Partition.Items(Dimension.Symbol(Buffer.BatchSymbol) * ((long)strips * parts)),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [destination]));

        Kernel ProductOf(int rows)
        {
            if (products.TryGetValue(rows, out Kernel? known)) return known;
            KernelBuilder tile = context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}tiles{2}ch", kernel.Name, rows, step));
            Value.Variable to = tile.Reference("sums");
            new MatrixTile(tileStride, 1, [.. Enumerable.Range(0, MatrixTile.Vectors).Select(vector => (long)vector * target.Lanes)], panelWidth, sources)
                .Emit(context, tile, rows, null, (_, row, vector, sum) => tile.Store(to, (row * panelWidth) + (vector * target.Lanes), sum));
            Kernel built = tile.Build();
            context.Define(built);
            return products[rows] = built;
        }
    }

    // Bᵀ d B of a strip, block by block of channels; what lies beyond the image is zero.
    private Kernel TransformSource()
    {
        KernelBuilder tile = context.NewKernel(kernel.Name + "_tiles");
        tile.Describe("Bᵀ d B of 4 × 4 source elements for each tile of a strip, zero beyond the image");
        Target target = context.Target;
        ValueKind pack = target.Pack;
        Value.Variable x = tile.Reference("x"), to = tile.Reference("tiles"), firstRow = tile.IndexParameter("firstRow");
        Value.Variable firstColumn = tile.IndexParameter("firstColumn"), rows = tile.IndexParameter("rows"), columns = tile.IndexParameter("columns");
        long pixels = (long)sourceHeight * sourceWidth;
        tile.For("block", 0, source.ChannelBlocks, 1, block => tile.For("row", 0, rows, 1, row =>
        {
            Value.Variable y = tile.Let("y", ((firstRow + row) * WinogradTransforms.Results) - paddingY);
            tile.For("column", 0, columns, 1, column =>
            {
                Value.Variable left = tile.Let("left", ((firstColumn + column) * WinogradTransforms.Results) - paddingX);
                Value.Variable from = tile.Let("from", ((block * pixels) + (y * sourceWidth) + left) * Target.BlockSamples);
                Value.Variable at = tile.Let("at", (((row * columns) + column) * tileStride) + (block * Target.BlockSamples));
                tile.For("lane", 0, Target.BlockSamples, target.Lanes, lane =>
                {
                    Value.Variable[,] d = SourceElements(tile, x, y, left, from + lane);
                    Value[,] transformed = WinogradTransforms.Source(tile, d, pack);
                    for (int position = 0; position < WinogradTransforms.Positions; position++)
                        tile.Store(to, at + lane + (position * sourceStride),
                            transformed[position / WinogradTransforms.Side, position % WinogradTransforms.Side]);
                });
            });
        }));
        Kernel built = tile.Build();
        context.Define(built);
        return built;
    }

    private Value.Variable[,] SourceElements(KernelBuilder tile, Value.Variable x, Value y, Value left, Value from)
    {
        const int Side = WinogradTransforms.Side;
        ValueKind pack = context.Target.Pack;
        Value Element(int row, int column) => new Value.Load(x, from + (((row * (long)sourceWidth) + column) * Target.BlockSamples), pack);
        var d = new Value.Variable[Side, Side];
        bool inside = paddingY == 0 && paddingX == 0 && height % WinogradTransforms.Results == 0 && width % WinogradTransforms.Results == 0;
        Each((row, column) => d[row, column] = tile.Let(FormattableString.Invariant($"d{row}{column}"),
            inside ? Element(row, column) : new Value.Literal(0, pack)));
        if (inside) return d;

        Value.Variable room = tile.Let("room", Value.Smaller(Value.Smaller(y, sourceHeight - (Value)Side - y),
            Value.Smaller(left, sourceWidth - (Value)Side - left)));
        tile.If(room, ">=", 0, () => Each((row, column) => tile.Set(d[row, column], Element(row, column))), () =>
        {
            for (int row = 0; row < Side; row++)
                Within(y + row, row < paddingY, sourceHeight, () =>
                {
                    for (int column = 0; column < Side; column++)
                        Within(left + column, column < paddingX, sourceWidth, () => tile.Set(d[row, column], Element(row, column)));
                });
        });
        return d;

        void Each(Action<int, int> element)
        {
            for (int row = 0; row < Side; row++)
            {
                int current = row;
                tile.Line(() =>
                {
                    for (int column = 0; column < Side; column++) element(current, column);
                });
            }
        }

        // Only the padding before can come before the first.
        void Within(Value at, bool before, int size, Action then)
        {
            void Below() => tile.If(at, "<", size, then);
            if (before) tile.If(at, ">=", 0, Below);
            else Below();
        }
    }

    // Aᵀ m A of one row of a strip's tiles and sixteen channels, and the epilogue.
    private (Kernel, ElementEmitter) TransformResult()
    {
        const int Side = WinogradTransforms.Side, Results = WinogradTransforms.Results;
        Target target = context.Target;
        ValueKind pack = target.Pack;
        KernelBuilder tile = context.NewKernel(kernel.Name + "_results");
        tile.Describe("Aᵀ m A: 2 × 2 results of each tile of a row");
        var emitter = new ElementEmitter(context, tile, 4, ElementMode.Channels, -1) { TileOperands = true };
        Value.Variable m = tile.Reference("sums"), columns = tile.IndexParameter("columns");
        Value.Variable? below = height % Results == 0 ? null : tile.IndexParameter("rowsLeft");
        Value.Variable? right = width % Results == 0 ? null : tile.IndexParameter("columnsLeft");
        if (result != anchor) emitter.HoistScalars(result);
        tile.For("column", 0, columns, 1, column => tile.For("lane", 0, Target.BlockSamples, target.Lanes, lane =>
        {
            Value.Variable from = tile.Let("from", (column * panelWidth) + lane), left = tile.Let("left", column * Results);
            var sum = new Value.Variable[Side, Side];
            for (int row = 0; row < Side; row++)
            {
                int current = row;
                tile.Line(() =>
                {
                    for (int place = 0; place < Side; place++) sum[current, place] = tile.Let(FormattableString.Invariant($"m{current}{place}"),
                        new Value.Load(m, from + (((current * Side) + place) * sumStride), pack));
                });
            }

            Value[,] y = WinogradTransforms.Result(tile, sum, pack);

            // The first result stands outside of all conditions: what all need is loaded there.
            Store(0, 0);
            if (right is null) Store(0, 1);
            else tile.If(left + 1, "<", right, () => Store(0, 1));
            if (below is null) Below();
            else tile.If(1, "<", below, Below);

            void Below()
            {
                Store(1, 0);
                if (right is null) Store(1, 1);
                else tile.If(left + 1, "<", right, () => Store(1, 1));
            }

            void Store(int row, int place)
            {
                Value value = y[row, place];
                Value[] coordinates = [0, 0, row, left + place];
                if (result != anchor)
                {
                    emitter.Bind(anchor, tile.Let(FormattableString.Invariant($"y{row}{place}"), value));
                    value = emitter.Evaluate(result, coordinates, lane, pack);
                }

                Access write = emitter.AccessOf(destination, AffineMap.Identity(4));
                tile.Store(emitter.Reference(write, read: false), emitter.At(write.Position, coordinates) + lane, value);
            }
        }));
        Kernel built = tile.Build();
        context.Define(built);
        return (built, emitter);
    }
}
