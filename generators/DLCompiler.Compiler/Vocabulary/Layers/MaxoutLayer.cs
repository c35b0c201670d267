using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Maxout(units, pieces = 2, input = 0, bias = true, initializer)</c>: the largest of as many affine functions as there are pieces, for each unit
/// (Goodfellow et al. 2013); W [units·pieces, inputs] and b [units·pieces], the pieces of a unit one after the other.
/// </summary>
internal static class MaxoutLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Maxout", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "units", 1);
        Checks.AtLeast(arguments, "pieces", 1, 2);
        Checks.Optional(arguments, "input");
    }

    private static object Forward(VocabularyCall call)
    {
        int units = call.Layer.Arguments.Integer("units"), pieces = call.Layer.Arguments.Integer("pieces", 2);
        Node y = DenseLayer.Affine(call, checked(units * pieces));
        int last = y.Shape.Rank - 1;
        Node apart = call.Graph.Reshape(y, new Shape(y.Shape.Take(last).Append(units).Append(pieces)));
        return new TensorValue(call.Graph.ReduceMax(apart, [last + 1]));
    }
}
