using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A parameter that a step trains: where it and its optimizer state lie, and the rule.</summary>
public sealed record TrainedParameter(Buffer Weight, EquatableArray<Buffer> States, OptimizerRule Rule);

/// <summary>Applies an optimizer's rule: at the end of the kernel that computes a weight's gradient, or in one pass over a stored gradient.</summary>
public static class OptimizerUpdate
{
    /// <summary>Adds the update of one vector (or element) of weights for a gradient that is in a register.</summary>
    /// <param name="references">The weight and its states, in order.</param>
    public static void Apply(ElementEmitter emitter, OptimizerRule rule, Value gradient, IReadOnlyList<Value> references, Value offset, ValueKind pack)
    {
        KernelBuilder kernel = emitter.Kernel;
        var inputs = new Value[6];
        inputs[0] = gradient;
        inputs[1] = kernel.Let("w", new Value.Load(references[0], offset, pack));
        for (int state = 0; state < rule.States.Count; state++) inputs[2 + state] =
            kernel.Let(state == 0 ? "m" : "v", new Value.Load(references[1 + state], offset, pack));
        var translation = new ScalarTranslation(emitter, index => inputs[index], pack);
        if (rule.Gradient is not ScalarExpression.Input) inputs[0] = kernel.Let("g", translation.Translate(rule.Gradient));
        for (int state = 0; state < rule.States.Count; state++)
        {
            inputs[4 + state] = kernel.Let(state == 0 ? "mNew" : "vNew", translation.Translate(rule.States[state]));
            kernel.Store(references[1 + state], offset, inputs[4 + state]);
        }

        kernel.Store(references[0], offset, translation.Translate(rule.Weight));
    }

    /// <summary>Emits the pass over a parameter whose gradient is stored in the parameter's own layout.</summary>
    public static void Emit(SchedulingContext context, TrainedParameter parameter, Node gradient)
    {
        Buffer stored = parameter.Weight.Layout == Layout.Panels ? context.InLayout(gradient, Layout.Panels) : context.InOwnRows(gradient);
        KernelBuilder kernel = context.NewKernel("update_" + parameter.Weight.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(stored);
        Value[] references = [emitter.Reference(parameter.Weight), .. parameter.States.Select(state => emitter.Reference(state))];
        var range = new SampleRange(emitter);
        string title = $"{parameter.Weight.Name}: optimizer update";
        kernel.Describe(title);
        kernel.For("i", range.First * 16, range.Last * 16, context.Target.Lanes, i =>
            Apply(emitter, parameter.Rule, kernel.Let("gradient", new Value.Load(from, i, context.Target.Pack)), references, i, context.Target.Pack));
        long chunks = (parameter.Weight.StorageLength.Value + 15) / 16;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], chunks < 64 ? new Partition.Single(chunks)
            : new Partition.Items(chunks), emitter.Reads,
            [parameter.Weight, .. parameter.States]));
    }
}
