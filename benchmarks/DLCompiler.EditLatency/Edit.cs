using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DLCompiler.EditLatency;

/// <summary>A kind of edit: which file, and what happens to its text. The same kind can be done again and again, and never gives an earlier text.</summary>
/// <param name="Name">For the table.</param>
/// <param name="File">The file that is edited, and open.</param>
/// <param name="Apply">From the text and a number that counts edits to the new text.</param>
/// <param name="Budget">Milliseconds that the generator may take for 95 of 100 edits; null where none is set.</param>
/// <param name="Times">How often it is measured.</param>
internal sealed record Edit(string Name, string File, Func<string, int, string> Apply, double? Budget, int Times)
{
    /// <summary>The file of the model that is edited.</summary>
    public const string ModelFile = "Model1.cs";

    /// <summary>The file of the block that every third model uses.</summary>
    public const string BlockFile = "Residual.cs";

    /// <summary>The file of ResNet-152.</summary>
    public const string ResNetFile = "ResNet152.cs";

    /// <summary>A file without models.</summary>
    public const string OtherFile = "Service0.cs";

    /// <summary>The edits of a project with so many models.</summary>
    public static Edit[] All(int models) =>
    [
        new("unrelated code", OtherFile, (text, number) => Regex.Replace(text, @"key\.Length > \d+", "key.Length > " + Text(number)), Within(models, models == 1 ? 10 : 100), 100),
        new("comment above a model", ModelFile, (text, number) => Regex.Replace(text, @"(// \d+\n)?\[Model\]", $"// {Text(number)}\n[Model]"), Within(models, 100), 100),
        new("comment in a body", ModelFile, (text, number) => Regex.Replace(text, @"(// \d+\n)?        return", $"// {Text(number)}\n        return"), Within(models, 100), 100),
        new("rename of a layer", ModelFile, (text, number) => Regex.Replace(text, @"fc2(_\d+)?\b", "fc2_" + Text(number)), Within(models, 500), 20),
        new("change of a size", ModelFile, (text, number) => Regex.Replace(text, @"fc1 = new\(\d+\)", $"fc1 = new({Text(100 + number)})"), Within(models, 500), 20),
        new("a layer more or less", ModelFile, (text, number) => Regex.Replace(
            text, @"return fc3\.Forward\((.*?)(\.Tanh\(\))?\);", number % 2 == 0 ? "return fc3.Forward($1);" : "return fc3.Forward($1.Tanh());"), Within(models, 500), 20),
        new("a shape error", ModelFile, (text, number) => Regex.Replace(text, @"fc3 = new\(10(, input: \d+)?\)", $"fc3 = new(10, input: {Text(200 + number)})"), Within(models, 100), 100),
        new("change of a block", BlockFile, (text, number) => Regex.Replace(text, @"\+ x( \* [\d.]+f)?\)", $"+ x * {Text(number + 2)}.5f)"), null, 5),
    ];

    /// <summary>The edits of the project with ResNet-152. An edit of a network of this size has no budget of its own, as it costs what a cold build of it does.</summary>
    public static Edit[] OfResNet152 { get; } =
    [
        new("unrelated code", OtherFile, (text, number) => Regex.Replace(text, @"key\.Length > \d+", "key.Length > " + Text(number)), 10, 100),
        new("comment in a body", ResNetFile, (text, number) => Regex.Replace(text, @"(// \d+\n)?        return fc", $"// {Text(number)}\n        return fc"), 100, 100),
        new("rename of a layer", ResNetFile, (text, number) => Regex.Replace(text, @"fc(_\d+)?\b", "fc_" + Text(number)), null, 5),
        new("change of a size", ResNetFile, (text, number) => Regex.Replace(text, @"= new\(1\d{3}\)", $"= new({Text(1000 + number)})"), null, 5),
        new("a shape error", ResNetFile, (text, number) => Regex.Replace(text, @"= new\((1\d{3})(, input: \d+)?\)", $"= new($1, input: {Text(number)})"), null, 5),
    ];

    // The budgets are set for projects of up to fifty models.
    private static double? Within(int models, double budget) => models <= 50 ? budget : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
