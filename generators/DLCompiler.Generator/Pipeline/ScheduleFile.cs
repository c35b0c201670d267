using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler.Decisions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.Generator.Pipeline;

/// <summary>A file that overrides decisions of the models whose name it has: <c>LeNet5.schedule</c>, <c>App.LeNet5.schedule</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">What it says.</param>
internal sealed record ScheduleFile(string Path, ScheduleText Text)
{
    public const string Extension = ".schedule";

    /// <summary>The model that it names.</summary>
    public string ModelName => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static bool IsOne(AdditionalText file) => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    public static ScheduleFile Read(AdditionalText file, CancellationToken cancellation) =>
        new(file.Path, ScheduleText.Parse(file.GetText(cancellation)?.ToString() ?? ""));

    /// <summary>Whether it is about a model: by its name alone or with namespace and containing types.</summary>
    public bool IsFor(string metadataName)
    {
        string name = metadataName.Replace('+', '.');
        return name == ModelName || (name.EndsWith(ModelName, StringComparison.Ordinal) && name[name.Length - ModelName.Length - 1] == '.');
    }

    /// <summary>The files about a model, in the order in which their overrides are numbered. A project may list a file twice.</summary>
    public static IEnumerable<ScheduleFile> For(IEnumerable<ScheduleFile> files, string metadataName) =>
        files.Where(file => file.IsFor(metadataName)).Distinct().OrderBy(file => file.Path, StringComparer.Ordinal);

    /// <summary>A place in the file.</summary>
    public Location Locate(SchedulePlace place) => Location.Create(
        Path,
        new TextSpan(place.Start, place.Length),
        new LinePositionSpan(new LinePosition(place.Line, place.Column), new LinePosition(place.Line, place.Column + place.Length)));
}
