using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>MaxPool</c> and <c>AvgPool(size, stride = size, padding = 0)</c> over the height and width of images, as methods and as attributes of chains. An
/// average counts padding as zeros.
/// </summary>
internal static class Pools
{
    private static readonly (string Name, Func<PoolGeometry, Operator> Operator)[] Kinds =
        [("MaxPool", geometry => new MaxPool(geometry)), ("AvgPool", geometry => new AveragePool(geometry))];

    public static IEnumerable<Operation> Operations
    {
        get
        {
            foreach (var (name, make) in Kinds)
            {
                yield return new Operation(
                    Operation.Tensor, name, call => { Check(call.Arguments); return Lower(call, call.Arguments, name, make); }, HasRow: true);
            }
        }
    }

    public static IEnumerable<LayerDefinition> Layers
    {
        get
        {
            foreach (var (name, make) in Kinds)
            {
                yield return new LayerDefinition($"DLCompiler.{name}", Check, call => Lower(call, call.Layer.Arguments, name, make), HasParameters: false);
            }
        }
    }

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "size", 1);
        if (arguments.Integer("stride") is < 0 and var stride)
            throw Checks.Wrong(arguments, "stride", $"is {Checks.Text(stride)}; it must be at least 1, or omit it: it is the window's size then");

        Checks.AtLeast(arguments, "padding", 0);
        int size = arguments.Integer("size"), padding = arguments.Integer("padding");
        if (padding * 2L > size)
        {
            // A window of padding alone would have no element to choose.
            throw Checks.Wrong(
                arguments,
                "padding",
                $"is {Checks.Text(padding)}; it can be at most half the window's size {Checks.Text(size)}: use at most {Checks.Text(size / 2)}");
        }
    }

    private static TensorValue Lower(VocabularyCall call, ArgumentSet arguments, string name, Func<PoolGeometry, Operator> make)
    {
        ImageInput.Check(call, name);
        int size = arguments.Integer("size"), given = arguments.Integer("stride"), padding = arguments.Integer("padding");
        int stride = given == 0 ? size : given;
        Checks.Window(arguments, "size", null, "window", call.Input.Shape, size, padding, 1, mostPadding: size / 2);
        return new TensorValue(call.Graph.Add(make(new PoolGeometry(size, size, stride, stride, padding, padding)), call.Input));
    }
}
