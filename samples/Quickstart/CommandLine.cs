using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;

namespace Quickstart;

/// <summary>The options with their defaults, checks and help texts.</summary>
internal static class CommandLine
{
    /// <summary>The command; <paramref name="run"/> returns the exit code.</summary>
    public static RootCommand Create(Func<Options, int> run)
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "A folder with MNIST's four IDX files, plain or gzip; without it, embedded digits.",
            HelpName = "DIR"
        };
        var model = new Option<string>("--model") { Description = "The network.", DefaultValueFactory = _ => "lenet5" };
        var epochs = Count("--epochs", "Passes over the training images.", 5);
        var batch = Count("--batch", "Images in a training step.", 64);
        var threads = Count("--threads", "Threads of a training step; the result doesn't depend on them.", Math.Min(Environment.ProcessorCount, 16));
        var seed = new Option<ulong>("--seed") { Description = "Fixes the initial parameters, dropout and shuffling.", DefaultValueFactory = _ => 1 };

        model.AcceptOnlyFromAmong("mlp", "lenet5");
        data.AcceptExistingOnly();

        var command = new RootCommand("Trains a network that was compiled with this program on handwritten digits.") { data, model, epochs, batch, threads,
            seed };
        command.SetAction(parsed => run(new Options(
            parsed.GetValue(data), parsed.GetRequiredValue(model), parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(threads),
                parsed.GetValue(seed))));
        return command;
    }

    private static Option<int> Count(string name, string description, int defaultValue)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result => RequirePositive(result, name));
        return option;
    }

    private static void RequirePositive(OptionResult result, string name)
    {
        // A value that is no number has its own message.
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1) result.AddError($"{name} must be at least 1.");
    }
}
