using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary><c>Embedding(count, dimensions)</c>: row ids[…] of a table [count, dimensions]; ids […] gives […, dimensions].</summary>
internal static class EmbeddingLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Embedding", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "count", 1);
        Checks.AtLeast(arguments, "dimensions", 1);
    }

    private static object Forward(VocabularyCall call)
    {
        Node ids = call.Input;
        if (ids.Type.Element != ElementType.Int32)
        {
            throw new VocabularyError(
                DiagnosticIds.WrongRank,
                call.InputOrigin,
                $"{call.Layer.Quoted} expects ids, a Tensor<int>, but receives numbers {ids.Shape}; make it the first layer");
        }

        int count = call.Layer.Arguments.Integer("count"), dimensions = call.Layer.Arguments.Integer("dimensions");
        call.Layer.Bind(count, ids.Shape, call.Origin);
        Node table = call.Parameter(
            "weight", new Shape(count, dimensions), Initializers.Weights(call.Layer.Arguments, InitializerKind.Normal), dimensions, count);
        return new TensorValue(call.Graph.Add(new Gather(), table, ids));
    }
}
