using System;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Chooses the tiles of a matrix product.</summary>
/// <param name="Rows">Row counts of tiles, largest first: an exact cover of any number of rows.</param>
/// <param name="Vectors">Vectors side by side in a full tile.</param>
public sealed record ProductTiling(EquatableArray<int> Rows, int Vectors)
{
    private const int MostVectors = 4;

    /// <summary>The tiles of a product.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">The product's result.</param>
    /// <param name="target">The level.</param>
    /// <param name="ofAttention">Whether rows are queries and keys, whose number is often a power of two: then the tiles' heights are, too.</param>
    public static ProductTiling Choose(FunctionDecisions decisions, string part, Target target, bool ofAttention = false)
    {
        int vectors = ChooseVectors(decisions, part);
        EquatableArray<int> usual = MatrixTile.Rows(target).Where(rows => !ofAttention || (rows & (rows - 1)) == 0).ToEquatableArray();
        EquatableArray<int> own = usual.Where(rows => NeededRegisters(rows, vectors) < target.Registers).ToEquatableArray();
        EquatableArray<int> sizes = decisions.Choose(part, "rows", own,
            $"{ChoiceText.Integer(NeededRegisters(own[0], vectors))} of {ChoiceText.Integer(target.Registers)} registers; smaller tiles cover what is left",
            Read, ChoiceText.List);
        return new ProductTiling(sizes, vectors);

        EquatableArray<int> Read(string text)
        {
            EquatableArray<int> rows = text.Split(',').Select(part => ChoiceText.Number(part.Trim(), 1, target.Registers, "rows")).ToEquatableArray();
            ChoiceText.RequireRegisters(text, NeededRegisters(rows[0], vectors), target.Registers);
            if (rows[rows.Count - 1] != 1
                || Enumerable.Range(1, rows.Count - 1).Any(index => rows[index] >= rows[index - 1] || rows[index] * 2 < rows[index - 1]))
                throw new ImpossibleChoiceException("rows fall to 1, each at least half of the one before, so that any number is covered exactly");
            return rows;
        }
    }

    /// <summary>Decides how many vectors a full tile of a product has side by side.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">The product's result.</param>
    public static int ChooseVectors(FunctionDecisions decisions, string part) =>
        decisions.Choose(part, "vectors", MatrixTile.Vectors, "two loads a step feed the multiply-adds of all rows",
            text => ChoiceText.Number(text, 1, MostVectors, "vectors") is int count && count != 3 ? count
                : throw new ImpossibleChoiceException("vectors may be 1, 2 or 4: panels are cut in even parts"));

    /// <summary>The most rows of a tile whose registers suffice: one is left to the C# compiler.</summary>
    public static int MostRows(Target target, int vectors) => (target.Registers - 2 - vectors) / vectors;

    // Accumulators, a step's vectors of the right operand, and one broadcast element.
    private static int NeededRegisters(int rows, int vectors) => (rows * vectors) + vectors + 1;
}
