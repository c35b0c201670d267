using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Finds a model's fields whose layers nothing passes through, or only what does not matter. A block's are not looked at: which of its layers it uses may
/// depend on its hyperparameters.
/// </summary>
internal static class UnusedFields
{
    /// <summary>Reports them: layers that are not used on the field, those without effect where they are used.</summary>
    /// <param name="parameters">The parameters that some result depends on.</param>
    public static void Report(BlockInstance model, IReadOnlyList<EntryPoint> entries, IEnumerable<string> parameters, DiagnosticSink sink)
    {
        HashSet<string> reached = [.. parameters];
        HashSet<SourceSite> dropped = [.. sink.Diagnostics.Where(known => known.Id == DiagnosticIds.DroppedResult).Select(known => known.Location)];
        string user = entries.Any(entry => entry.Kind == FunctionKind.Predict) ? "Forward" : "a step";
        foreach (FieldProgram field in model.Program.Fields)
        {
            if (!model.Fields.TryGetValue(field.Name, out object? value)) continue;
            List<bool> uses = [.. Uses(value)];
            if (uses.Count == 0) continue;
            if (uses.Contains(true))
            {
                if (value is LayerInstance { Parameters.Count: > 0, FirstUse: { } use } layer && !dropped.Contains(use.Site)
                    && !layer.Parameters.Any(parameter => reached.Contains(parameter.Name)))
                {
                    var place = new Origin(new SourceSite(model.Program.MetadataName, field.Site), null);
                    sink.Report(DiagnosticIds.WithoutEffect, use,
                        $"'{field.Name}' has no effect: its result does not reach what {user} returns; use it, or remove the layer", place);
                }

                continue;
            }

            sink.ReportInPlace(
                DiagnosticIds.UnusedField,
                new SourceSite(model.Program.MetadataName, field.Site),
                $"'{field.Name}' is never used by {user}",
                (DiagnosticProperties.Name, field.Name));
        }
    }

    private static IEnumerable<bool> Uses(object? value) => value switch
    {
        LayerInstance layer => [layer.IsUsed],
        BlockInstance block => [block.IsUsed],
        ListValue list => list.Items.SelectMany(Uses),
        TupleValue tuple => tuple.Items.SelectMany(Uses),
        _ => [],
    };
}
