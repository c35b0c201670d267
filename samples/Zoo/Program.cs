using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.CommandLine;
using Zoo;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var list = new Option<bool>("--list") { Description = "Writes the networks' names." };
var check = new Option<string?>("--check") { Description = "Predicts and takes a training step with this network, or with \"all\" or all \"small\" ones." };
var batch = new Option<int>("--batch") { Description = "Images of that training step.", DefaultValueFactory = _ => 1 };
var train = new Option<string?>("--train") { Description = "Trains this small network, or \"all\" of them." };
var data = new Option<string>("--data")
{
    Description = "The folder with cifar10-first4000 and mnist; by default that of DLCOMPILER_DATA, or ../shared/data.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DLCOMPILER_DATA") ?? Path.Combine("..", "shared", "data"),
};
var quick = new Option<bool>("--quick") { Description = "Trains for an epoch on 960 images only." };
var command = new RootCommand("The classic networks of images, compiled with this program.") { list, check, batch, train, data, quick };
command.SetAction(parsed =>
{
    try
    {
        if (parsed.GetValue(list)) Console.WriteLine(string.Join("\n", Catalog.All.Select(network => network.Name)));
        bool isRight = parsed.GetValue(check) is not { } name || Networks(name).Aggregate(true, (all, network) => Check.Run(network, parsed.GetValue(batch)) && all);
        if (parsed.GetValue(train) is { } small)
        {
            foreach (Network network in Networks(small).Where(network => network.IsSmall))
                Training.Run(network, parsed.GetRequiredValue(data), parsed.GetValue(quick));
        }

        return isRight ? 0 : 1;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
    {
        Console.Error.WriteLine("error: " + exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static Network[] Networks(string name) => name switch
{
    "all" => [.. Catalog.All],
    "small" => [.. Catalog.All.Where(network => network.IsSmall)],
    _ => [Catalog.Find(name) ?? throw new ArgumentException($"There is no network '{name}'; --list writes the names.")],
};
