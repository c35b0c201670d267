using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Runtime;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Backend.Tests;

/// <summary>The bounds that emitted code keeps so that the run-time compiler does its best: methods stay short, with few locals, and nothing is
/// unsafe.</summary>
public sealed class CodeShapeTests(ITestOutputHelper output)
{
    // Beyond these RyuJIT optimises less: 60,000 bytes or 512 locals at once.
    private const int MostBytes = 20_000, MostLocals = 500;

    [Fact]
    public void LeNetKeepsTheBounds() => Check(NetworkTests.LeNet(28, 6, 16, 120, 84, 10));

    [Fact]
    public void AResidualNetworkKeepsTheBounds() => Check(NetworkTests.Residual(32, 16));

    [Fact]
    public void DepthwiseAndTransposedConvolutionsKeepTheBounds() => Check(Separable());

    // They are computed while the tile is in registers, whichever schedule a convolution has: nothing is left for a pass of its own.
    [Fact]
    public void BiasAndActivationAreTheEpilogueOfEveryConvolution()
    {
        string text = KernelFile.PrintCompiled(Separable().Build(), "Model0", ElementType.Float32, null, [InstructionSet.Vector256]);
        foreach (string layer in new[] { "depthwise3", "depthwise5", "depthwise7" }) Assert.Matches(new Regex($@"// {layer} \[.*\] = .* \* .*; epilogue: "), text);
        Assert.Matches(new Regex(@"// up_input_gradient \[.*\] = .* \*ᵀ .*; epilogue: "), text);
    }

    private static GraphCase Separable()
    {
        var model = new GraphCase("separable");
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, 6, 20, 33);
            model.Predict(graph, [x], Forward(graph, x));
        }

        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, 6, 20, 33);
            model.Step(graph, [x], graph.Mean(graph.Square(Forward(graph, x))));
        }

        return model;

        Node Forward(GraphBuilder graph, Node x)
        {
            foreach (int size in new[] { 3, 5, 7 })
            {
                graph.Label = $"depthwise{size}";
                x = Finish(graph, graph.Add(new Convolve(new ConvolutionGeometry(1, 1, size / 2, size / 2, 1, 1, 6)), x,
                    model.Parameter(graph, $"depthwise{size}.weight", StorageKind.RowMajor, 6, 1, size, size)), $"depthwise{size}");
            }

            graph.Label = "up";
            x = Finish(graph, graph.Add(new ConvolveInputGradient(new ConvolutionGeometry(2, 2, 1, 1, 1, 1, 1), x.Shape.With(2, 40).With(3, 66)), x,
                model.Parameter(graph, "up.weight", StorageKind.RowMajor, 6, 6, 3, 3)), "up");
            graph.Label = "mean";
            return graph.Mean(x, [2, 3]);
        }

        Node Finish(GraphBuilder graph, Node images, string key) => graph.Relu(graph.Add(images,
            graph.BroadcastAlong(model.Parameter(graph, key + ".bias", StorageKind.RowMajor, 6), images.Shape, [1])));
    }

    private void Check(GraphCase network) => Check(network, output.WriteLine);

    /// <summary>Checks the bounds of all that a model is compiled to.</summary>
    internal static void Check(GraphCase network, Action<string> report)
    {
        ModelGraph model = network.Build();
        string text = KernelFile.PrintCompiled(model, "Model0", ElementType.Float32);
        Assert.DoesNotMatch(new Regex(@"\bunsafe\b"), text);

        // A warning would be an error here.
        CompiledModel compiled = CompiledModels.Compile([model], ElementType.Float32)[0];
        var methods = new List<(string Name, int Bytes, int Locals)>();
        foreach (Type type in compiled.GetType().Assembly.GetTypes())
        {
            MethodInfo[] own =
                type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            foreach (MethodInfo method in own)
                if (method.GetMethodBody() is { } body) methods.Add(($"{type.Name}.{method.Name}", body.GetILAsByteArray()!.Length, body.LocalVariables.Count));
            if (type.IsSubclassOf(typeof(CompiledFunction))) report($"{type.Name}: {own.Count(method => method.IsStatic)} kernels, largest {methods.Where(method => method.Name.StartsWith(type.Name, StringComparison.Ordinal)).Max(method => method.Bytes)} bytes of IL");
        }

        report($"{text.Count(letter => letter == '\n')} lines, {text.Length / 1024} KB");
        Assert.DoesNotContain(methods, method => method.Bytes > MostBytes || method.Locals > MostLocals);
    }
}
