using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Onnx;
using DLCompiler.Onnx.Tests.Format;

namespace DLCompiler.Onnx.Tests;

/// <summary>Reads ONNX files into the compiler's records.</summary>
internal static class OnnxFile
{
    private const int Graph = 5;

    /// <summary>A model file.</summary>
    /// <exception cref="OnnxException">It has what those records don't: graphs in attributes, sequences.</exception>
    public static OnnxModel ReadModel(byte[] bytes)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        GraphProto graph = model.Graph;
        return new OnnxModel(
            model.OpsetImport.ToDictionary(set => set.Domain == "ai.onnx" ? "" : set.Domain, set => set.Version),
            new OnnxGraph(
                graph.Name,
                [.. graph.Node.Select(Node)],
                graph.Initializer.ToDictionary(tensor => tensor.Name, Tensor),
                [.. graph.Input.Select(ValueInfo)],
                [.. graph.Output.Select(ValueInfo)]));
    }

    /// <summary>A file with one tensor.</summary>
    public static OnnxTensor ReadTensor(byte[] bytes) => Tensor(TensorProto.Parser.ParseFrom(bytes));

    private static OnnxValueInfo ValueInfo(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } tensor) return new OnnxValueInfo(value.Name, OnnxElement.Undefined, null);
        long[]? shape = tensor.Shape is null ? null
            : [.. tensor.Shape.Dim.Select(size => size.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? size.DimValue : -1)];
        return new OnnxValueInfo(value.Name, (OnnxElement)tensor.ElemType, shape);
    }

    private static OnnxNode Node(NodeProto node) => new(
        node.OpType, node.Domain, node.Name, [.. node.Input], [.. node.Output], node.Attribute.ToDictionary(attribute => attribute.Name, Attribute));

    private static OnnxAttribute Attribute(AttributeProto attribute) => attribute.Type switch
    {
        1 => new OnnxAttribute(Number: attribute.F),
        2 => new OnnxAttribute(Integer: attribute.I),
        3 => new OnnxAttribute(Text: attribute.S.ToStringUtf8()),
        4 => new OnnxAttribute(Tensor: Tensor(attribute.T)),
        6 => new OnnxAttribute(Numbers: [.. attribute.Floats.Select(number => (double)number)]),
        7 => new OnnxAttribute(Integers: [.. attribute.Ints]),
        8 => new OnnxAttribute(Texts: [.. attribute.Strings.Select(text => text.ToStringUtf8())]),
        Graph => throw new OnnxException(OnnxProblem.Form, "control flow: an attribute is a graph"),
        _ => new OnnxAttribute(),
    };

    private static OnnxTensor Tensor(TensorProto tensor)
    {
        int[] shape = [.. tensor.Dims.Select(size => checked((int)size))];
        var element = (OnnxElement)tensor.DataType;
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        bool isRaw = raw.Length > 0;
        IReadOnlyList<double> values = element switch
        {
            OnnxElement.Float => isRaw ? Raw(raw, 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))
                : [.. tensor.FloatData.Select(value => (double)value)],
            OnnxElement.Double => isRaw ? Raw(raw, 8, BinaryPrimitives.ReadDoubleLittleEndian) : [.. tensor.DoubleData],
            OnnxElement.Int32 => isRaw ? Raw(raw, 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes))
                : [.. tensor.Int32Data.Select(value => (double)value)],
            OnnxElement.Int64 => isRaw ? Raw(raw, 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes))
                : [.. tensor.Int64Data.Select(value => (double)value)],
            OnnxElement.Bool => isRaw ? Raw(raw, 1, bytes => bytes[0] != 0 ? 1 : 0) : [.. tensor.Int32Data.Select(value => value != 0 ? 1.0 : 0)],

            // Never computed with: the mapping refuses the element type.
            _ => [.. Enumerable.Repeat(double.NaN, shape.Aggregate(1, (count, size) => count * size))],
        };
        return new OnnxTensor(element, shape, values);
    }

    private delegate double Reader(ReadOnlySpan<byte> bytes);

    private static double[] Raw(ReadOnlySpan<byte> bytes, int size, Reader read)
    {
        var values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++) values[i] = read(bytes.Slice(i * size, size));
        return values;
    }
}
