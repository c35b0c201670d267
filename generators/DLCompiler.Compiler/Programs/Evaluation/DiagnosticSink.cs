using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Collects the findings about a model: each place once, whichever function reaches it.</summary>
internal sealed class DiagnosticSink
{
    private readonly List<CompilerDiagnostic> diagnostics = [];
    private readonly HashSet<(string Id, SourceSite Place)> explained = [];
    private int silence;

    /// <summary>The findings, in order.</summary>
    public EquatableArray<CompilerDiagnostic> Diagnostics => diagnostics.ToEquatableArray();

    /// <summary>Whether the model can't be compiled; also for errors that were reported elsewhere.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>How many errors were found, each as often as it was met.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Notes that there is an error, which is reported already.</summary>
    public void NoteError() => HasErrors = true;

    /// <summary>Errors from here on are reported elsewhere, until <see cref="EndSilence"/>: only that there are some is noted.</summary>
    public void BeginSilence() => silence++;

    /// <summary>Ends what <see cref="BeginSilence"/> began.</summary>
    public void EndSilence() => silence--;

    /// <summary>Reports a mistake in a layer's or an operation's use. In a block it depends on how the block was created: that is its place.</summary>
    public void Report(VocabularyError error, ShapeTrail.Account? account = null)
    {
        string message = error.Message;
        Origin[] additional = error.Additional;
        if (account?.Suspicion is { } cause && DiagnosticRules.Find(error.Id).Severity == DiagnosticSeverity.Error)
        {
            // One mistake, one message: the error stands for the warning.
            explained.Add((cause.Id, cause.Origin.InModel));
            diagnostics.RemoveAll(IsExplained);
            message += ". The cause may be that " + cause.Message;
            additional = [.. additional, cause.Origin];
        }

        Origin origin = error.IsFixed ? new Origin(error.Origin.Site, null) : error.Origin;
        Report(error.Id, origin, message, additional, error.Properties, account ?? ShapeTrail.Account.None);
    }

    /// <summary>Reports something that depends on how the block around it was created.</summary>
    public void Report(string id, Origin origin, string message, params Origin[] additional) =>
        Report(id, origin, message, additional, [], ShapeTrail.Account.None);

    /// <summary>Reports something that no other model's evaluation can report, also in silence.</summary>
    public void ReportAloud(string id, Origin origin, string message)
    {
        int before = silence;
        silence = 0;
        Report(id, origin, message);
        silence = before;
    }

    /// <summary>Reports something that is wrong however the block around it was created.</summary>
    public void ReportInPlace(string id, SourceSite site, string message, params (string Name, string Value)[] properties) =>
        Add(new CompilerDiagnostic(id, site, message, [], DiagnosticProperty.List(properties)));

    /// <summary>Reports something that depends on how the block around it was created, with facts for a code fix.</summary>
    public void Report(string id, Origin origin, string message, EquatableArray<DiagnosticProperty> properties) =>
        Report(id, origin, message, [], properties, ShapeTrail.Account.None);

    private void Report(
        string id, Origin origin, string message, Origin[] additional, EquatableArray<DiagnosticProperty> properties, ShapeTrail.Account account)
    {
        SourceSite place = origin.InModel;
        IEnumerable<SourceSite> others = origin.InBlocks.Concat(additional.Select(other => other.Site));
        EquatableArray<SourceSite> parties = others.Where(site => site != place).Distinct().ToEquatableArray();
        if (account.Text.Length > 0) properties = properties.Append(new DiagnosticProperty(DiagnosticProperties.Chain, account.Text)).ToEquatableArray();
        Add(new CompilerDiagnostic(id, place, message, parties, properties)
        {
            Trail = account.Places.Where(site => site != place && !parties.Contains(site)).ToEquatableArray(),
        });
    }

    private void Add(CompilerDiagnostic diagnostic)
    {
        if (DiagnosticRules.Find(diagnostic.Id).Severity == DiagnosticSeverity.Error)
        {
            HasErrors = true;
            ErrorCount++;
        }

        if (silence == 0 && !IsExplained(diagnostic) && !diagnostics.Any(known => IsSame(known, diagnostic))) diagnostics.Add(diagnostic);
    }

    private bool IsExplained(CompilerDiagnostic diagnostic) => explained.Contains((diagnostic.Id, diagnostic.Location));

    // Of an argument that the model gives a block: it may be wrong in several ways.
    private static bool IsInBlock(CompilerDiagnostic diagnostic) => diagnostic.Additional.Count > 0;

    // The same place, reached by several functions; one wrong hyperparameter, that a block uses in several places; or one declaration, that several uses don't
    // fit.
    private static bool IsSame(CompilerDiagnostic left, CompilerDiagnostic right) =>
        left.Id == right.Id && (left.Location == right.Location
            ? left.Message == right.Message || left.Additional == right.Additional || (left.Id == DiagnosticIds.InvalidArgument && IsInBlock(left) && IsInBlock(right))
            : left.Message == right.Message && left.Additional.Intersect(right.Additional).Any());
}
