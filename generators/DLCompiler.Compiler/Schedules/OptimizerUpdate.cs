using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Optimizers;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A parameter that a step trains: where it and its optimizer state lie (in the order of the rule's slots), and the rule.</summary>
public sealed record TrainedParameter(Buffer Weight, EquatableArray<Buffer> States, OptimizerRule Rule)
{
    /// <summary>All that the rule may write.</summary>
    public IReadOnlyList<Buffer> Written => Rule.Weight is null ? [.. States] : [Weight, .. States];
}

/// <summary>Applies an optimizer's rule: at the end of the kernel that computes a weight's gradient, or in one pass over a stored gradient.</summary>
public static class OptimizerUpdate
{
    // Elements of a gradient whose memory is worth having for the gradients of earlier layers.
    private const long LargeGradient = 65536;

    /// <summary>Adds the update of one vector (or element) of weights for a gradient that is in a register.</summary>
    /// <param name="reference">The parameter that refers to a buffer of the weight or its states.</param>
    public static void Apply(ElementEmitter emitter, TrainedParameter parameter, Value gradient, Func<Buffer, Value> reference, Value offset, ValueKind pack)
    {
        KernelBuilder kernel = emitter.Kernel;
        OptimizerRule rule = parameter.Rule;
        Value weights = reference(parameter.Weight);
        Value[] states = [.. parameter.States.Select(reference)];
        Value State(int slot) => states[parameter.States.Select(state => state.Slot).ToList().IndexOf(slot)];
        var inputs = new List<Value> { gradient, kernel.Let("w", new Value.Load(weights, offset, pack)) };
        var translation = new ScalarTranslation(emitter, index => inputs[index], pack);
        foreach (RuleEntry entry in rule.Entries)
        {
            switch (entry)
            {
                case RuleEntry.State state:
                    inputs.Add(kernel.Let(state.Name, new Value.Load(State(state.Slot), offset, pack)));
                    break;
                case RuleEntry.Computed computed:
                    Value.Variable value = kernel.Let(computed.Name, translation.Translate(computed.Value));
                    inputs.Add(value);
                    if (computed.Slot is { } slot) kernel.Store(State(slot), offset, value);
                    break;
            }
        }

        if (rule.Weight is { } weight) kernel.Store(weights, offset, translation.Translate(weight));
    }

    /// <summary>Emits the pass over a parameter whose gradient is stored in the parameter's own layout.</summary>
    public static void Emit(SchedulingContext context, TrainedParameter parameter, Node gradient)
    {
        Buffer stored = parameter.Weight.Layout == Layout.Panels ? context.InLayout(gradient, Layout.Panels) : context.InOwnRows(gradient);
        KernelBuilder kernel = context.NewKernel("update_" + parameter.Weight.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(stored);
        var range = new SampleRange(emitter);
        string title = $"{parameter.Weight.Name}: optimizer update";
        kernel.Describe(title);
        kernel.For("i", range.First * 16, range.Last * 16, context.Target.Lanes, i =>
            Apply(emitter, parameter, kernel.Let("gradient", new Value.Load(from, i, context.Target.Pack)), buffer => emitter.Reference(buffer), i,
                context.Target.Pack));
        long chunks = (parameter.Weight.StorageLength.Value + 15) / 16;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], chunks < 64 ? new Partition.Single(chunks)
            : new Partition.Items(chunks), emitter.Reads, parameter.Written)
        {
            Early = chunks * 16 >= LargeGradient,
        });
    }
}
