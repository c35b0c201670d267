using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Decisions;

namespace DLCompiler.Generator.Pipeline;

/// <summary>A model with what the user decides for it: a change in another model's file, or of comments in its own, gives an equal one.</summary>
internal sealed record ScheduledModel(EvaluatedModel Model, EquatableArray<ScheduleOverride> Overrides)
{
    public static ScheduledModel Create(EvaluatedModel model, ImmutableArray<ScheduleFile> files) => new(
        model, ScheduleFile.For(files, model.Source.MetadataName).SelectMany(file => file.Text.Overrides).ToEquatableArray());
}
