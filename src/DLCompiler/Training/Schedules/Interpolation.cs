using System;

namespace DLCompiler;

/// <summary>Ways from one rate to another.</summary>
internal static class Interpolation
{
    public static double Between(bool linear, double from, double to, double share) => linear ? from + (to - from) * share : Cosine(from, to, share);

    public static double Cosine(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
