using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Bilinear(units, bias = true, initializer)</c> of x […, I] and other […, J]: y[u] = Σ x[i]·W[u, i, j]·other[j] + b[u]; W [units, I, J], b [units].
/// </summary>
internal static class BilinearLayer
{
    public static LayerDefinition Definition { get; } =
        new("DLCompiler.Bilinear", arguments => Checks.AtLeast(arguments, "units", 1), Forward, HasParameters: true);

    private static object Forward(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        Node x = call.Input, other = call.Arguments.Tensor("other");
        if (x.Shape.Rank < 2)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, features] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        int last = x.Shape.Rank - 1, units = call.Layer.Arguments.Integer("units");
        long left = Checks.Constant(call, last, call.Layer.Quoted);
        if (other.Shape.Rank != x.Shape.Rank || !other.Shape.Take(last).SequenceEqual(x.Shape.Take(last)) || !other.Shape[last].IsConstant)
        {
            throw new VocabularyError(
                DiagnosticIds.WrongRank,
                call.Arguments.OriginOf("other"),
                $"{call.Layer.Quoted} expects two tensors that differ in their last dimension only, and receives {x.Shape} and {Checks.Name(other.Shape)}; "
                    + $"give the second as [{string.Join(", ", x.Shape.Take(last))}, features]",
                call.InputOrigin)
            {
                Tensors = [x, other],
            };
        }

        long right = other.Shape[last].Value;
        call.BindInput(left, "inputs", x.Shape);

        // PyTorch's bound is that of the first input alone.
        InitializerKind kind = Initializers.Weights(call.Layer.Arguments, InitializerKind.UniformFanIn);
        Node weight = call.Parameter("weight", new Shape(units, left, right), kind, left, units);
        Dimension rows = new Shape(x.Shape.Take(last)).ElementCount;
        Node images = graph.Add(
            new Contract(false, true), graph.Reshape(other, new Shape(rows, right)), graph.Reshape(weight, new Shape(units * left, right)));
        var apart = new Shape(rows, units, left);
        Node products = graph.Multiply(graph.Reshape(images, apart), graph.BroadcastAlong(graph.Reshape(x, new Shape(rows, left)), apart, [0, 2]));
        Node y = graph.ReduceSum(products, [2]);
        if (call.Layer.Arguments.Flag("bias", true))
        {
            Node bias = call.Parameter("bias", new Shape(units), Initializers.Biases(call.Layer.Arguments), left, units);
            y = graph.Add(y, graph.BroadcastAlong(bias, y.Shape, [1]));
        }

        return new TensorValue(graph.Reshape(y, new Shape(x.Shape.Take(last).Append(units))));
    }
}
