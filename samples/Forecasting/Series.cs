using System.Globalization;
using System.IO;
using System.Linq;

namespace Samples;

/// <summary>Columns of a CSV file.</summary>
internal static class Series
{
    /// <summary>The numbers of columns: one array for each.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or a field is no number.</exception>
    public static float[][] Read(string path, params string[] columns)
    {
        string[][] lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split(','))];
        string[] names = [.. lines[0].Select(name => name.Trim('"'))];
        return [.. columns.Select(column =>
        {
            int place = System.Array.IndexOf(names, column);
            if (place < 0) throw new InvalidDataException($"{path} has no column '{column}', but {string.Join(", ", names)}.");
            return lines.Skip(1).Select((fields, i) => float.TryParse(fields[place], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value
                : throw new InvalidDataException($"{path}, line {i + 2}: '{fields[place]}' is not a number.")).ToArray();
        })];
    }
}
