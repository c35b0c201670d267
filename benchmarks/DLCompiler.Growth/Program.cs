using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using DLCompiler.Growth;
using DLCompiler.Runtime;

// How the cost of a network grows with its sizes, and how much more memory its plan takes than it has in use at a time. One line of JSON each.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["growth", .. var names]:
        foreach (Sweep sweep in Sweep.All.Where(sweep => names.Length == 0 || names.Contains(sweep.Name)))
        {
            // The generator's and the compiler's own code is not what is measured.
            Point.Measure(sweep, sweep.Values[0]);
            foreach (int value in sweep.Values) Console.WriteLine(JsonSerializer.Serialize(Point.Measure(sweep, value)));
        }

        return 0;

    case ["arena", var batch, .. var files] when files.Length > 0:
        int samples = int.Parse(batch, CultureInfo.InvariantCulture);
        foreach (ArenaUse use in ArenaUse.Of(BuiltModels.Build([.. files.Select(File.ReadAllText)]), SimdDetection.Best, samples)
            .OrderBy(use => use.Model, StringComparer.Ordinal))
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                model = use.Model,
                function = use.Function,
                batch = samples,
                arena_bytes = use.ArenaBytes,
                live_bytes = use.LiveBytes,
                ratio = use.LiveBytes == 0 ? 1 : Math.Round((double)use.ArenaBytes / use.LiveBytes, 4),
                scratch_bytes_per_thread = use.ScratchBytes,
            }));
        return 0;

    case ["build", var batch, .. var files] when files.Length > 0:
        Console.WriteLine(JsonSerializer.Serialize(NetworkCost.Measure([.. files.Select(File.ReadAllText)], int.Parse(batch, CultureInfo.InvariantCulture))));
        return 0;

    default:
        Console.Error.WriteLine("usage: DLCompiler.Growth growth [batch|width|depth|layers]… | arena BATCH FILE… | build BATCH FILE…");
        return 2;
}
