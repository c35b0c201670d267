using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The register tile of matrix products: rows × vectors of accumulators in named locals, one loop over the common axis, literal strides. Each step loads the
/// vectors of the right operand once and broadcasts one element of the left operand a row.
/// </summary>
/// <param name="LeftRowStride">Elements between the tile's rows in the left operand.</param>
/// <param name="LeftStep">Elements that the left operand advances by at each step.</param>
/// <param name="RightOffsets">Where each vector starts in the right operand, from the tile's first.</param>
/// <param name="RightStep">Elements that the right operand advances by at each step.</param>
/// <param name="Depth">Steps; null if only known at run time.</param>
/// <param name="Parts">Sums of each element, to which steps go in turn, added at the end in their order. Needs a known depth.</param>
public sealed record MatrixTile(long LeftRowStride, long LeftStep, EquatableArray<long> RightOffsets, long RightStep, long? Depth, int Parts = 1)
{
    /// <summary>Row counts of tiles for an exact cover of any number of rows, largest first.</summary>
    public static int[] Rows(Target target) => target.Registers == 32 ? [12, 8, 4, 2, 1] : [6, 4, 2, 1];

    /// <summary>Vectors side by side in a full tile.</summary>
    public const int Vectors = 2;

    /// <summary>Writes the tile's kernel. Its parameters: left, right, what the epilogue reads and writes, and the depth if it is not literal.</summary>
    /// <param name="context">What the schedules share.</param>
    /// <param name="kernel">The tile's builder.</param>
    /// <param name="rows">The tile's rows.</param>
    /// <param name="result">The node that the epilogue evaluates, if any.</param>
    /// <param name="epilogue">Finishes the accumulator of a row and vector and stores it.</param>
    /// <param name="start">Where the sums of a row and vector begin; zero by default.</param>
    /// <param name="fetch">Fetches one of the cache lines that the epilogue reads, and how many lines there are: one at each of the last steps.</param>
    public ElementEmitter Emit(SchedulingContext context, KernelBuilder kernel, int rows, Node? result, Action<ElementEmitter, int, int,
        Value.Variable> epilogue, (Action<ElementEmitter, Value> Line, int Lines)? fetch = null, Func<ElementEmitter, int, int, Value>? start = null)
    {
        var emitter = new ElementEmitter(context, kernel, 2, ElementMode.Rows, 1) { TileOperands = true };
        Value.Variable left = kernel.Reference("a"), right = kernel.Reference("b");
        Value depth = Depth is { } known ? known : kernel.IndexParameter("depth");
        if (result is not null) emitter.HoistScalars(result);
        ValueKind pack = context.Target.Pack;
        int vectors = RightOffsets.Count, parts = Parts;
        var sums = new Value.Variable[rows, vectors];
        var partial = new List<Value.Variable[,]>();
        for (int part = 0; part < parts; part++)
        {
            var own = part == 0 ? sums : new Value.Variable[rows, vectors];
            partial.Add(own);
            string suffix = part == 0 ? "" : FormattableString.Invariant($"_{part}");
            for (int row = 0; row < rows; row++)
            {
                int current = row;
                kernel.Line(() =>
                {
                    for (int vector = 0; vector < vectors; vector++) own[current, vector] =
                        kernel.Let(FormattableString.Invariant($"c{current}_{vector}{suffix}"), part == 0 && start is not null
                            ? start(emitter, current, vector) : new Value.Literal(0, pack));
                });
            }
        }

        if (fetch is { } ahead)
        {
            Value.Variable plain = kernel.Let("plain", Value.Larger(0, depth - (long)ahead.Lines));
            kernel.For("k", 0, plain, 1, _ => Steps(1));
            kernel.For("last", plain, depth, 1, last =>
            {
                ahead.Line(emitter, last + ahead.Lines - depth);
                Steps(1);
            });
        }
        else if (parts == 1)
        {
            kernel.For("k", 0, depth, 1, _ => Steps(1));
        }
        else
        {
            long steps = Depth!.Value;
            kernel.For("k", 0, steps / parts, 1, _ => Steps(parts));
            if (steps % parts > 0) Steps((int)(steps % parts));
            for (int part = 1; part < parts; part++)
                for (int row = 0; row < rows; row++)
                    for (int vector = 0; vector < vectors; vector++)
                        kernel.Set(sums[row, vector], new Value.Apply(Operation.Add, [sums[row, vector], partial[part][row, vector]], pack));
        }

        void Steps(int count)
        {
            for (int step = 0; step < count; step++) Step(step);
            kernel.Line(() =>
            {
                kernel.Advance(left, count * LeftStep);
                kernel.Advance(right, count * RightStep);
            });
        }

        void Step(int step)
        {
            string suffix = step == 0 ? "" : FormattableString.Invariant($"_{step}");
            var b = new Value.Variable[vectors];
            for (int vector = 0; vector < vectors; vector++) b[vector] =
                kernel.Let(FormattableString.Invariant($"b{vector}{suffix}"), new Value.Load(right, RightOffsets[vector] + (step * RightStep), pack));
            for (int row = 0; row < rows; row++)
            {
                int current = row;
                kernel.Line(() =>
                {
                    Value element = new Value.Load(left, (current * LeftRowStride) + (step * LeftStep), ValueKind.Real);
                    Value.Variable a = kernel.Let(FormattableString.Invariant($"a{current}{suffix}"), pack == ValueKind.Vector ? new Value.Splat(element)
                        : element);
                    for (int vector = 0; vector < vectors; vector++)
                        kernel.Set(partial[step][current, vector],
                            new Value.Apply(Operation.MultiplyAdd, [a, b[vector], partial[step][current, vector]], pack));
                });
            }
        }

        for (int row = 0; row < rows; row++)
            for (int vector = 0; vector < vectors; vector++) epilogue(emitter, row, vector, sums[row, vector]);
        return emitter;
    }

    /// <summary>The arguments of a tile's call: left and right as given, the epilogue's operands moved to the tile's first element, sizes and numbers passed
    /// on.</summary>
    /// <param name="driver">The calling kernel.</param>
    /// <param name="tile">The tile's emitter.</param>
    /// <param name="origin">The coordinates of the tile's first element.</param>
    public static IReadOnlyList<Value> Arguments(ElementEmitter driver, ElementEmitter tile, Value left, Value right, Value? depth,
        IReadOnlyList<Value> origin) =>
        TileCall.Arguments(driver, tile, depth is null ? [left, right] : [left, right, depth], origin, 0);
}
