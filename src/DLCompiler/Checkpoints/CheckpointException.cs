using System.IO;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>A checkpoint file is damaged, its tensors are not the model's, or the training that it holds is not this one. Nothing was loaded.</summary>
public sealed class CheckpointException : IOException
{
    internal CheckpointException(string path, string? tensor, string problem, string? expected, string? actual, string remedy)
        : base(Describe(path, tensor, problem, expected, actual, remedy))
    {
        Path = path;
        Tensor = tensor;
        Expected = expected;
        Actual = actual;
        Remedy = remedy;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor's name, where the problem is one tensor's.</summary>
    public string? Tensor { get; }

    /// <summary>What the model expects, where that says more.</summary>
    public string? Expected { get; }

    /// <summary>What the file has.</summary>
    public string? Actual { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    private static string Describe(string path, string? tensor, string problem, string? expected, string? actual, string remedy)
    {
        string where = tensor is null ? path : $"{path}, tensor {QuotedText.Of(tensor)}";
        // A file's own texts are in these.
        problem = QuotedText.Line(problem, 1000);
        expected = expected is null ? null : QuotedText.Line(expected, 300);
        actual = actual is null ? null : QuotedText.Line(actual, 300);
        string difference = (expected, actual) switch
        {
            (not null, not null) => $" Expected {expected}, found {actual}.",
            (not null, null) => $" Expected {expected}.",
            (null, not null) => $" Found {actual}.",
            _ => string.Empty,
        };
        return $"{where}: {problem}{difference} {remedy}";
    }
}
