using System;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Gives each stored value to the schedule of its operator.</summary>
public static class NodeSchedule
{
    /// <summary>Emits what computes and stores a value; nothing for values that are computed where they are used.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        FusionPlan fusion = context.Fusion;
        if (fusion.IsInlined(node) || context.IsComputed(node)) return;
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
            case Recompute:
                foreach (Buffer buffer in context.BuffersOf(node.Inputs[0])) context.Register(node, buffer);
                break;
            case Contract when RowsTimesPanels.Applies(context, anchor):
                RowsTimesPanels.Emit(context, anchor, node);
                break;
            case Contract when WeightGradient.Applies(anchor):
                WeightGradient.Emit(context, anchor, null);
                break;
            case Contract when GeneralProduct.Applies(anchor):
                GeneralProduct.Emit(context, anchor);
                break;
            case Contract:
                SymbolicProduct.Emit(context, anchor);
                break;
            case Convolve when WinogradConvolution.Applies(context, anchor):
                WinogradConvolution.Emit(context, anchor, node);
                break;
            case Convolve or ConvolveInputGradient when context.SideBySide == SideBySide.Channels:
                ChannelConvolution.Emit(context, anchor, node);
                break;
            case Convolve or ConvolveInputGradient when DepthwiseConvolution.Applies(anchor):
                DepthwiseConvolution.Emit(context, anchor, node);
                break;
            case Convolve or ConvolveInputGradient:
                SlidingConvolution.Emit(context, anchor, node);
                break;
            case ConvolveWeightGradient when DepthwiseWeightGradient.Applies(context, anchor):
                DepthwiseWeightGradient.Emit(context, node);
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
            case Recurrence or TakeAlong or AddAlong or ArgSort:
                LineSchedule.Emit(context, node);
                break;
            case Memory memory:
                context.Register(node, context.MemoryOf(memory));
                break;
            case Append:
                MemorySchedule.Emit(context, node);
                break;
            case Loop:
                LoopSchedule.Emit(context, node);
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
            case Attention:
                AttentionForward.Emit(context, node);
                break;
            case AttentionGradient:
                AttentionBackward.Emit(context, node);
                break;
            case Reshape:
                Reshaping.Emit(context, node);
                break;
            case Map or Broadcast or Constant or Iota or RandomUniform or Slice or Permute or Flip:
                LoopNest.EmitStored(context, node);
                break;
            default:
                throw new NotSchedulableException(anchor, "can't be compiled by this version");
        }
    }

    // Only these kernels have an epilogue, where it reads what the tile can reach; anything else stores its result for the map that follows.
    private static bool HasEpilogue(SchedulingContext context, Node anchor)
    {
        if (context.Fusion.EpilogueOf(anchor) is not { } root) return false;
        bool isPossible = anchor.Operator is Convolve or ConvolveInputGradient ? context.CanBeBlocked(root, anchor)
            : RowsTimesPanels.Applies(context, anchor) && LaneAnalysis.FitsRows(context, root, anchor);
        bool isGradient = anchor.Operator is ConvolveInputGradient or Contract { TransposeRight: false };
        return context.Decisions.Choose(context.NameOf(anchor) + (isGradient ? "_input_gradient" : ""), "epilogue", isPossible,
            isPossible ? "what follows elementwise is computed while the tile is in registers" : "what follows reads more than the tile can reach",
            text => ChoiceText.Word(text, "fused", "separate") is var fused && (isPossible || !fused) ? fused
                : throw new ImpossibleChoiceException("what follows reads more than the tile can reach"),
            fused => fused ? "fused" : "separate");
    }
}
