using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using DLCompiler.Runtime;

namespace DLCompiler.Growth;

/// <summary>A function's arena, and what is in use of it at the same time at most: no plan can do with less.</summary>
internal sealed record ArenaUse(string Model, string Function, long ArenaBytes, long LiveBytes, long ScratchBytes)
{
    // "file sealed class MlpCompiledTrainVector512 : CompiledFunction", and the first comment in it.
    private static readonly Regex liveBytes = new(
        @"^\s*file sealed class (?<class>\w+) : CompiledFunction\s*\{\s*// In use at the same time, [^:]*: (?<bytes>[^;]*) bytes;", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>Of all functions of all models, at a level and for a number of samples.</summary>
    public static IEnumerable<ArenaUse> Of(BuiltModels models, SimdLevel level, int batch)
    {
        Dictionary<string, string> live = models.Texts.SelectMany(text => liveBytes.Matches(text)).ToDictionary(
            match => match.Groups["class"].Value, match => match.Groups["bytes"].Value, StringComparer.Ordinal);
        foreach (CompiledModel model in models.Compiled)
        {
            for (int index = 0; index < model.Functions.Count; index++)
            {
                CompiledFunction function = model.CreateFunction(index, level);

                // The compiler adds something to the names of classes that are local to a file.
                string bytes = live.SingleOrDefault(item => function.GetType().Name.EndsWith("__" + item.Key, StringComparison.Ordinal)).Value ?? "0";
                yield return new ArenaUse(model.Name, model.Functions[index], function.ArenaBytes(batch), Evaluate(bytes, (batch + 15) / 16), function.ScratchBytes(batch));
            }
        }
    }

    // "128 + 640L * blocks".
    private static long Evaluate(string polynomial, long blocks) =>
        polynomial.Split(" + ").Sum(term => term.Split(" * ").Aggregate(1L, (product, factor) =>
            product * (factor == "blocks" ? blocks : long.Parse(factor.TrimEnd('L'), CultureInfo.InvariantCulture))));
}
