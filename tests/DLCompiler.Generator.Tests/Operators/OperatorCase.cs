using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace DLCompiler.Generator.Tests.Operators;

/// <summary>
/// One operation: its inputs, how it is written here and in PyTorch, and PyTorch's values and gradients (of ½·Σ(y + 1)² with respect to x). The files beside
/// this one hold them; <c>python3 pytorch.py</c> fills in what PyTorch says.
/// </summary>
/// <param name="File">The file that it stands in, without its ending.</param>
/// <param name="Name">What is shown of it.</param>
/// <param name="Inputs">x, and others that have no gradient.</param>
/// <param name="Fields">The layers that the expression uses, as they are declared.</param>
/// <param name="Settings">What their parameters are set to.</param>
/// <param name="Expression">The C# expression.</param>
/// <param name="Values">The result's elements.</param>
/// <param name="Gradient">The gradient's; null where there is none.</param>
internal sealed record OperatorCase(
    string File, string Name, IReadOnlyList<OperatorInput> Inputs, IReadOnlyList<string> Fields, IReadOnlyList<OperatorInput> Settings, string Expression,
    double[] Values, double[]? Gradient)
{
    /// <summary>All cases, in the order of the files.</summary>
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        .. from path in Directory.GetFiles(Folder(), "*.txt").Order(StringComparer.Ordinal)
           from block in System.IO.File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n').Split("\n\n")
           select Read(Path.GetFileNameWithoutExtension(path), block.Split('\n')),
    ];

    private static OperatorCase Read(string file, string[] lines)
    {
        List<OperatorInput> inputs = [.. lines.Skip(1).TakeWhile(OperatorInput.IsOne).Select(OperatorInput.Read)];
        List<string> fields = [.. lines.Where(line => line.StartsWith("readonly ", StringComparison.Ordinal))];
        List<OperatorInput> settings =
            [.. lines.Where(line => line.StartsWith("set ", StringComparison.Ordinal)).Select(line => OperatorInput.Read(line["set ".Length..]))];
        string expression = lines[1 + inputs.Count + fields.Count + settings.Count];
        string? gradient = lines.FirstOrDefault(line => line.StartsWith("~ ", StringComparison.Ordinal));
        return new OperatorCase(
            file, lines[0], inputs, fields, settings, expression, Numbers(lines.First(line => line.StartsWith("= ", StringComparison.Ordinal))[2..]),
            gradient is null ? null : Numbers(gradient[2..]));
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(OperatorInput.Number)];

    private static string Folder([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}

/// <summary>An input: <c>x 4 3 from -2 to 2</c>, <c>x 4 2 : 1 nan 3 …</c>, <c>ids 4 3 below 5</c>.</summary>
/// <param name="Name">x, y or z: numbers; ids, lengths, sizes: integers; mask: truth values; of a setting the parameter's key.</param>
/// <param name="Shape">The sizes, the batch first.</param>
/// <param name="Values">The elements.</param>
internal sealed record OperatorInput(string Name, int[] Shape, double[] Values)
{
    private static readonly string[] Names = ["x", "y", "z", "ids", "lengths", "sizes", "mask"];

    /// <summary>Whether a line declares an input.</summary>
    public static bool IsOne(string line) => line.Split(' ') is [var name, var size, ..] && Names.Contains(name) && int.TryParse(size, out _);

    /// <summary>Reads a declaration.</summary>
    public static OperatorInput Read(string line)
    {
        string[] words = line.Split(' ');
        int[] shape = [.. words.Skip(1).TakeWhile(word => int.TryParse(word, out _)).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        string[] rest = words[(1 + shape.Length)..];
        int count = shape.Aggregate(1, (product, size) => product * size);
        IEnumerable<double> values = rest switch
        {
            [":", .. var numbers] => numbers.Select(Number),
            ["from", var low, "to", var high] => Enumerable.Range(1, count).Select(i => Number(low) + ((Number(high) - Number(low)) * (i * 0.618033988749895 % 1))),
            [_, var bound] => Enumerable.Range(0, count).Select(i => (double)(((i * 7) + 3) % int.Parse(bound, CultureInfo.InvariantCulture))),
            _ => throw new FormatException(line),
        };
        return new OperatorInput(words[0], shape, [.. values]);
    }

    /// <summary>A number as PyTorch prints it.</summary>
    public static double Number(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>The type of the parameter that takes it.</summary>
    public string Type => Name switch { "ids" or "lengths" or "sizes" => "Tensor<int>", "mask" => "Tensor<bool>", _ => "Tensor" };

    /// <summary>The type of its elements.</summary>
    public string Element => Name switch { "ids" or "lengths" or "sizes" => "int", "mask" => "bool", _ => "float" };

    /// <summary>The elements as an array of C#.</summary>
    public string Array => $"new {Element}[] {{ {string.Join(", ", Values.Select(Literal))} }}";

    private string Literal(double value) => Name switch
    {
        "ids" or "lengths" or "sizes" => value.ToString("R", CultureInfo.InvariantCulture),
        "mask" => value != 0 ? "true" : "false",
        _ when double.IsNaN(value) => "float.NaN",
        _ when double.IsInfinity(value) => value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        _ => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f",
    };
}
