using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Compiler.Tests.Graph;

/// <summary>Shapes that operators infer, and the messages for operands that don't fit.</summary>
public sealed class ShapeRuleTests
{
    private static readonly Dimension N = Dimension.Symbol("N");
    private static readonly ConvolutionGeometry Same = new(1, 1, 1, 1, 1, 1, 1);
    private static readonly PoolGeometry Half = new(2, 2, 2, 2, 0, 0);

    private static readonly Dictionary<string, (Func<GraphBuilder, Node> Build, string Expected)> Good = new()
    {
        ["add"] = (g => g.Add(Real(g, N, 1, 4), Real(g, 3, 1)), "[N, 3, 4]"),
        ["compare"] = (
            g => g.Map(new ScalarExpression.Compare(Comparison.Less, new ScalarExpression.Input(0), 0), ElementType.Bool, Real(g, N, 4)),
            "Bool [N, 4]"),
        ["broadcast"] = (g => g.BroadcastAlong(Real(g, 3), new Shape(N, 3, 28, 28), [1]), "[N, 3, 28, 28]"),
        ["sum"] = (g => g.ReduceSum(Real(g, N, 3, 28, 28), [0, 2, 3]), "[3]"),
        ["sum, kept"] = (g => g.ReduceSum(Real(g, N, 3), [1], keepDimensions: true), "[N, 1]"),
        ["mean of all"] = (g => g.Mean(Real(g, N, 3)), "[]"),
        ["contract"] = (g => g.Add(new Contract(true, true), Real(g, N, 4, 3), Real(g, N, 5, 4)), "[N, 3, 5]"),
        ["matrix product"] = (g => g.MatrixMultiply(Real(g, N, 8, 6, 4), Real(g, 4, 2)), "[N, 8, 6, 2]"),
        ["dense"] = (g => g.Dense(Real(g, N, 7, 400), Real(g, 120, 400), Real(g, 120)), "[N, 7, 120]"),
        ["convolve"] = (g => g.Add(new Convolve(Same), Real(g, N, 3, 28, 28), Real(g, 6, 3, 3, 3)), "[N, 6, 28, 28]"),
        ["convolve, strided, rounds down"] = (g => g.Add(new Convolve(new(2, 2, 0, 0, 1, 1, 1)), Real(g, N, 3, 8, 9), Real(g, 6, 3, 3, 3)), "[N, 6, 3, 4]"),
        ["convolve, dilated groups"] = (g => g.Add(new Convolve(new(1, 1, 0, 0, 2, 3, 3)), Real(g, N, 6, 9, 9), Real(g, 3, 2, 3, 3)), "[N, 3, 5, 3]"),
        ["convolve, symbolic height"] = (g => g.Add(new Convolve(Same), Real(g, 1, 3, Dimension.Symbol("T"), 8), Real(g, 6, 3, 3, 3)), "[1, 6, T, 8]"),
        ["max pool"] = (g => g.Add(new MaxPool(Half), Real(g, N, 6, 28, 29)), "[N, 6, 14, 14]"),
        ["max pool index"] = (g => g.Add(new MaxPoolIndex(Half), Real(g, N, 6, 28, 28)), "Int32 [N, 6, 14, 14]"),
        ["flatten"] = (g => g.Flatten(Real(g, N, 16, 5, 5)), "[N, 400]"),
        ["reshape, symbolic"] = (g => g.Reshape(Real(g, N, 6), new Shape(2 * N, 3)), "[2*N, 3]"),
        ["permute"] = (g => g.Permute(Real(g, N, 2, 3), [2, 0, 1]), "[3, N, 2]"),
        ["slice"] = (g => g.Slice(Real(g, N, 8), 1, 1, 3, 3), "[N, 3]"),
        ["pad"] = (g => g.Pad(Real(g, N, 7), 1, 1, 2), "[N, 10]"),
        ["concat"] = (g => g.Concat(1, Real(g, N, 2), Real(g, N, 3)), "[N, 5]"),
        ["concat of batches"] = (g => g.Concat(0, Real(g, N, 2), Real(g, N, 2)), "[2*N, 2]"),
        ["gather"] = (g => g.Add(new Gather(), Real(g, 100, 16), Ids(g, N, 5)), "[N, 5, 16]"),
        ["cross-entropy"] = (g => g.Add(new SoftmaxCrossEntropy(), Real(g, N, 10), Ids(g, N)), "[N]"),
        ["scan"] = (g => g.Add(new Scan(Sum(3), 1, 1, false, 0), Real(g, N, 3), Real(g, Dimension.Symbol("T"), N, 3)), "[N, 3]"),
        ["scan, stacked"] = (g => g.Add(new Scan(Sum(3), 1, 1, false, 1), Real(g, N, 3), Real(g, Dimension.Symbol("T"), N, 3)), "[T, N, 3]"),
        ["random"] = (g => g.Add(new RandomUniform(new Shape(N, 4), 3)), "[N, 4]"),
    };

