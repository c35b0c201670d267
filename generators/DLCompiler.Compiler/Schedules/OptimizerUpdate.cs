using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A parameter that a step trains: where it and its optimizer state lie, and what is done to it.</summary>
/// <param name="Weight">The parameter.</param>
/// <param name="States">What the optimizer keeps of it, each with its slot.</param>
/// <param name="Rules">The rules.</param>
public sealed record TrainedParameter(Buffer Weight, EquatableArray<Buffer> States, ParameterRules Rules)
{
    /// <summary>The state of a slot.</summary>
    public Buffer State(int slot) => States.First(state => state.Slot == slot);

    /// <summary>An element of a stack of parameters.</summary>
    /// <param name="view">What gives a stack's element.</param>
    public TrainedParameter Element(Func<Buffer, Buffer> view) => new(view(Weight), States.Select(view).ToEquatableArray(), Rules);

    /// <summary>All that a rule writes.</summary>
    public IReadOnlyList<Buffer> Written(OptimizerRule rule, Buffer result) =>
        [.. rule.Result is null ? [] : new[] { result }, .. rule.Slots.Select(State)];
}

/// <summary>Applies an optimizer's rule: at the end of the kernel that computes a weight's gradient, or in one pass over a stored gradient.</summary>
public static class OptimizerUpdate
{
    // Elements of a gradient whose memory is worth having for the gradients of earlier layers.
    private const long LargeGradient = 65536;

    // So little is worth no barrier's wait, but then it is no matter who does it.
    private const long FewestSharedChunks = 64;

    /// <summary>Adds a rule for one vector (or element) of weights, for a gradient that is in a register.</summary>
    /// <param name="emitter">The kernel.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="rule">One of its rules.</param>
    /// <param name="gradient">The gradient; null where the rule reads none.</param>
    /// <param name="reference">The kernel's parameter that refers to a buffer of the weight or its states.</param>
    /// <param name="offset">The position in all of them.</param>
    /// <param name="pack">Vector or element.</param>
    /// <param name="result">What receives the rule's result; the weight by default.</param>
    /// <param name="scalars">The scalars that the rule takes.</param>
    public static void Apply(ElementEmitter emitter, TrainedParameter parameter, OptimizerRule rule, Value? gradient, Func<Buffer, Value> reference,
        Value offset, ValueKind pack, Buffer? result = null, IReadOnlyDictionary<RuleScalar, Value>? scalars = null)
    {
        KernelBuilder kernel = emitter.Kernel;
        Dictionary<int, Value> states = rule.Slots.ToDictionary(slot => slot, slot => reference(parameter.State(slot)));
        Value weights = reference(parameter.Weight);
        var inputs = new List<Value> { gradient ?? new Value.Literal(0, pack), kernel.Let("w", new Value.Load(weights, offset, pack)) };
        var translation = new ScalarTranslation(emitter, index => inputs[index], pack);
        foreach (RuleEntry entry in rule.Entries)
        {
            switch (entry)
            {
                case RuleEntry.State state:
                    inputs.Add(kernel.Let(state.Name, new Value.Load(states[state.Slot], offset, pack)));
                    break;
                case RuleEntry.Scalar scalar:
                    inputs.Add(pack == ValueKind.Vector ? new Value.Splat(scalars![scalar.Kind]) : scalars![scalar.Kind]);
                    break;
                case RuleEntry.Computed computed:
                    Value value = computed.Value is ScalarExpression.Constant ? translation.Translate(computed.Value)
                        : kernel.Let(computed.Name, translation.Translate(computed.Value));
                    inputs.Add(value);
                    if (computed.Slot is { } slot) kernel.Store(states[slot], offset, value);
                    break;
            }
        }

        if (rule.Result is { } expression)
            kernel.Store(result is null || result == parameter.Weight ? weights : reference(result), offset, translation.Translate(expression));
    }

    /// <summary>Emits a pass over a parameter.</summary>
    /// <param name="context">The function.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="rule">One of its rules.</param>
    /// <param name="gradient">The gradient, in the parameter's own layout; null where the rule reads none.</param>
    /// <param name="result">What receives the rule's result.</param>
    /// <param name="scalars">Where the scalars lie that the rule takes.</param>
    /// <param name="what">What the pass is, in words.</param>
    public static void Emit(SchedulingContext context, TrainedParameter parameter, OptimizerRule rule, Buffer? gradient, Buffer result,
        IReadOnlyDictionary<RuleScalar, Buffer> scalars, string what)
    {
        KernelBuilder kernel = context.NewKernel("update_" + parameter.Weight.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        ValueKind pack = context.Target.Pack;
        Value.Variable? from = gradient is null ? null : emitter.Reference(gradient);
        var range = new SampleRange(emitter);
        string title = $"{parameter.Weight.Name}: {what}";
        kernel.Describe(title);
        Dictionary<RuleScalar, Value> values = rule.Scalars.ToDictionary(scalar => scalar.Kind,
            scalar => (Value)kernel.Let(scalar.Name, new Value.Load(emitter.Reference(scalars[scalar.Kind]), 0, ValueKind.Real)));
        kernel.For("i", range.First * 16, range.Last * 16, context.Target.Lanes, i => Apply(emitter, parameter, rule,
            from is null ? null : kernel.Let("gradient", new Value.Load(from, i, pack)),
            buffer => emitter.Reference(buffer, buffer != result || buffer == parameter.Weight), i, pack, result, values));
        long chunks = (parameter.Weight.StorageLength.Value + 15) / 16;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments],
            chunks < FewestSharedChunks ? new Partition.Single(chunks) : new Partition.Items(chunks), emitter.Reads, parameter.Written(rule, result))
        {
            Early = chunks * 16 >= LargeGradient,
            OnUpdate = rule != parameter.Rules.Accumulation,
        });
    }

    /// <summary>Where a gradient lies in the parameter's own layout.</summary>
    public static Buffer Stored(SchedulingContext context, TrainedParameter parameter, Node gradient) =>
        parameter.Weight.Layout == Layout.Panels ? context.InLayout(gradient, Layout.Panels) : context.InOwnRows(gradient);
}
