using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>The table of a model's layers: as text for <c>Summary</c>, as XML for the class's documentation.</summary>
internal static class SummaryTable
{
    private static readonly string[] heads = ["layer", "output", "parameters", "FLOPs", "output bytes"];

    /// <summary>The table as aligned text under the model's name, with the totals below.</summary>
    public static string Text(ModelSignature signature) => string.Join("\n", [signature.Name, .. Lines(signature), Totals(signature)]);

    /// <summary>
    /// The table as lines of XML documentation. Editors show code in a font that keeps its columns; a list of the kind <c>table</c> has none there.
    /// </summary>
    public static IEnumerable<string> Xml(ModelSignature signature) => ["<code>", .. Lines(signature).Select(CSharpText.Xml), "</code>", Totals(signature)];

    private static IEnumerable<string> Lines(ModelSignature signature)
    {
        List<string[]> rows = [.. signature.Rows.Select(Cells)];
        int[] widths = [.. heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max())];
        string[] rule = [.. widths.Select(width => new string('-', width))];
        return new[] { heads, rule }.Concat(rows).Select(cells => Line(cells, widths));
    }

    private static string[] Cells(SummaryRow row) =>
    [
        row.Layer == row.Kind ? row.Layer : $"{row.Layer} ({row.Kind})", row.OutputShape.ToString(),
        Number(row.Parameters), Number(row.Flops), Number(row.ActivationBytes),
    ];

    // Names and shapes to the left, numbers to the right.
    private static string Line(string[] cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();

    private static string Totals(ModelSignature signature) =>
        $"{Number(signature.ParameterCount)} parameters ({Number(signature.ParameterCount * sizeof(float))} bytes); "
            + $"{Number(signature.Flops)} FLOPs and {Number(signature.ActivationBytes)} output bytes per sample";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
