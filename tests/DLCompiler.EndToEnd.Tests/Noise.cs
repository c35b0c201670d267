using System;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Seeded random numbers.</summary>
internal static class Noise
{
    /// <summary>Numbers with mean 0 and standard deviation 1 (Box and Muller).</summary>
    public static float[] Normal(int seed, int count)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            numbers[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return numbers;
    }
}
