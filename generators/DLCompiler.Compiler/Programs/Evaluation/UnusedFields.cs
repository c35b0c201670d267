using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Finds a model's fields whose layers nothing passes through. A block's are not looked at: which of its layers it uses may depend on its hyperparameters.
/// </summary>
internal static class UnusedFields
{
    /// <summary>Reports them, each on the field.</summary>
    public static void Report(BlockInstance model, IReadOnlyList<EntryPoint> entries, DiagnosticSink sink)
    {
        string user = entries.Any(entry => entry.Kind == FunctionKind.Predict) ? "Forward" : "a step";
        foreach (FieldProgram field in model.Program.Fields)
        {
            if (!model.Fields.TryGetValue(field.Name, out object? value)) continue;
            List<bool> uses = [.. Uses(value)];
            if (uses.Count == 0 || uses.Contains(true)) continue;
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
