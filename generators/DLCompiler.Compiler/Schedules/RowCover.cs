using System;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Covers any number of rows exactly with tiles: the largest as often as it fits, then each smaller one at most once.</summary>
public static class RowCover
{
    /// <summary>Writes the loop.</summary>
    /// <param name="kernel">Takes the statements.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="sizes">Row counts of tiles, largest first.</param>
    /// <param name="call">Calls the tile with so many rows at a row.</param>
    public static void Emit(KernelBuilder kernel, Value start, Value end, EquatableArray<int> sizes, Action<int, Value> call)
    {
        Value.Variable row = kernel.Let("row", start);
        for (int index = 0; index < sizes.Count; index++)
        {
            int rows = sizes[index];
            if (end is Value.Integer most && start is Value.Integer least && rows > most.Number - least.Number) continue;
            if (index == 0)
            {
                kernel.Add(new KernelStatement.While(row + (rows - 1L), "<", end, kernel.Scope(() =>
                {
                    call(rows, row);
                    kernel.Set(row, row + rows);
                })));
            }
            else
            {
                kernel.If(row + (rows - 1L), "<", end, () =>
                {
                    call(rows, row);
                    if (rows > 1) kernel.Set(row, row + rows);
                });
            }
        }
    }
}
