using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Tasks;

namespace DLCompiler.Ide.Tests;

/// <summary>The SDK's command, as a user calls it.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>Whether it succeeded, and all that it said.</returns>
    /// <exception cref="Win32Exception">There is no SDK on the path.</exception>
    public static async Task<(bool Succeeded, string Output)> TryAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A server that outlives the command would hold its output, and so this process, open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode == 0, output + await errors);
    }

    /// <inheritdoc cref="TryAsync"/>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string folder, params string[] arguments)
    {
        (bool succeeded, string output) = await TryAsync(folder, arguments);
        if (!succeeded) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
    }
}
