using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Planning;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Schedules a function: differentiates it if it trains, plans fusion, gives each stored value to its operator's schedule, and orders the calls.</summary>
public static class FunctionScheduler
{
    /// <summary>The function at one instruction-set level.</summary>
    public static ScheduledFunction Schedule(PreparedFunction prepared, ModelStorage storage, Target target)
    {
        FunctionGraph function = prepared.Function;
        IReadOnlyList<string> parameters = prepared.Parameters;
        IReadOnlyList<Node> results = prepared.Results;
        int outputs = function.Outputs.Count, states = function.StateWrites.Count;

        var fusion = new FusionPlan(results);
        var context = new SchedulingContext(fusion, target, storage.Buffers);
        OptimizerRule? rule = function.Optimizer is null ? null : OptimizerRule.For(function.Optimizer);
        var updates = new Dictionary<Node, TrainedParameter>();
        for (int i = 0; i < parameters.Count; i++)
        {
            Node gradient = results[outputs + states + i];
            TrainedParameter parameter = storage.Trained(parameters[i], rule!);

            // The update rides on the gradient's kernel where that is the gradient's only use, and the parameter's only contribution.
            bool rides = WeightGradient.Applies(gradient) && fusion.UsersOf(gradient).Count == 0 && results.Count(result => result == gradient) == 1 && parameter.Weight.Layout == Layout.Panels;
            if (rides) updates.Add(gradient, parameter);
        }

        for (int slot = 0; slot < function.Inputs.Count; slot++)
        {
            var declared = (Input)function.Inputs[slot].Operator;
            if (fusion.Live.FirstOrDefault(node => node.Operator.Equals(declared)) is { } input)
                context.Register(input, new Buffer(context.Unique(context.NameOf(input)), BufferSpace.Input, input.Type.Element, input.Shape, Layout.RowMajor) { Slot = slot });
        }

        foreach (Node node in fusion.Live.Where(node => !updates.ContainsKey(node))) ScheduleNode(context, node);
        for (int slot = 0; slot < outputs; slot++) WriteOutput(context, results[slot], slot);
        for (int i = 0; i < states; i++)
            LoopNest.EmitCopy(context, results[outputs + i], storage.Buffers[((State)function.StateWrites[i].State.Operator).Identifier]);

        // Updates come last: everything else reads the old weights.
        for (int i = 0; i < parameters.Count; i++)
        {
            Node gradient = results[outputs + states + i];
            if (updates.TryGetValue(gradient, out TrainedParameter? update)) WeightGradient.Emit(context, gradient, update);
            else OptimizerUpdate.Emit(context, storage.Trained(parameters[i], rule!), gradient);
        }

        IReadOnlyList<Phase> phases = PhasePlan.Order(context.Calls);
        return new ScheduledFunction(function, target, phases, context.Kernels, new MemoryPlan(phases, target));
    }

    private static void WriteOutput(SchedulingContext context, Node node, int slot)
    {
        var destination = new Buffer(context.Unique("output" + (slot == 0 ? "" : slot.ToString(System.Globalization.CultureInfo.InvariantCulture))), BufferSpace.Output, node.Type.Element, node.Shape, Layout.RowMajor) { Slot = slot };
        LayoutConversion.CopyToOutput(context, node, destination);
    }

    private static void ScheduleNode(SchedulingContext context, Node node)
    {
        FusionPlan fusion = context.Fusion;
        if (fusion.IsInlined(node) || context.BuffersOf(node).Count > 0) return;
        if (fusion.EpilogueOf(node) is not null && HasEpilogue(context, node)) return;
        Node anchor = fusion.AnchorOf(node) is { } fused && HasEpilogue(context, fused) ? fused : node;
        switch (anchor.Operator)
        {
            case Input:
                throw new InvalidOperationException($"{node}: an input that the function does not declare.");
            case Parameter parameter:
                context.Register(node, context.StorageOf(parameter.Identifier));
                break;
            case State state:
                context.Register(node, context.StorageOf(state.Identifier));
                break;
            case Contract when RowsTimesPanels.Applies(context, anchor):
                RowsTimesPanels.Emit(context, anchor, node);
                break;
            case Contract when WeightGradient.Applies(anchor):
                WeightGradient.Emit(context, anchor, null);
                break;
            case Convolve or ConvolveInputGradient:
                SlidingConvolution.Emit(context, anchor, node);
                break;
            case ConvolveWeightGradient:
                ConvolutionWeightGradient.Emit(context, node);
                break;
            case MaxPool or MaxPoolIndex:
                Pooling.EmitMax(context, node);
                break;
            case AveragePool:
                Pooling.EmitAverage(context, node);
                break;
            case MaxPoolGradient or AveragePoolGradient:
                Pooling.EmitGradient(context, node);
                break;
            case Gather:
                TableSchedule.EmitGather(context, node);
                break;
            case ScatterAdd:
                TableSchedule.EmitScatterAdd(context, node);
                break;
            case Concat:
                Joining.EmitConcat(context, node);
                break;
            case Pad:
                Joining.EmitPad(context, node);
                break;
            case Reduce:
                Reduction.Emit(context, node);
                break;
            case Softmax or SoftmaxGradient or SoftmaxCrossEntropy or SoftmaxCrossEntropyGradient:
                SoftmaxSchedule.Emit(context, node);
                break;
            case Reshape:
                Reshaping.Emit(context, node);
                break;
            case Map or Broadcast or Constant or RandomUniform or Slice or Permute or Flip:
                LoopNest.EmitStored(context, node);
                break;
            default:
                throw new NotSupportedException($"The operator {anchor.Operator.Name} has no schedule.");
        }
    }

    // Only these kernels have an epilogue; anything else stores its result for the map that follows.
    private static bool HasEpilogue(SchedulingContext context, Node anchor) => anchor.Operator is Convolve or ConvolveInputGradient || RowsTimesPanels.Applies(context, anchor);
}
