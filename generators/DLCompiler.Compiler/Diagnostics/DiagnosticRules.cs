using System;
using System.Linq;
using static DLCompiler.Compiler.Diagnostics.DiagnosticSeverity;

namespace DLCompiler.Compiler.Diagnostics;

/// <summary>The table of all rules: what analyzers, release notes and the documentation's index are made from.</summary>
public static class DiagnosticRules
{
    /// <summary>All rules, by id.</summary>
    public static EquatableArray<DiagnosticRule> All { get; } =
    [
        new(DiagnosticIds.LayerShapes, "Shapes of a layer's call", Info),
        new(DiagnosticIds.ReturnShape, "Returned shape differs from the declared one", Error),
        new(DiagnosticIds.InputSize, "Declared input size differs from the received one", Error),
        new(DiagnosticIds.WrongRank, "Tensor does not have the expected axes", Error),
        new(DiagnosticIds.Broadcast, "Shapes of the operands don't fit", Error),
        new(DiagnosticIds.MissingShape, "Tensor parameter has no valid shape", Error),
        new(DiagnosticIds.ModelParameters, "Model has constructor parameters", Error),
        new(DiagnosticIds.NotPartial, "Class is not partial", Error),
        new(DiagnosticIds.DuplicateName, "Duplicate name", Error),
        new(DiagnosticIds.Divisibility, "Count does not divide a size", Error),
        new(DiagnosticIds.InvalidArgument, "Argument is out of range", Error),
        new(DiagnosticIds.KernelDoesNotFit, "Kernel does not fit its input", Error),
        new(DiagnosticIds.ReshapeCount, "Reshape changes the number of elements", Error),
        new(DiagnosticIds.Concat, "Concatenated shapes don't fit", Error),
        new(DiagnosticIds.MatMul, "Shapes of a matrix product don't fit", Error),
        new(DiagnosticIds.Target, "Target does not fit the prediction", Error),
        new(DiagnosticIds.UpdatesName, "Updates does not name a field with parameters", Error),
        new(DiagnosticIds.TiedSize, "Layer is used with different input sizes", Error),
        new(DiagnosticIds.EntryPoint, "Model has no usable entry point", Error),
        new(DiagnosticIds.UnprovenSize, "Size is checked at run time", Warning),
        new(DiagnosticIds.Unsupported, "Construct can't be compiled", Error),
        new(DiagnosticIds.EvaluationFailed, "Body fails at compile time", Error),
        new(DiagnosticIds.LimitExceeded, "Body exceeds a limit of compile-time evaluation", Error),
        new(DiagnosticIds.UnusedField, "Field is never used", Warning),
        new(DiagnosticIds.EagerCall, "Forward outside a model is the slow eager reference", Warning),
        new(DiagnosticIds.LossActivation, "Loss and activation don't go together", Warning),
        new(DiagnosticIds.DroppedResult, "Result of an operation is not used", Warning),
        new(DiagnosticIds.DenseOnImages, "Dense layer acts on the width of images", Warning),
        new(DiagnosticIds.UnusedSetting, "Optimizer does not use a number", Warning),
        new(DiagnosticIds.NoModel, "Attribute has no effect outside a model", Warning),
        new(DiagnosticIds.WithoutEffect, "Layer has no effect on the result", Warning),
        new(DiagnosticIds.SamplesMixed, "Samples of a batch are mixed", Warning),
        new(DiagnosticIds.ChannelsLast, "Images have their channels last", Warning),
        new(DiagnosticIds.OverBudget, "Model needs more than its budget", Error),
        new(DiagnosticIds.Schedule, "Choice of a schedule is not followed", Warning),
        new(DiagnosticIds.CompilerFailure, "Compiler failure", Error),
        new(DiagnosticIds.NotCompiled, "Model is not compiled", Error),
    ];

    /// <summary>The rule with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DiagnosticRule Find(string id) =>
        All.FirstOrDefault(rule => rule.Id == id) ?? throw new ArgumentException($"There is no rule {id}.", nameof(id));
}
