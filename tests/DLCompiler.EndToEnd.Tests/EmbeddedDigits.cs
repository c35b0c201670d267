using System;
using DLCompiler.Data;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>The digits that come with the library, drawn once for all tests.</summary>
internal static class EmbeddedDigits
{
    private static readonly Lazy<(DataSet Train, DataSet Test)> digits = new(() => Digits.Load());

    /// <summary>12,000 images.</summary>
    public static DataSet Train => digits.Value.Train;

    /// <summary>2,000 images.</summary>
    public static DataSet Test => digits.Value.Test;
}
