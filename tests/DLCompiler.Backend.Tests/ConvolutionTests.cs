using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Convolutions and pools: strides, padding, dilation, groups, odd sizes, and what is fused behind them.</summary>
public sealed class ConvolutionTests
{
    [Fact]
    public void ConvolutionsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Convolution("5x5 same", 1, 6, 9, 9, 5, new ConvolutionGeometry(1, 1, 2, 2, 1, 1, 1)),
        Convolution("5x5 valid", 3, 5, 8, 7, 5, new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 1)),
        Convolution("3x3 stride 2", 4, 7, 9, 10, 3, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 1)),
        Convolution("1x1", 5, 9, 4, 4, 1, new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 1)),
        Convolution("1x1 stride 2", 3, 4, 5, 5, 1, new ConvolutionGeometry(2, 2, 0, 0, 1, 1, 1)),
        Convolution("grouped, dilated", 4, 6, 9, 9, 3, new ConvolutionGeometry(1, 1, 2, 2, 2, 2, 2)),
        Convolution("depthwise", 3, 3, 6, 6, 3, new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 3)),
        Convolution("stride 3, dilated", 2, 3, 11, 12, 2, new ConvolutionGeometry(3, 2, 1, 0, 2, 3, 1)),
        Convolution("kernel as large as the image", 2, 3, 3, 4, 3, new ConvolutionGeometry(1, 1, 0, 1, 1, 1, 1)),
    ]);

    [Fact]
    public void DepthwiseConvolutionsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Convolution("3x3 same", 3, 3, 5, 17, 3, new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 3)),
        Convolution("3x3 stride 2", 3, 3, 9, 13, 3, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 3)),
        Convolution("3x3 stride 2 of an even size", 2, 2, 8, 14, 3, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 2)),
        Convolution("multiplied", 2, 6, 6, 7, 3, new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 2)),
        Convolution("dilated", 2, 2, 9, 11, 3, new ConvolutionGeometry(1, 1, 2, 2, 2, 2, 2)),
        Convolution("5x5", 2, 2, 7, 15, 5, new ConvolutionGeometry(1, 1, 2, 2, 1, 1, 2)),
        Convolution("7x7 valid", 2, 4, 9, 8, 7, new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 2)),
        Convolution("2x2 stride 3", 3, 3, 8, 10, 2, new ConvolutionGeometry(3, 3, 1, 0, 1, 1, 3)),
        Convolution("one pixel", 3, 6, 1, 1, 3, new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 3)),
    ], batches: Batches);

    [Fact]
    public void TransposedConvolutionsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Transposed("2x2 stride 2", 4, 3, 5, 4, 2, 0, new ConvolutionGeometry(2, 2, 0, 0, 1, 1, 1)),
        Transposed("3x3 stride 2, output padding", 3, 5, 4, 5, 3, 1, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 1)),
        Transposed("4x4 stride 2", 2, 9, 3, 7, 4, 0, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 1)),
        Transposed("grouped, dilated", 4, 6, 5, 3, 3, 0, new ConvolutionGeometry(1, 1, 1, 1, 2, 2, 2)),
        Transposed("depthwise", 3, 3, 5, 4, 3, 1, new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 3)),
        Transposed("stride 3, output padding 2", 2, 3, 3, 2, 2, 2, new ConvolutionGeometry(3, 3, 0, 0, 1, 1, 1)),
        Transposed("output padding beyond the stride", 2, 3, 4, 3, 3, 1, new ConvolutionGeometry(1, 1, 2, 2, 2, 2, 1)),
    ], batches: Batches);

    // Every number of lanes beyond the batch, and batches of one pixel: statistics must not see what lies there.
    [Fact]
    public void NormalizedConvolutionsMatchForEveryBatchUpToSeventeen() => CompiledAgainstReference.Check(
    [
        Normalized("pixels", 4, 5), Normalized("one pixel", 1, 1),
    ], batches: [.. Enumerable.Range(1, 17)]);

    private static readonly int[] Batches = CompiledAgainstReference.IsFull ? [1, 2, 3, 7, 16, 17, 32, 50] : [2, 7, 17];

    private static GraphCase Normalized(string name, int height, int width)
    {
        var model = new GraphCase(name);
        return WithLoss(model, [2, height, width], (graph, x) =>
        {
            Node Conv(Node operand, string key) => graph.Add(new Convolve(new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 1)), operand,
                model.Parameter(graph, key, StorageKind.RowMajor, 3, operand.Shape[1].Value, 3, 3));
            Node Norm(Node operand, string key) => graph.Add(new BatchNormalize(0.01), operand, model.Parameter(graph, key + ".scale", StorageKind.RowMajor, 3),
                model.Parameter(graph, key + ".shift", StorageKind.RowMajor, 3), graph.Moments(operand, [0, 2, 3]).Mean, graph.Moments(operand, [0, 2, 3]).Variance);
            Node y = graph.Map(ScalarExpressions.Tanh, Norm(Conv(x, "conv1"), "norm1"));
            return graph.Flatten(graph.Add(Norm(Conv(y, "conv2"), "norm2"), y));
        });
    }

    [Fact]
    public void PoolsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Pool("max 2", 6, 6, new PoolGeometry(2, 2, 2, 2, 0, 0), true),
        Pool("max 3 stride 2 padded", 7, 8, new PoolGeometry(3, 3, 2, 2, 1, 1), true),
        Pool("max 2 of an odd size", 5, 7, new PoolGeometry(2, 2, 2, 2, 0, 0), true),
        Pool("max 3 stride 2, size rounded up", 6, 7, new PoolGeometry(3, 3, 2, 2, 0, 1, 1, 0), true),
        Pool("mean 2 of an odd size, rounded up", 5, 7, new PoolGeometry(2, 2, 2, 2, 0, 0, 1, 1), false),
        Pool("mean 2, the same size", 5, 4, new PoolGeometry(2, 2, 1, 1, 0, 0, 1, 1), false),
        Pool("mean 2", 6, 4, new PoolGeometry(2, 2, 2, 2, 0, 0), false),
        Pool("mean 3 stride 1 padded", 5, 5, new PoolGeometry(3, 3, 1, 1, 1, 1), false),
        Pool("mean with gaps", 7, 7, new PoolGeometry(2, 2, 3, 3, 0, 0), false),
    ]);

    private static GraphCase Convolution(string name, int channels, int filters, int height, int width, int kernel, ConvolutionGeometry geometry)
    {
        var model = new GraphCase(name);
        Node Forward(GraphBuilder graph, Node x)
        {
            Node Conv(Node operand, string key, int from, int to, int size, ConvolutionGeometry shape)
            {
                graph.Label = key;
                Node result = graph.Add(new Convolve(shape), operand,
                    model.Parameter(graph, key + ".weight", StorageKind.RowMajor, to, from / shape.Groups, size, size));
                return graph.Add(result, graph.BroadcastAlong(model.Parameter(graph, key + ".bias", StorageKind.RowMajor, to), result.Shape, [1]));
            }

            // Behind a 1×1 convolution, so that the input gradient is needed, too.
            Node first = graph.Map(ScalarExpressions.Tanh, Conv(x, "conv1", channels, channels, 1, new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 1)));
            Node second = graph.Map(ScalarExpressions.Tanh, Conv(first, "conv2", channels, filters, kernel, geometry));
            graph.Label = "flatten";
            return graph.Flatten(second);
        }

        return WithLoss(model, [channels, height, width], Forward);
    }

    // As the layer builds it: the input gradient of a convolution, with bias and activation behind it.
    private static GraphCase Transposed(
        string name, int channels, int filters, int height, int width, int kernel, int outputPadding, ConvolutionGeometry geometry)
    {
        var model = new GraphCase(name);
        return WithLoss(model, [channels, height, width], (graph, x) =>
        {
            graph.Label = "scale";
            Node scaled = graph.Multiply(x, graph.BroadcastAlong(model.Parameter(graph, "scale", StorageKind.RowMajor, channels), x.Shape, [1]));
            graph.Label = "up";
            int Size(int size) =>
                ((size - 1) * geometry.StrideY) - (2 * geometry.PaddingY) + (geometry.DilationY * (kernel - 1)) + outputPadding + 1;
            int beyond = outputPadding / geometry.StrideY;
            Node padded = graph.Pad(graph.Pad(scaled, 2, 0, beyond), 3, 0, beyond);
            Node up = graph.Add(new ConvolveInputGradient(geometry, new Compiler.Shapes.Shape(GraphCase.N, filters, Size(height), Size(width))), padded,
                model.Parameter(graph, "up.weight", StorageKind.RowMajor, channels, filters / geometry.Groups, kernel, kernel));
            Node shifted = graph.Add(up, graph.BroadcastAlong(model.Parameter(graph, "up.bias", StorageKind.RowMajor, filters), up.Shape, [1]));
            return graph.Flatten(graph.Map(ScalarExpressions.Tanh, shifted));
        });
    }

    private static GraphCase Pool(string name, int height, int width, PoolGeometry geometry, bool max)
    {
        var model = new GraphCase(name);
        return WithLoss(model, [2, height, width], (graph, x) =>
        {
            graph.Label = "scale";
            Node scaled = graph.Multiply(x, graph.BroadcastAlong(model.Parameter(graph, "scale", StorageKind.RowMajor, 2, height, width), x.Shape, [1, 2, 3]));
            graph.Label = "conv";
            Node conv = graph.Add(new Convolve(new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 1)), scaled,
                model.Parameter(graph, "conv.weight", StorageKind.RowMajor, 3, 2, 1, 1));
            graph.Label = "pool";
            return graph.Flatten(graph.Add(max ? new MaxPool(geometry) : new AveragePool(geometry), conv));
        });
    }

    // The loss weighs every element of the result differently, so that no gradient cancels.
    private static GraphCase WithLoss(GraphCase model, int[] sample, System.Func<GraphBuilder, Node, Node> forward)
    {
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. sample.Select(size => (Compiler.Shapes.Dimension)size)]);
            model.Predict(graph, [x], forward(graph, x));
        }

        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. sample.Select(size => (Compiler.Shapes.Dimension)size)]);
            Node y = forward(graph, x);
            Node weights = GraphCase.Input(graph, "weights", [.. y.Shape]);
            model.Step(graph, [x, weights], graph.Mean(graph.Multiply(y, weights)));
        }

        return model;
    }
}
