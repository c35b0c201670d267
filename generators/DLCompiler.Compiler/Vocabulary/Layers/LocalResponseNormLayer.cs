using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>LocalResponseNorm(size, alpha = 1e-4, beta = 0.75, k = 1)</c>: x/(k + α·mean of x² over size neighbouring channels)^β, zeros beyond the first and the
/// last channel (Krizhevsky et al. 2012, with PyTorch's α, which is the paper's times the size).
/// </summary>
internal static class LocalResponseNormLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.LocalResponseNorm", Check, Forward, HasParameters: false);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "size", 1);
        double k = arguments.Number("k", 1);
        if (!(k > 0)) throw Checks.Wrong(arguments, "k", $"is {Checks.Text(k)}; it must be positive, or the result is no number where the input is 0");
        double alpha = arguments.Number("alpha", 1e-4);
        if (!(alpha >= 0)) throw Checks.Wrong(arguments, "alpha", $"is {Checks.Text(alpha)}; it must be at least 0");
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        ArgumentSet arguments = call.Layer.Arguments;
        long channels = Normalizing.Channels(call), positions = x.Shape.Skip(2).Aggregate(1L, (product, dimension) => product * dimension.Value);
        int size = arguments.Integer("size");
        double alpha = arguments.Number("alpha", 1e-4), beta = arguments.Number("beta", 0.75), k = arguments.Number("k", 1);

        // Channels as rows of an image: the windows are a pool's. An even size sees one channel more before than after.
        Node squares = call.Graph.Reshape(call.Graph.Square(x), new Shape(x.Shape[0], 1, channels, positions));
        Node means = call.Graph.Add(new AveragePool(new PoolGeometry(size, 1, 1, 1, size / 2, 0)), squares);
        means = call.Graph.Reshape(call.Graph.Slice(means, 2, 0, (int)channels), x.Shape);
        return new TensorValue(call.Graph.Map(X * Call(BinaryFunction.Power, k + (alpha * Y), -beta), x, means));
    }
}