    private static readonly Dictionary<string, (Func<GraphBuilder, Node> Build, string Expected)> Bad = new()
    {
        ["add"] = (
            g => g.Add(Real(g, N, 128, 56, 56), Real(g, N, 64, 56, 56)),
            "can't add [N, 128, 56, 56] and [N, 64, 56, 56]: dimension 1 is 128 on the left and 64 on the right"),
        ["add, different ranks"] = (g => g.Add(Real(g, N, 4), Real(g, 3)), "can't add [N, 4] and [3]: dimension 1 is 4 on the left and 3 on the right"),
        ["add, symbols"] = (
            g => g.Add(Real(g, N, 4), Real(g, Dimension.Symbol("M"), 4)),
            "can't add [N, 4] and [M, 4]: dimension 0 is N on the left and M on the right"),
        ["multiply, elements"] = (g => g.Multiply(Real(g, N), Ids(g, N)), "can't multiply [N] with Float32 elements and [N] with Int32 ones"),
        ["map"] = (
            g => g.Add(new Map(new ScalarExpression.Input(0), ElementType.Float32), Real(g, N, 4), Real(g, N, 3)),
            "Map needs [N, 4] for operand 1, not [N, 3]: dimension 1 is 3 instead of 4"),
        ["broadcast"] = (g => g.Broadcast(Real(g, 4), new Shape(N, 3)), "can't broadcast [4] to [N, 3]: dimension 0 is 4, and dimension 1 of the result is 3"),
        ["broadcast down"] = (g => g.Broadcast(Real(g, N, 4), new Shape(4)), "can't broadcast [N, 4] to [4]"),
        ["sum of a missing axis"] = (g => g.ReduceSum(Real(g, N, 4), [2]), "Reduce: [N, 4] has no dimension 2, only 2 dimensions"),
        ["inner sizes"] = (
            g => g.MatrixMultiply(Real(g, N, 4), Real(g, 3, 2)),
            "can't multiply the matrices [N, 4] and [3, 2]: dimension 1 is 4 on the left and dimension 0 is 3 on the right"),
        ["inner sizes, one matrix for all"] = (
            g => g.MatrixMultiply(Real(g, N, 5, 4), Real(g, 3, 2)),
            "can't multiply the matrices [N, 5, 4] and [3, 2]: dimension 2 is 4 on the left and dimension 0 is 3 on the right"),
        ["leading sizes"] = (
            g => g.Add(new Contract(false, false), Real(g, 2, 4, 4), Real(g, 3, 4, 4)),
            "can't multiply the matrices [2, 4, 4] and [3, 4, 4]: dimension 0 is 2 on the left and 3 on the right"),
        ["channels"] = (
            g => g.Add(new Convolve(Same), Real(g, N, 3, 28, 28), Real(g, 6, 1, 3, 3)),
            "can't convolve [N, 3, 28, 28] with the weight [6, 1, 3, 3]: the input has 3 channels (dimension 1), and the weight is made for 1"),
        ["groups"] = (
            g => g.Add(new Convolve(Same with { Groups = 2 }), Real(g, N, 3, 28, 28), Real(g, 6, 1, 3, 3)),
            "2 groups do not divide the 3 channels (dimension 1) of the input [N, 3, 28, 28]"),
        ["image rank"] = (
            g => g.Add(new Convolve(Same), Real(g, N, 784), Real(g, 6, 1, 3, 3)),
            "Convolve needs 4 dimensions for the input, but [N, 784] has 2"),
        ["kernel"] = (
            g => g.Add(new Convolve(Same with { PaddingY = 0, PaddingX = 0 }), Real(g, N, 16, 5, 5), Real(g, 6, 16, 7, 7)),
            "kernel 7 does not fit the padded input 5×5 (dimension 2 of [N, 16, 5, 5])"),
        ["window"] = (g => g.Add(new MaxPool(Half), Real(g, N, 16, 4, 1)), "kernel 2 does not fit the padded input 4×1 (dimension 3 of [N, 16, 4, 1])"),
        ["padding of a window"] = (
            g => g.Add(new MaxPool(new(2, 2, 2, 2, 2, 2)), Real(g, N, 16, 4, 4)),
            "MaxPool: padding 2×2 is more than half of the window 2×2"),
        ["gradient"] = (
            g => g.Add(new ConvolveWeightGradient(Same, new Shape(6, 3, 3, 3)), Real(g, N, 3, 8, 8), Real(g, N, 6, 8, 7)),
            "ConvolveWeightGradient needs [N, 6, 8, 8] for the result's gradient, not [N, 6, 8, 7]: dimension 3 is 7 instead of 8"),
        ["reshape"] = (g => g.Reshape(Real(g, N, 16, 5, 5), new Shape(N, 256)), "can't reshape [N, 16, 5, 5] to [N, 256]: 400*N elements are not 256*N"),
        ["permute"] = (g => g.Permute(Real(g, N, 2), [0, 0]), "can't permute [N, 2] by [0, 0]: each of its 2 dimensions is needed once"),
        ["slice"] = (g => g.Slice(Real(g, N, 7), 1, 5, 3), "can't take 3 elements from 5 of dimension 1 of [N, 7]: its size is 7"),
        ["slice of the batch"] = (g => g.Slice(Real(g, N, 7), 0, 1, 1), "Slice: dimension 0 of [N, 7] is N, and a size known at compile time is needed"),
        ["concat"] = (
            g => g.Concat(1, Real(g, N, 2, 3), Real(g, N, 2, 4)),
            "can't concatenate [N, 2, 3] and [N, 2, 4] along dimension 1: dimension 2 is 3 and 4"),
        ["ids"] = (g => g.Add(new Gather(), Real(g, 100, 16), Real(g, N)), "Gather needs Int32 elements for the ids, but [N] has Float32 ones"),
        ["labels"] = (
            g => g.Add(new SoftmaxCrossEntropy(), Real(g, N, 10), Ids(g, 8)),
            "SoftmaxCrossEntropy needs [N] for the labels, not [8]: dimension 0 is 8 instead of N"),
        ["statistics"] = (
            g => g.Add(new BatchNormalize(0), Real(g, N, 3), Real(g, 3), Real(g, 3), Real(g, 4), Real(g, 3)),
            "BatchNormalize needs [3] for the mean, not [4]: dimension 0 is 4 instead of 3"),
        ["position"] = (g => g.Add(new UpdateSlice(1), Real(g, N, 7), Real(g, N, 2), Ids(g, 1)), "UpdateSlice needs [] for the position, not [1]"),
        ["values beyond the target"] = (
            g => g.Add(new UpdateSlice(1), Real(g, N, 7), Real(g, N, 8), Ids(g)),
            "UpdateSlice: the values [N, 8] don't fit into [N, 7]: dimension 1 is 8 and 7"),
        ["part beyond the end"] = (g => g.Add(new SliceAt(1, 8), Real(g, N, 7), Ids(g)), "can't take 8 elements of dimension 1 of [N, 7]: its size is 7"),
        ["carried value"] = (
            g => g.Add(new Scan(Sum(3), 1, 1, false, 0), Real(g, N, 4), Real(g, 5, N, 3)),
            "Scan needs [N, 3] for carried value 0, not [N, 4]: dimension 1 is 4 instead of 3"),
        ["repeated a symbolic number of times"] = (
            g => g.Add(new Repeat(Sum(3), 1, 1, false, 0), Real(g, N, 3), Real(g, N, N, 3)),
            "Repeat: dimension 0 of [N, N, 3] is N, and a size known at compile time is needed"),
        ["loop without a sequence"] = (
            g => g.Add(new Scan(Sum(3), 2, 0, false, 0), Real(g, N, 3), Real(g, N, 3)),
            "Scan walks along a sequence, and none is given"),
        ["operands"] = (g => g.Add(new Softmax(), Real(g, N, 3), Real(g, N, 3)), "Softmax takes 1 operand, not 2"),
    };

