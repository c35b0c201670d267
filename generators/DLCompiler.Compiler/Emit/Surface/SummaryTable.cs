using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>The table of a model's layers: as text for <c>Summary</c>, as XML for the class's documentation.</summary>
internal static class SummaryTable
{
    private static readonly string[] heads = ["layer", "output", "parameters", "FLOPs", "bytes"];

    /// <summary>The table as aligned text, with the totals below.</summary>
    public static string Text(ModelSignature signature)
    {
        List<string[]> rows = Rows(signature);
        int[] widths = [.. heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max())];
        var text = new StringBuilder(signature.Name).Append('\n');
        Append(text, heads, widths);
        text.Append(string.Join("  ", widths.Select(width => new string('-', width)))).Append('\n');
        foreach (string[] row in rows) Append(text, row, widths);
        return text.Append(Number(signature.ParameterCount)).Append(" parameters, ")
            .Append(Number(signature.Flops)).Append(" FLOPs and ")
            .Append(Number(signature.ActivationBytes)).Append(" bytes of activations per sample").ToString();
    }

    /// <summary>The table as lines of XML documentation.</summary>
    public static IEnumerable<string> Xml(ModelSignature signature)
    {
        yield return "<list type=\"table\">";
        yield return $"<listheader><term>{heads[0]}</term><description>{string.Join(" · ", heads.Skip(1))}</description></listheader>";
        foreach (string[] row in Rows(signature)) yield return Item(row[0], string.Join(" · ", row.Skip(1)));
        yield return Item("all", $"{Number(signature.ParameterCount)} parameters · {Number(signature.Flops)} FLOPs and {Number(signature.ActivationBytes)} bytes per sample");
        yield return "</list>";
    }

    private static string Item(string term, string description) =>
        $"<item><term>{CSharpText.Xml(term)}</term><description>{CSharpText.Xml(description)}</description></item>";

    private static List<string[]> Rows(ModelSignature signature) =>
        [.. signature.Rows.Select(row =>
            new[] { row.Layer == row.Kind ? row.Layer : $"{row.Layer} ({row.Kind})", row.OutputShape.ToString(), Number(row.Parameters), Number(row.Flops), Number(row.ActivationBytes) })];

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        // Names and shapes to the left, numbers to the right.
        string line = string.Join("  ", cells.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));
        text.Append(line.TrimEnd()).Append('\n');
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
