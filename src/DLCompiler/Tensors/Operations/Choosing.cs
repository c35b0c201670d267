using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Choices between values, element by element.</summary>
internal static class Choosing
{
    public static DenseArray<T> Where<T>(DenseArray<bool> condition, DenseArray<T> ifTrue, DenseArray<T> ifFalse)
        where T : unmanaged
    {
        var values = Broadcasting.Shapes(ifTrue.Shape, ifFalse.Shape, "choose between");
        var shape = Broadcasting.Shapes(condition.Shape, values, "choose by a mask between");
        bool[] mask = Broadcasting.To(condition, shape).Elements;
        T[] a = Broadcasting.To(ifTrue, shape).Elements, b = Broadcasting.To(ifFalse, shape).Elements;
        var result = new DenseArray<T>(shape);
        for (int index = 0; index < mask.Length; index++) result.Elements[index] = mask[index] ? a[index] : b[index];
        return result;
    }

    public static DenseArray<T> Clamp<T>(DenseArray<T> x, T min, T max)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (min > max) throw new ArgumentException($"min is {min} and max is {max}: no number is between them. Give the smaller number first.", nameof(max));
        return x.Map(value => value < min ? min : value > max ? max : value);
    }
}
