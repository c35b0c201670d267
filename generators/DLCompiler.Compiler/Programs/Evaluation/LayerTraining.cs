using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What fields say of the training of the layers that they hold: what is said further out holds further in, unless something else is said there.</summary>
internal sealed record LayerTraining(bool IsFrozen, ParameterGroup Group)
{
    private static readonly NumberDefinition RateFactor = new("RateFactor", 1, NumberRange.NotNegative);
    private static readonly NumberDefinition WeightDecay = new("WeightDecay", 0, NumberRange.NotNegative);

    /// <summary>Where nothing is said.</summary>
    public static LayerTraining Default { get; } = new(false, ParameterGroup.Default);

    /// <summary>For what a field holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="place">A place in the field's class, by its site.</param>
    /// <param name="sink">Hears of numbers that are out of range.</param>
    public LayerTraining Of(FieldProgram field, Func<int, Origin> place, DiagnosticSink sink)
    {
        if (field.Training is not { } training) return this;
        Dictionary<string, double> numbers = training.Numbers.ToDictionary(number => number.Name, number => number.Value);
        foreach (NamedNumber number in training.Numbers)
            if ((number.Name == RateFactor.Name ? RateFactor : WeightDecay).Mistake(number.Value) is { } mistake)
                sink.Report(DiagnosticIds.InvalidArgument, place(number.Site), mistake);
        double factor = numbers.TryGetValue(RateFactor.Name, out double given) ? given : 1;
        double? decay = numbers.TryGetValue(WeightDecay.Name, out double own) ? own : Group.WeightDecay;
        return new LayerTraining(IsFrozen || training.Frozen, new ParameterGroup(Group.RateFactor * factor, decay));
    }

    /// <summary>For a layer of a chain.</summary>
    public LayerTraining Of(LayerInstance layer, DiagnosticSink sink)
    {
        double factor = layer.Arguments.Number("rateFactor", 1);
        if (RateFactor.Mistake(factor) is { } mistake) sink.Report(DiagnosticIds.InvalidArgument, layer.Arguments.OriginOf("rateFactor"), mistake);
        return new LayerTraining(IsFrozen || layer.Arguments.Flag("frozen", false), Group with { RateFactor = Group.RateFactor * factor });
    }
}
