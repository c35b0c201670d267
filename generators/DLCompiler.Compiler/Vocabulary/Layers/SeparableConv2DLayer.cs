using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>SeparableConv2D(filters, kernel, stride = 1, padding = 0, dilation = 1, depthMultiplier = 1, bias = true, input = 0, initializer)</c>: a depthwise
/// convolution without bias, then a 1×1 convolution: <c>depthwise.weight</c> [C·depthMultiplier, 1, kernel, kernel], <c>pointwise.weight</c>
/// [filters, C·depthMultiplier, 1, 1], <c>pointwise.bias</c> [filters].
/// </summary>
internal static class SeparableConv2DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.SeparableConv2D", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "filters", 1);
        ConvolutionLayer.CheckNumbers(arguments);
        Checks.AtLeast(arguments, "depthMultiplier", 1, 1);
    }

    private static object Forward(VocabularyCall call)
    {
        Node between = DepthwiseConv2DLayer.Convolve(call, "depthwise.weight");
        int filters = call.Layer.Arguments.Integer("filters");
        long channels = between.Shape[1].Value;
        Node weight = call.Parameter("pointwise.weight", new Shape(filters, channels, 1, 1),
            Initializers.Weights(call.Layer.Arguments, InitializerKind.UniformFanIn), channels, filters);
        Node y = call.Graph.Add(new Convolve(new ConvolutionGeometry(1, 1, 0, 0, 1, 1, 1)), between, weight);
        return new TensorValue(ConvolutionLayer.AddBias(call, y, "pointwise.bias", channels, filters));
    }
}
