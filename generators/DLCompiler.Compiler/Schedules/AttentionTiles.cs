using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What a tile of one of attention's products does with its sums.</summary>
internal enum TileEnd
{
    /// <summary>Stores them.</summary>
    Store,

    /// <summary>Stores them times a number.</summary>
    Scale,

    /// <summary>Stores each row times a number of its own.</summary>
    ScaleRows,

    /// <summary>Adds them to what is there.</summary>
    Add,

    /// <summary>Adds them to what is there times a number of each row.</summary>
    RescaleRows,
}

/// <summary>One of the matrix products of attention, of which register tiles compute a part at a time.</summary>
/// <param name="Name">What it makes.</param>
/// <param name="LeftRowStride">Elements between the rows of the left operand.</param>
/// <param name="LeftStep">Elements that the left operand advances by at each step.</param>
/// <param name="RightStep">Elements that the right operand advances by at each step.</param>
/// <param name="PanelDepth">The depth of the right operand's panels of sixteen columns; null if it has plain rows.</param>
/// <param name="Depth">Steps; null if only known at run time.</param>
/// <param name="TargetStride">Elements between the rows of the result.</param>
/// <param name="Columns">Columns of the result; vectors beyond them are stored in part.</param>
/// <param name="End">What becomes of the sums.</param>
/// <param name="Factor">The number, for <see cref="TileEnd.Scale"/>.</param>
internal sealed record AttentionProduct(string Name, long LeftRowStride, long LeftStep, long RightStep, long? PanelDepth, long? Depth, long TargetStride,
    long Columns, TileEnd End, double Factor = 1);

/// <summary>Calls the register tiles of attention's products, and covers rows with them.</summary>
internal sealed class AttentionTiles(SchedulingContext context, KernelBuilder kernel, EquatableArray<int> sizes, int vectors)
{
    private readonly Dictionary<(AttentionProduct, int, int, long), Kernel> tiles = [];

    private int Lanes => context.Target.Lanes;

    /// <summary>Columns of a full tile.</summary>
    public int Chunk => vectors * Lanes;

    /// <summary>Rows of the largest tile.</summary>
    public int MostRows => sizes[0];

    /// <summary>Covers rows with the largest tiles that fit.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="spans">All numbers of rows that there may be, where they are known.</param>
    /// <param name="body">Given a tile's first row and its number of rows, and what calls something for this number.</param>
    public void ForRows(Value start, Value end, IEnumerable<long>? spans, Action<Value, Value, Action<Action<int>>> body)
    {
        int[] used = spans is null ? [.. sizes] : [.. spans.SelectMany(Cover).Distinct().OrderByDescending(size => size)];
        if (used.Length == 0) return;
        if (used.Length == 1)
        {
            kernel.For("row", start, end, used[0], row => body(row, used[0], call => call(used[0])));
            return;
        }

        Value.Variable row = kernel.Let("row", start);
        kernel.Add(new KernelStatement.While(row, "<", end, kernel.Scope(() =>
        {
            Value.Variable left = kernel.Let("left", end - row), rows = kernel.Let("rows", used[used.Length - 1]);
            foreach (int size in Enumerable.Reverse(used).Skip(1)) kernel.If(left, ">=", size, () => kernel.Set(rows, size));
            body(row, rows, call => BySize(rows, used, 0, call));
            kernel.Set(row, row + rows);
        })));
    }

    /// <summary>Computes whole rows of the result: all columns, in tiles side by side.</summary>
    public void Columns(AttentionProduct product, int rows, Value left, Value right, Value depth, Value target, Value? rowNumbers = null)
    {
        long padded = (product.Columns + Lanes - 1) / Lanes * Lanes;
        for (long column = 0; column < padded;)
        {
            int side = column + Chunk <= padded ? vectors : 1;
            Tile(product, rows, side, product.Columns - column, left, new Value.Shifted(right, column), depth, new Value.Shifted(target, column), rowNumbers);
            column += side * (long)Lanes;
        }
    }

    /// <summary>Computes one full tile.</summary>
    public void Tile(AttentionProduct product, int rows, Value left, Value right, Value target) =>
        Tile(product, rows, vectors, Chunk, left, right, null, target, null);

    private IEnumerable<int> Cover(long rows)
    {
        while (rows > 0)
        {
            int size = sizes.First(one => one <= rows);
            yield return size;
            rows -= size;
        }
    }

    private void BySize(Value rows, int[] used, int index, Action<int> call)
    {
        if (index == used.Length - 1) call(used[index]);
        else kernel.If(rows, "==", used[index], () => call(used[index]), () => BySize(rows, used, index + 1, call));
    }

    private void Tile(AttentionProduct product, int rows, int side, long count, Value left, Value right, Value? depth, Value target, Value? rowNumbers)
    {
        long stored = Math.Min(count, side * (long)Lanes);
        var key = (product, rows, side, stored);
        if (!tiles.TryGetValue(key, out Kernel? tile)) tiles[key] = tile = Emit(product, rows, side, stored);
        var arguments = new List<Value> { left, right };
        if (product.Depth is null) arguments.Add(depth!);
        arguments.Add(target);
        if (rowNumbers is not null) arguments.Add(rowNumbers);
        kernel.Add(new KernelStatement.Call(tile.Name, arguments));
    }

    private Kernel Emit(AttentionProduct product, int rows, int side, long stored)
    {
        ValueKind pack = context.Target.Pack;
        string partial = stored < side * (long)Lanes ? "Of" + stored.ToString(CultureInfo.InvariantCulture) : "";
        KernelBuilder builder =
            context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}_{2}x{3}{4}", kernel.Name, product.Name, rows, side * Lanes, partial));
        long[] offsets = [.. Enumerable.Range(0, side).Select(vector => product.PanelDepth is { } depth
            ? RowsTimesPanels.PanelOffset(vector * (long)Lanes, AttentionProblem.PanelWidth, depth) : vector * (long)Lanes)];
        var tile = new MatrixTile(product.LeftRowStride, product.LeftStep, offsets.ToEquatableArray(), product.RightStep, product.Depth);
        Value.Variable? target = null, numbers = null;
        tile.Emit(context, builder, rows, null, (_, row, vector, sum) =>
        {
            target ??= builder.Reference("c");
            Value at = (row * product.TargetStride) + (vector * (long)Lanes), value = sum;
            if (product.End is TileEnd.ScaleRows or TileEnd.RescaleRows) numbers ??= builder.Reference("numbers");
            Value Number() => Splat(new Value.Load(numbers!, row, ValueKind.Real));
            value = product.End switch
            {
                TileEnd.Scale => new Value.Apply(Operation.Multiply, [sum, new Value.Literal(product.Factor, pack)], pack),
                TileEnd.ScaleRows => new Value.Apply(Operation.Multiply, [sum, Number()], pack),
                TileEnd.Add => new Value.Apply(Operation.Add, [new Value.Load(target, at, pack), sum], pack),
                TileEnd.RescaleRows => new Value.Apply(Operation.MultiplyAdd, [new Value.Load(target, at, pack), Number(), sum], pack),
                _ => sum,
            };
            long left = stored - (vector * (long)Lanes);
            if (left >= Lanes) builder.Store(target, at, value);
            else builder.Add(new KernelStatement.Primitive("Horizontal.StoreFirst", [builder.Let("part", value), new Value.Shifted(target, at), left]));
        });
        Kernel built = builder.Build();
        context.Define(built);
        return built;

        Value Splat(Value number) => pack == ValueKind.Vector ? new Value.Splat(number) : number;
    }
}
