using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Onnx;

/// <summary>The element types of ONNX, with the numbers that files use.</summary>
public enum OnnxElement
{
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
}

/// <summary>A tensor of known values, row-major. Integers up to 2⁵³ are exact; ONNX passes shapes and axes so.</summary>
/// <param name="Element">The element type.</param>
/// <param name="Shape">The sizes; empty for a scalar.</param>
/// <param name="Values">The elements; truth values are 1 and 0.</param>
public sealed record OnnxTensor(OnnxElement Element, IReadOnlyList<int> Shape, IReadOnlyList<double> Values)
{
    private const long Largest = 1L << 53;

    /// <summary>A list of integers.</summary>
    public static OnnxTensor Of(IEnumerable<long> values)
    {
        double[] all = [.. values.Select(value => (double)value)];
        return new OnnxTensor(OnnxElement.Int64, [all.Length], all);
    }

    /// <summary>The elements as integers; the largest of ONNX, which mean "to the end", become ±2⁵³.</summary>
    public IReadOnlyList<long> Integers => [.. Values.Select(value => value >= Largest ? Largest : value <= -Largest ? -Largest : (long)value)];

    /// <summary>Whether its elements are integers.</summary>
    public bool IsInteger => Element is OnnxElement.Int32 or OnnxElement.Int64;

    /// <summary>The same elements under another shape.</summary>
    public OnnxTensor Reshaped(IEnumerable<int> shape) => this with { Shape = [.. shape] };
}
