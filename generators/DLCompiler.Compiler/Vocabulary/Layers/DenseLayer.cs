using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary><c>Dense(units, input = 0, bias = true, initializer)</c>: y = x·Wᵀ + b over the last axis; W [units, inputs], b [units].</summary>
internal static class DenseLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Dense", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "units", 1);
        Checks.Optional(arguments, "input");
    }

    private static object Forward(VocabularyCall call) => new TensorValue(Affine(call, call.Layer.Arguments.Integer("units")));

    /// <summary>x·Wᵀ + b over the last axis.</summary>
    /// <param name="call">The layer's use; its arguments say whether there is a bias, and perhaps the number of inputs.</param>
    /// <param name="units">The number of results.</param>
    public static Node Affine(VocabularyCall call, int units)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        Node x = call.Input;
        if (x.Shape.Rank == 0 || (x.Shape.Rank == 1 && !x.Shape[0].IsConstant))
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, features] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        int declared = arguments.Integer("input");
        long features = Checks.Constant(call, x.Shape.Rank - 1, call.Layer.Quoted);
        if (declared != 0 && declared != features)
        {
            throw call.WrongInputSize("input", "inputs", declared, features, Checks.Describe(x));
        }

        if (ImageInput.IsImage(x))
        {
            call.Function.Warn(new VocabularyError(
                DiagnosticIds.DenseOnImages,
                call.InputOrigin,
                $"{call.Layer.Quoted} acts on dimension 3 of {x.Shape} alone, which is the width of images; {(call.IsInChain ? "write [Flatten] before" : "Flatten() before")}")
            {
                ExplainsShapes = true,
            });
        }

        call.BindInput(features, "inputs", x.Shape);
        Node weight = call.Parameter(
            "weight", new Shape(units, features), Initializers.Weights(arguments, InitializerKind.UniformFanIn), features, units, StorageKind.Panels);

        // The product is one matrix product whatever the number of leading axes.
        Shape leading = new(x.Shape.Dimensions.Take(x.Shape.Rank - 1));
        Node rows = call.Graph.Reshape(x, new Shape(leading.ElementCount, features));
        Node y = call.Graph.Add(new Contract(false, true), rows, weight);
        if (arguments.Flag("bias", true))
        {
            Node bias = call.Parameter("bias", new Shape(units), Initializers.Biases(arguments), features, units);
            y = call.Graph.Map(Building.X + Building.Y, y, call.Graph.BroadcastAlong(bias, y.Shape, [1]));
        }

        return call.Graph.Reshape(y, new Shape(leading.Append(units)));
    }
}
