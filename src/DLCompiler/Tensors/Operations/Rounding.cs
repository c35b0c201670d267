using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Rounding of each element.</summary>
internal static class Rounding
{
    public static DenseArray<T> Floor<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Floor);

    public static DenseArray<T> Ceiling<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Ceiling(value));

    public static DenseArray<T> Round<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Round(value));

    public static DenseArray<T> Truncate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Truncate(value));
}
