using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Tables;

Console.OutputEncoding = Encoding.UTF8;
(string Name, Func<string, Score> Run)[] tables = [("penguins", Penguins.Run), ("iris", Iris.Run), ("mpg", AutoMpg.Run), ("housing", Housing.Run)];
var data = new Option<DirectoryInfo>("--data")
{
    Description = "A folder with the tables; without it, the folder 'tabular' in $DLCOMPILER_DATA, or in shared/data beside the repository.", HelpName = "DIR",
};
var table = new Option<string>("--table") { Description = "The table; all of them unless given." };
data.AcceptExistingOnly();
table.AcceptOnlyFromAmong([.. tables.Select(one => one.Name)]);
var command = new RootCommand("Trains a network and a linear model on tables and compares what they score on rows that they have not seen.") { data, table };
command.SetAction(parsed => Run(parsed.GetValue(data)?.FullName ?? DataFolder.Find(), parsed.GetValue(table)));
return command.Parse(args).Invoke();

int Run(string? folder, string? name)
{
    if (folder is null)
    {
        Console.Error.WriteLine("error: the tables are missing. Give their folder with --data, or set DLCOMPILER_DATA to the folder that holds 'tabular'.");
        return 1;
    }

    bool isBetter = true;
    try
    {
        foreach (var one in tables.Where(one => name is null || one.Name == name))
        {
            long start = Stopwatch.GetTimestamp();
            var score = one.Run(folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score}   {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
            isBetter &= score.IsBetter;
        }
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine("error: " + exception.Message);
        return 1;
    }

    return isBetter ? 0 : 1;
}
