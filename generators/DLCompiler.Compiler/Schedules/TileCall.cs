using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>How the loop over a worker's share calls a tile.</summary>
public static class TileCall
{
    /// <summary>The arguments: the tile's own first, then what its epilogue reads and writes, moved to the tile's first element; sizes and numbers are passed
    /// on.</summary>
    /// <param name="driver">The calling kernel.</param>
    /// <param name="tile">The tile's emitter.</param>
    /// <param name="own">The tile's own arguments.</param>
    /// <param name="origin">The coordinates of the tile's first element.</param>
    /// <param name="lane">In the batch-innermost layout: the tile's first lane.</param>
    public static IReadOnlyList<Value> Arguments(ElementEmitter driver, ElementEmitter tile, IReadOnlyList<Value> own, IReadOnlyList<Value> origin, Value lane)
    {
        var values = new List<Value>(own);
        int operand = 0;
        foreach (CallArgument argument in tile.Arguments)
        {
            switch (argument)
            {
                case CallArgument.Memory memory:
                    Access access = tile.Operands[operand++];
                    Value.Variable reference = driver.Reference(memory.Buffer, tile.Reads.Any(read => read.Buffer == memory.Buffer));
                    Value position = driver.At(access.Position with { Constant = Dimension.Zero }, origin);
                    values.Add(new Value.Shifted(reference, access.VariesByLane ? position + lane : position));
                    break;
                case CallArgument.Size size:
                    values.Add(driver.Size(size.Value));
                    break;
                case CallArgument.Number number:
                    values.Add(driver.Number(number.Index, number.Name));
                    break;
            }
        }

        return values;
    }
}
