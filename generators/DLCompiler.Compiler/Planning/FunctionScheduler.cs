using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Schedules a function: decides what is not kept for the backward pass, plans fusion, gives each stored value to its operator's schedule, and orders the
/// calls.
/// </summary>
public static class FunctionScheduler
{
    /// <summary>
    /// Whether a function has a variant for few samples: all that needs samples side by side can have channels side by side instead, and something gains from
    /// it: a convolution, or a wide product, of which workers then share the columns. Where sequences are continued, the last step's product alone is not
    /// worth it.
    /// </summary>
    public static bool HasVariantForFewSamples(PreparedFunction graph)
    {
        IReadOnlyList<Node> live = FusionPlan.Reachable(graph.Results);
        return graph.Function.Kind == FunctionKind.Predict && graph.Function.Memories.Count == 0
            && (live.Any(IsConvolution) || live.SelectMany(WithBodies).Any(IsWideProduct))
            && live.All(node => !IsConvolution(node) || ChannelConvolution.Supports(node))
            && live.All(node => node.Operator is not (MaxPool or MaxPoolIndex or AveragePool or MaxPoolGradient or AveragePoolGradient)
                || Buffer.IsBatchShape(node.Inputs[0].Shape));
    }

    /// <summary>What lies side by side in a function's main form: nothing, where no operator needs it and samples have rows of steps.</summary>
    public static SideBySide MainForm(PreparedFunction graph)
    {
        IReadOnlyList<Node> live = [.. FusionPlan.Reachable(graph.Results).SelectMany(WithBodies)];
        bool hasImages = live.Any(node => IsConvolution(node)
            || node.Operator is ConvolveWeightGradient or MaxPool or MaxPoolIndex or AveragePool or MaxPoolGradient
            or AveragePoolGradient);
        return !hasImages && live.Any(node => node.Operator is Loop || (node.Operator is Contract && HasManyRows(node.Inputs[0].Shape)))
            ? SideBySide.Rows : SideBySide.Samples;
    }

    private static IEnumerable<Node> WithBodies(Node node) =>
        node.Operator is Loop loop ? loop.Body.Graph.Nodes.SelectMany(WithBodies).Append(node) : [node];

    private static bool HasManyRows(Shape shape) => Buffer.IsRowsShape(shape) && (!shape[0].TryDivide(Dimension.Symbol(Buffer.BatchSymbol), out Dimension rows)
        || !rows.IsConstant || rows.Value >= Target.BlockSamples);

    private static bool IsConvolution(Node node) => node.Operator is Convolve or ConvolveInputGradient;

    private static bool IsWideProduct(Node node) =>
        node.Operator is Contract { TransposeLeft: false, TransposeRight: true } && node.Inputs[1] is { Operator: Parameter or Input, Shape.IsConstant: true }
        && node.Shape.Rank == 2
        && Buffer.IsBatchShape(node.Inputs[0].Shape) && node.Inputs[1].Shape is { } weight && RowsTimesPanels.SharesColumns(weight[0].Value, weight[1].Value);

    /// <summary>The function at one instruction-set level.</summary>
    /// <param name="graph">The function.</param>
    /// <param name="storage">Where its parameters lie.</param>
    /// <param name="target">The level and element type.</param>
    /// <param name="decisions">Takes what is decided, and may decide otherwise.</param>
    /// <param name="sideBySide">What lies side by side where images are computed.</param>
    /// <param name="inference">What predictions may do.</param>
    /// <param name="cancellation">Ends the work, at the next operation.</param>
    public static ScheduledFunction Schedule(PreparedFunction graph, ModelStorage storage, Target target, FunctionDecisions decisions,
        SideBySide sideBySide = SideBySide.Samples, InferenceOptions? inference = null, CancellationToken cancellation = default)
    {
        FunctionGraph function = graph.Function;
        IReadOnlyList<string> parameters = graph.Parameters;
        int outputs = function.Outputs.Count, states = function.StateWrites.Count;
        IReadOnlyList<Node> results = Recomputation.Apply(graph.Results, outputs + states, graph.Marked, decisions);

        var fusion = new FusionPlan(results);
        var context = new SchedulingContext(fusion, target, storage.Buffers, decisions, sideBySide)
        {
            Sizes = function.Sizes,
            Memories = function.Memories,
            IsPrediction = function.Kind == FunctionKind.Predict,
            AllowsWinograd = inference?.Winograd ?? false,
        };
        UpdatePlan? updates = function.Optimizer is null ? null
            : new UpdatePlan(context, storage, StepOptimization.Create(function.Optimizer, storage.Parameters),
            parameters.Select((name, index) => (name, results[outputs + states + index])), results);
        for (int slot = 0; slot < function.Inputs.Count; slot++)
        {
            var declared = (Input)function.Inputs[slot].Operator;
            if (fusion.Live.FirstOrDefault(node => node.Operator.Equals(declared)) is { } input)
                context.Register(input, new Buffer(context.Unique(context.NameOf(input)), BufferSpace.Input, input.Type.Element, input.Shape,
                    Layout.RowMajor)
                { Slot = slot });
        }

        foreach (Node node in fusion.Live.Where(node => updates is null || !updates.Emits(node)))
        {
            cancellation.ThrowIfCancellationRequested();
            NodeSchedule.Emit(context, node);
        }

        for (int slot = 0; slot < outputs; slot++) WriteOutput(context, results[slot], slot);
        for (int i = 0; i < states; i++)
            LoopNest.EmitCopy(context, results[outputs + i], storage.Buffers[((State)function.StateWrites[i].State.Operator).Identifier]);

        for (int i = 0; i < function.MemoryWrites.Count; i++) WriteMemory(context, (Memory)function.MemoryWrites[i].Memory.Operator,
            results[outputs + states + i]);

        updates?.Emit();

        var prepared = new PreparedValues(function.Kind == FunctionKind.Predict ? context.Calls : [], target);
        IReadOnlyList<ProgramPart> program = PhasePlan.Order(function.Kind == FunctionKind.Predict ? prepared.Others : context.Calls);
        Dimension operations = fusion.Live.Aggregate(Dimension.Zero,
            (sum, node) => sum + node.Operator.CountFlops([.. node.Inputs.Select(input => input.Type)], node.Type));
        return new ScheduledFunction(function, target, sideBySide, operations, prepared, program, context.Kernels,
            new MemoryPlan(program, target, decisions, sideBySide),
            decisions)
        {
            SuitsManySamples = sideBySide != SideBySide.Channels || WinogradConvolution.DoesMost(context, fusion.Live),
            HasConvolutions = fusion.Live.Any(IsConvolution),
        };
    }

    // All that reads the memory's old value is in the order before.
    private static void WriteMemory(SchedulingContext context, Memory memory, Node value)
    {
        Buffer destination = context.Fusion.Live.Where(node => node.Operator.Equals(memory)).Select(node => context.InRows(node)).FirstOrDefault()
            ?? context.MemoryOf(memory);
        LoopNest.Emit(context, value, destination, copy: true);
    }

    private static void WriteOutput(SchedulingContext context, Node node, int slot)
    {
        var destination = new Buffer(context.Unique("output" + (slot == 0 ? "" : slot.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            BufferSpace.Output, node.Type.Element, node.Shape, Layout.RowMajor)
        { Slot = slot };
        LayoutConversion.CopyToOutput(context, node, destination);
    }
}
