using System.Collections.Generic;

namespace DLCompiler.Data;

/// <summary>What a CSV file's target column holds.</summary>
public enum CsvTarget
{
    /// <summary>Names of classes, or numbers that stand for classes.</summary>
    Class,

    /// <summary>Numbers to predict.</summary>
    Number,

    /// <summary>There is no target column: all columns are features.</summary>
    None,
}

/// <summary>How a CSV file is to be read.</summary>
public sealed class CsvOptions
{
    /// <summary>What separates fields.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Whether the first line names the columns. Otherwise their names are their numbers, from 0.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The target column's name; null for the last column.</summary>
    public string? Target { get; init; }

    /// <summary>What the target column holds.</summary>
    public CsvTarget TargetKind { get; init; } = CsvTarget.Class;

    /// <summary>The names of columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Whether lines where a value is missing (empty, NA, NaN, ?) are left out. Otherwise they are an error.</summary>
    public bool SkipIncompleteLines { get; init; }
}
