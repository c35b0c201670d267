using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// What <c>[Train]</c> says of its loss beside the kind; it stands among the numbers of the optimizer, an array as one number for each element.
/// </summary>
internal static class TrainLoss
{
    private static readonly Dictionary<string, LossKind> Settings = new()
    {
        ["ClassWeights"] = LossKind.SoftmaxCrossEntropy,
        ["LabelSmoothing"] = LossKind.SoftmaxCrossEntropy,
        ["PositiveWeight"] = LossKind.SigmoidCrossEntropy,
    };

    /// <summary>The numbers that are the optimizer's.</summary>
    public static EquatableArray<NamedNumber> OfOptimizer(EquatableArray<NamedNumber> numbers) =>
        numbers.Where(number => !Settings.ContainsKey(number.Name)).ToEquatableArray();

    /// <summary>The loss's arguments. What the loss does not use is reported.</summary>
    /// <param name="site">The attribute.</param>
    public static ArgumentSet Read(EquatableArray<NamedNumber> numbers, LossKind loss, Origin site, DiagnosticSink sink)
    {
        List<ArgumentValue> arguments = [];
        foreach (IGrouping<string, NamedNumber> setting in numbers.Where(number => Settings.ContainsKey(number.Name)).GroupBy(number => number.Name))
        {
            Origin place = site with { Site = site.Site with { Site = setting.First().Site } };
            if (Settings[setting.Key] != loss)
            {
                sink.Report(DiagnosticIds.UnusedSetting, place,
                    $"{setting.Key} has no effect with Loss.{loss}; leave it out, or use Loss.{Settings[setting.Key]}");
                continue;
            }

            object value = setting.Key == "ClassWeights"
                ? new ListValue([.. setting.Select(number => (object?)number.Value)], isArray: true)
                : setting.First().Value;
            arguments.Add(new ArgumentValue(setting.Key, value, IsDefault: false, place, []) { IsConstant = true });
        }

        return new ArgumentSet(arguments, site);
    }
}
