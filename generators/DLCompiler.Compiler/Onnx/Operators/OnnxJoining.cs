using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Several tensors as one.</summary>
internal static class OnnxJoining
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Concat"] = Concat,
    };

    private static IReadOnlyList<OnnxValue> Concat(OnnxCall call)
    {
        int axis = call.Axis(call.Integer("axis", 1), call.ShapeOf(0).Rank);
        OnnxTensor?[] tensors = [.. Enumerable.Range(0, call.Count).Select(index => call.Value(index).Tensor)];
        if (tensors.All(tensor => tensor is { Shape.Count: 1 }))
            return [new OnnxTensor(tensors[0]!.Element, [tensors.Sum(tensor => tensor!.Values.Count)], [.. tensors.SelectMany(tensor => tensor!.Values)])];

        // Operands without elements add nothing.
        int[] full = [.. Enumerable.Range(0, call.Count).Where(index => tensors[index] is not { Values.Count: 0 })];
        Dimension first = full.Where(index => tensors[index] is null).Select(index => call.Node(index).Shape[0]).FirstOrDefault() ?? Dimension.One;
        Node[] nodes = [.. full.Select(index => axis == 0 ? call.Node(index) : call.NodeBeside(index, first))];
        return [call.Graph.Concat(axis, nodes)];
    }
}
