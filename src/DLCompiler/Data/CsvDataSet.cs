using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CsvHelper;
using CsvHelper.Configuration;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>Reads tables of numbers with one target column from CSV files.</summary>
public static class CsvDataSet
{
    /// <summary>Reads a file, plain or compressed with gzip: every column but the target and the ignored ones is a numeric feature.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for a header, commas and class labels in the last column.</param>
    /// <returns>Samples of shape [columns]. Classes are indices into the sorted names (by value where all are integers), which the data set keeps.</returns>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">The file is not such a table; the message has the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static DataSet Load(string path, CsvOptions? options = null)
    {
        using var reader = new StreamReader(MaybeCompressed.OpenRead(path));
        return Read(reader, path, options);
    }

    /// <summary>Reads text: every column but the target and the ignored ones is a numeric feature.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to read it; null for a header, commas and class labels in the last column.</param>
    /// <returns>Samples of shape [columns]. Classes are indices into the sorted names (by value where all are integers), which the data set keeps.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">The text is not such a table; the message has the line.</exception>
    public static DataSet Read(TextReader reader, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= new CsvOptions();
        Check(options);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = options.Delimiter, HasHeaderRecord = options.HasHeader, TrimOptions = TrimOptions.Trim,
        };

        // The parser alone: rows as strings need none of the reflection that mapping to classes does.
        using var parser = Parser(reader, configuration);
        var table = new Table(name, options);
        try
        {
            while (parser.Read()) table.Add(parser.Record!, parser.RawRow);
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, line {parser.RawRow}: the quotes don't match. A field with a quote in it stands in quotes, with the quote twice."), exception);
        }

        return table.ToDataSet();
    }

    private static void Check(CsvOptions options)
    {
        if (string.IsNullOrEmpty(options.Delimiter) || options.Delimiter.AsSpan().IndexOfAny("\"\r\n") >= 0) throw WrongDelimiter(options.Delimiter);
        if (!Enum.IsDefined(options.TargetKind))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.TargetKind, "TargetKind must be Class, Number or None.");
        }

        if (options.Ignore is null) throw new ArgumentException("Ignore is null. Leave it out, or give the names of the columns to leave out.", nameof(options));
    }

    private static CsvParser Parser(TextReader reader, CsvConfiguration configuration)
    {
        try
        {
            return new CsvParser(reader, configuration, leaveOpen: true);
        }
        catch (ConfigurationException exception)
        {
            throw WrongDelimiter(configuration.Delimiter, exception);
        }
    }

    private static ArgumentException WrongDelimiter(string? delimiter, Exception? inner = null) => new(
        $"Delimiter is {QuotedText.Of(delimiter ?? "")}: it must be a character or more, and no quote, space or end of line. Use \",\", \";\" or \"\\t\".", inner);

    // What has been read so far.
    private sealed class Table(string name, CsvOptions options)
    {
        private readonly List<float> features = [];
        private readonly List<string> classes = [];
        private readonly List<float> targets = [];
        private readonly List<int> featureColumns = [];
        private string[]? columns;
        private int target = -1;

        public void Add(string[] fields, int line)
        {
            if (columns is null)
            {
                Begin(options.HasHeader ? fields : [.. fields.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))]);
                if (options.HasHeader) return;
            }

            if (fields.Length != columns!.Length) throw Invalid(line, $"{fields.Length} fields where the table has {columns.Length} columns");
            foreach (int column in target < 0 ? featureColumns : featureColumns.Append(target))
            {
                if (!IsMissing(fields[column])) continue;
                if (options.SkipIncompleteLines) return;
                throw Invalid(line, $"column {QuotedText.Of(columns[column])} has no value; SkipIncompleteLines leaves such lines out");
            }

            foreach (int column in featureColumns) features.Add(Number(fields[column], column, line));
            if (options.TargetKind == CsvTarget.Class) classes.Add(fields[target]);
            else if (options.TargetKind == CsvTarget.Number) targets.Add(Number(fields[target], target, line));
        }

        public DataSet ToDataSet()
        {
            if (columns is null) throw new InvalidDataException($"{name} is empty. Lines of values are expected, after a line with the columns' names unless HasHeader is false.");
            if (features.Count == 0) throw new InvalidDataException($"{name} has no complete line of values. Check that it is the right file, and that Delimiter is what separates its fields.");
            int[] shape = [featureColumns.Count];
            string[] names = [.. featureColumns.Select(column => columns[column])];
            switch (options.TargetKind)
            {
                case CsvTarget.Number: return DataSet.Create([.. features], shape, [.. targets], [1]).WithNames(names, []);
                case CsvTarget.None: return DataSet.Create([.. features], shape).WithNames(names, []);
            }

            string[] classNames = Sorted(classes.Distinct());
            var index = classNames.Select((className, i) => (className, i)).ToDictionary(pair => pair.className, pair => pair.i);
            return DataSet.Create([.. features], shape, [.. classes.Select(className => index[className])]).WithNames(names, classNames);
        }

        private void Begin(string[] names)
        {
            columns = names;
            if (options.TargetKind != CsvTarget.None) target = options.Target is null ? names.Length - 1 : Column(options.Target);
            int[] ignored = [.. options.Ignore.Select(Column)];
            featureColumns.AddRange(Enumerable.Range(0, names.Length).Where(column => column != target && !ignored.Contains(column)));
            if (featureColumns.Count == 0) throw new InvalidDataException($"{name} has no feature columns besides the target and the ignored ones. Check that Delimiter is what separates its fields.");
            if (options.HasHeader && featureColumns.All(column => float.TryParse(names[column], NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            {
                throw new InvalidDataException($"{name} starts with numbers where the columns' names should be; HasHeader = false reads them as data.");
            }
        }

        private int Column(string columnName)
        {
            int column = Array.IndexOf(columns!, columnName);
            return column >= 0 ? column : throw new InvalidDataException($"{name} has no column {QuotedText.Of(columnName)}; it has {Names()}.");
        }

        private float Number(string field, int column, int line) =>
            float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number
                : throw Invalid(line, $"{QuotedText.Of(field)} in column {QuotedText.Of(columns![column])} is not a finite number; Ignore leaves columns out");

        private string Names()
        {
            const int shown = 20;
            string list = string.Join(", ", columns!.Take(shown).Select(QuotedText.Of));
            return columns!.Length > shown ? string.Create(CultureInfo.InvariantCulture, $"{list} and {columns.Length - shown} more") : list;
        }

        private static bool IsMissing(string field) => field is "" or "?" or "NA" or "NaN" or "nan";

        private static string[] Sorted(IEnumerable<string> names)
        {
            string[] sorted = [.. names.Order(StringComparer.Ordinal)];
            bool areIntegers = sorted.All(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
            return areIntegers ? [.. sorted.OrderBy(text => long.Parse(text, CultureInfo.InvariantCulture))] : sorted;
        }

        private InvalidDataException Invalid(int line, FormattableString why) =>
            new(string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: ") + why.ToString(CultureInfo.InvariantCulture) + ".");
    }
}