    public static TheoryData<string> GoodNames => [.. Good.Keys];

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void Infers(string name) => Assert.Equal(Good[name].Expected, Good[name].Build(new GraphBuilder()).Type.ToString());

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Rejects(string name) =>
        Assert.StartsWith(Bad[name].Expected, Assert.Throws<ShapeException>(() => Bad[name].Build(new GraphBuilder())).Message, StringComparison.Ordinal);

    [Fact]
    public void CountsFlops()
    {
        var graph = new GraphBuilder();
        Assert.Equal("2400*N", Flops(graph.Add(new Contract(false, false), Real(graph, N, 120), Real(graph, 120, 10))));
        Assert.Equal("84672*N", Flops(graph.Add(new Convolve(Same), Real(graph, N, 1, 28, 28), Real(graph, 6, 1, 3, 3))));
        Assert.Equal("8*N", Flops(graph.Map((new ScalarExpression.Input(0) * 2) + 1, Real(graph, N, 4))));
        Assert.Equal("0", Flops(graph.Flatten(Real(graph, N, 2, 3))));
    }

    [Fact]
    public void EqualNodesAreMadeOnce()
    {
        var graph = new GraphBuilder();
        Node x = Real(graph, N, 3);
        Assert.Same(graph.Permute(x, [1, 0]), graph.Permute(x, [1, 0]));
        Assert.Same(graph.Tanh(x), graph.Tanh(x));
        Assert.NotSame(graph.Tanh(x), graph.Sigmoid(x));
    }

    /// <summary>(sum [N, size], x [N, size]) → (sum + x).</summary>
    private static SubGraph Sum(int size)
    {
        var body = new GraphBuilder();
        var type = new TensorType(ElementType.Float32, new Shape(N, size));
        Node sum = body.Add(new Input("sum", type)), x = body.Add(new Input("x", type));
        return new SubGraph([sum, x], [body.Add(sum, x)]);
    }

    private static string Flops(Node node) => node.Operator.CountFlops([.. node.Inputs.Select(input => input.Type)], node.Type).ToString();

    private static Node Real(GraphBuilder graph, params Dimension[] sizes) => Source(graph, ElementType.Float32, sizes);

    private static Node Ids(GraphBuilder graph, params Dimension[] sizes) => Source(graph, ElementType.Int32, sizes);

    private static Node Source(GraphBuilder graph, ElementType element, Dimension[] sizes) =>
        graph.Add(new Input($"x{graph.Nodes.Count}", new TensorType(element, new Shape(sizes))));
}
