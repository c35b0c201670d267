using System;
using System.Globalization;
using System.Text;

namespace DLCompiler;

/// <summary>Writes tensors as text: shape and nested brackets, long axes shortened in the middle.</summary>
internal static class TensorFormatter
{
    private const int ShownAtEachEnd = 3;

    public static string Format<T>(DenseArray<T> values)
        where T : unmanaged
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{values.Shape} ");
        Append(text, values, axis: 0, offset: 0);
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, DenseArray<T> values, int axis, int offset)
        where T : unmanaged
    {
        if (axis == values.Rank)
        {
            text.Append(Convert.ToString(values.Elements[offset], CultureInfo.InvariantCulture));
            return;
        }

        int size = values.Shape[axis], stride = values.Shape.Product(axis + 1, values.Rank);
        text.Append('[');
        for (int index = 0; index < size; index++)
        {
            if (index > 0) text.Append(", ");
            if (index == ShownAtEachEnd && size > 2 * ShownAtEachEnd)
            {
                text.Append("…, ");
                index = size - ShownAtEachEnd;
            }

            Append(text, values, axis + 1, offset + (index * stride));
        }

        text.Append(']');
    }
}
