using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.EditLatency;

// What an edit costs in an editor: the generator's driver and the analyzers of the open file, on projects of real size. `--quick` leaves out the largest.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool quick = args.Contains("--quick");
if (args.Except(["--quick"]).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"unknown argument '{unknown}'; usage: DLCompiler.EditLatency [--quick]");
    return 2;
}

const int OtherFiles = 1000;
bool kept = true;
await WarmUp();
Console.WriteLine("| models | edit | generator p50, ms | p95 | budget | analyzers p50, ms | p95 | MB | models emitted anew |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
foreach (int models in quick ? new[] { 1, 50 } : [1, 50, 200])
    await Edits(models.ToString(CultureInfo.InvariantCulture), Models(models), [.. Edit.All(models).Where(edit => models > 1 || edit.File != Edit.BlockFile)]);
if (!quick) await Edits("ResNet-152", [(Edit.ResNetFile, ModelTexts.ResNet152)], Edit.OfResNet152);
Console.WriteLine();
await Build("ResNet-152", [("ResNet152.cs", ModelTexts.ResNet152)], 10_000);
await Build("a convolutional network of 12 layers", [("Model1.cs", ModelTexts.Model(1))], null);
Console.WriteLine(kept ? "All budgets are kept." : "A budget is exceeded.");
return kept ? 0 : 1;

// An editor has run for a while: its code is optimized, and Roslyn's is compiled ahead, which that of its packages is not.
async Task WarmUp()
{
    EditedProject project = Open(Models(1));
    int number = 0;
    foreach (Edit edit in Edit.All(1).Where(edit => edit.File != Edit.BlockFile))
        await Measurement.Of(project, edit, quick ? edit.Times : 3 * edit.Times, 1, () => ++number);
}

// With files that have nothing to do with models.
EditedProject Open(IEnumerable<(string, string)> files)
{
    var project = new EditedProject([.. files, .. Enumerable.Range(0, OtherFiles).Select(number => ($"Service{number}.cs", ModelTexts.Other(number)))]);
    project.Generate();
    return project;
}

async Task Edits(string models, IEnumerable<(string, string)> files, Edit[] edits)
{
    EditedProject project = Open(files);
    int number = 0;
    foreach (Edit edit in edits)
    {
        Measurement cost = await Measurement.Of(project, edit, warmUp: 2, quick ? Math.Min(edit.Times, 10) : edit.Times, () => ++number);
        double p95 = Measurement.Percentile(cost.Generate, 0.95);
        string budget = edit.Budget is not { } limit ? "" : p95 <= limit ? $"≤ {limit:F0}" : $"≤ {limit:F0}, exceeded";
        kept &= edit.Budget is null || p95 <= edit.Budget;
        Console.WriteLine(
            $"| {models} | {edit.Name} | {Measurement.Percentile(cost.Generate, 0.5):F1} | {p95:F1} | {budget} | "
            + $"{Measurement.Percentile(cost.Analyze, 0.5):F1} | {Measurement.Percentile(cost.Analyze, 0.95):F1} | {cost.Megabytes:F1} | {cost.Recompiled} |");
    }
}

// One model is the convolutional one.
IEnumerable<(string, string)> Models(int models) =>
    [(Edit.BlockFile, ModelTexts.Block), .. Enumerable.Range(models == 1 ? 1 : 0, models).Select(number => ($"Model{number}.cs", ModelTexts.Model(number)))];

// A cold build's shares: what the generator and the analyzers add, and what the C# compiler takes for the emitted code.
async Task Build(string name, (string, string)[] files, double? budget)
{
    var project = new EditedProject(files);
    double generate = Time(project.Generate);
    double analyze = await project.AnalyzeAll();
    double emit = Time(() => project.Output.Emit(Stream.Null));
    (long characters, long lines) = project.Emitted;
    kept &= budget is null || generate <= budget;
    string limit = budget is null ? "" : generate <= budget ? $" (budget {budget:F0})" : $" (budget {budget:F0}, exceeded)";
    Console.WriteLine(
        $"Cold build of {name}: generator {generate:F0} ms{limit}, analyzers {analyze:F0} ms, the C# compiler on {lines:N0} emitted lines "
        + $"({characters / 1e6:F1} MB) {emit:F0} ms.");
}

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}
