namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>
/// Numbers that are functions of a stream and an index, as reference.py has them: SplitMix64 (Steele, Lea and Flood 2014) of stream·2³² + (index +
/// 1)·golden ratio.
/// </summary>
internal static class HashedNumbers
{
    /// <summary>Elements in centre ± bound: the upper 24 bits are exact in [−1, 1), then one product and one sum are rounded to float32.</summary>
    public static float[] Uniform(ulong stream, int count, float bound, float centre = 0)
    {
        float[] numbers = new float[count];
        for (int index = 0; index < count; index++)
        {
            float unit = (Upper24(stream, index) / 8388608f) - 1;
            float scaled = unit * bound;
            numbers[index] = scaled + centre;
        }

        return numbers;
    }

    /// <summary>Elements from 0 to <paramref name="limit"/> − 1.</summary>
    public static int[] Below(ulong stream, int count, int limit)
    {
        int[] numbers = new int[count];
        for (int index = 0; index < count; index++) numbers[index] = (int)(Upper24(stream, index) % (uint)limit);
        return numbers;
    }

    private static uint Upper24(ulong stream, int index)
    {
        ulong z = (stream << 32) + (((ulong)index + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 40);
    }
}
