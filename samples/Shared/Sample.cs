using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Samples;

/// <summary>One of a program's samples.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Folder">The folder of its data.</param>
/// <param name="Run">Trains on the data of a folder, quickly or not, and says what was reached.</param>
internal sealed record Sample(string Name, string Folder, Func<string, bool, IEnumerable<Score>> Run)
{
    /// <summary>Runs the samples that the command line asks for.</summary>
    /// <returns>0; 1 where data are missing, or a network did not learn.</returns>
    public static int Start(string description, string[] args, params Sample[] samples)
    {
        Console.OutputEncoding = Encoding.UTF8;
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "A folder with the data sets' folders; without it, $DLCOMPILER_DATA, or shared/data beside the repository.", HelpName = "DIR",
        };
        var quick = new Option<bool>("--quick") { Description = "Trains for less than a minute, and asks for less." };
        var only = new Option<string>("--only") { Description = "One of the samples; all of them unless given." };
        data.AcceptExistingOnly();
        only.AcceptOnlyFromAmong([.. samples.Select(sample => sample.Name)]);
        var command = new RootCommand(description) { data, quick, only };
        command.SetAction(parsed => RunAll(
            [.. samples.Where(sample => parsed.GetValue(only) is not { } name || name == sample.Name)], parsed.GetValue(data)?.FullName ?? DataFolder.Default(),
            parsed.GetValue(quick)));
        return command.Parse(args).Invoke();
    }

    private static int RunAll(Sample[] samples, string data, bool quick)
    {
        bool isGood = true;
        try
        {
            foreach (var sample in samples)
            {
                string folder = Path.Combine(data, sample.Folder);
                if (!Directory.Exists(folder))
                    throw new IOException($"{folder} is missing. Give the folder that holds '{sample.Folder}' with --data, or set DLCOMPILER_DATA to it.");
                long start = Stopwatch.GetTimestamp();
                foreach (var score in sample.Run(folder, quick))
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score}   {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
                    isGood &= score.IsGood;
                    start = Stopwatch.GetTimestamp();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("error: " + exception.Message);
            return 1;
        }

        return isGood ? 0 : 1;
    }
}
