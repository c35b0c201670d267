using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Whether sixteen channels of a value can be computed side by side: each needs the same channel of everything it is computed from, or what all
/// channels share.</summary>
public static class ChannelAnalysis
{
    private const int Channels = 1;

    /// <summary>Whether it is so. Looks through everything that fusion left inside the value's kernel.</summary>
    /// <param name="context">What the schedules share.</param>
    /// <param name="node">The value, with channels on axis 1.</param>
    /// <param name="anchor">The convolution whose epilogue the value is, if any.</param>
    public static bool IsPossible(SchedulingContext context, Node node, Node? anchor = null)
    {
        return node.Shape.Rank > 1 && node.Shape[0] == Dimension.Symbol(Buffer.BatchSymbol) && Buffer.IsBatchShape(node.Shape)
            && Visit(node, AffineMap.Identity(node.Shape.Rank));

        bool Visit(Node current, EquatableArray<Affine> indices)
        {
            if (current == anchor || current.Shape.Rank == 0) return true;
            if (context.BuffersOf(current).Count > 0 || (current != node && !context.Fusion.IsInlined(current)))
                return Buffer.IsBatchShape(current.Shape)
                    ? current.Shape[0] == node.Shape[0] && Images(indices)
                    : current.Shape.IsConstant && Shared(current, indices);
            return current.Operator is Iota iota
                ? !indices[iota.Axis].DependsOn(0) && !indices[iota.Axis].DependsOn(Channels)
                : current.Operator is not RandomUniform
                    && Enumerable.Range(0, current.Inputs.Count)
                        .All(input => Visit(current.Inputs[input], ElementEmitter.InputIndices(current, input, indices)));
        }
    }

    /// <summary>Whether channels are read in blocks: those of the result, moved by whole blocks, or one channel for all.</summary>
    public static bool IsByBlocks(Affine channel) => !channel.DependsOn(Channels)
        || (channel.Constant.IsConstant && channel.Constant.Value % Kernels.Target.BlockSamples == 0
            && (channel with { Constant = Dimension.Zero }).IsCoordinate(Channels));

    private static bool Images(EquatableArray<Affine> indices) =>
        indices[0].IsCoordinate(0) && Enumerable.Range(1, indices.Count - 1).All(axis =>
            !indices[axis].DependsOn(0) && (axis == Channels ? IsByBlocks(indices[axis]) : !indices[axis].DependsOn(Channels)));

    // What belongs to no sample is read where it lies: neighbouring channels must be neighbours there.
    private static bool Shared(Node value, EquatableArray<Affine> indices)
    {
        Dimension step = Dimension.Zero, stride = Dimension.One;
        for (int axis = value.Shape.Rank - 1; axis >= 0; axis--)
        {
            if (indices[axis].DependsOn(0)) return false;
            step += indices[axis].Coefficients[Channels] * stride;
            stride *= value.Shape[axis];
        }

        return step == Dimension.Zero || step == Dimension.One;
    }
}
