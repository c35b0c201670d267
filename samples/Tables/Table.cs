using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Tables;

/// <summary>A CSV file without quotes, as texts; plain or gzip.</summary>
internal sealed class Table
{
    private readonly string[] names;
    private readonly List<string[]> rows;

    private Table(string[] names, List<string[]> rows) => (this.names, this.rows) = (names, rows);

    /// <summary>Reads a file whose first line names the columns.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">A line has another number of fields than the first.</exception>
    public static Table Read(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        string[] names = (reader.ReadLine() ?? "").Split(',');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            rows.Add(line.Split(','));
            if (rows[^1].Length != names.Length)
                throw new InvalidDataException($"{path}, line {rows.Count + 1}: {rows[^1].Length} fields where the first line has {names.Length}.");
        }

        return new Table(names, rows);
    }

    /// <summary>The rows in which none of the columns is empty.</summary>
    public Table Complete(params string[] columns)
    {
        int[] places = [.. columns.Select(Place)];
        return new Table(names, [.. rows.Where(row => places.All(place => row[place] is not ("" or "NA")))]);
    }

    /// <summary>Columns of numbers, row by row.</summary>
    public float[] Numbers(params string[] columns)
    {
        int[] places = [.. columns.Select(Place)];
        return [.. rows.SelectMany(row => places.Select(place => float.Parse(row[place], CultureInfo.InvariantCulture)))];
    }

    /// <summary>A column of categories as the places of its values in their order.</summary>
    public int[] Kinds(string column)
    {
        int place = Place(column);
        string[] kinds = [.. rows.Select(row => row[place]).Distinct().Order(StringComparer.Ordinal)];
        return [.. rows.Select(row => Array.IndexOf(kinds, row[place]))];
    }

    private int Place(string column)
    {
        int place = Array.IndexOf(names, column);
        return place >= 0 ? place : throw new InvalidDataException($"There is no column '{column}' among {string.Join(", ", names)}.");
    }
}
