using System;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using DLCompiler.Data;

namespace DLCompiler;

/// <summary>
/// Tells data sets apart cheaply: the number of samples, and a hash of 1,024 of them (all, where there are fewer), evenly spaced from the first to the last,
/// with their labels or targets. Another order of the samples is another data set. A change between the samples that are looked at goes unseen.
/// </summary>
internal static class DataFingerprint
{
    private const int Samples = 1024;

    /// <summary>The data set as a text: <c>60000 samples, 9f86d081884c7d65</c>.</summary>
    public static string Of(DataSet data)
    {
        ulong hash = 0xcbf29ce484222325;
        int looks = Math.Min(Samples, data.Count);
        for (int i = 0; i < looks; i++)
        {
            int sample = looks == 1 ? 0 : (int)((long)i * (data.Count - 1) / (looks - 1));
            hash = data.HasIds ? Add(hash, data.Ids(sample, 1)) : Add(hash, MemoryMarshal.Cast<float, int>(data.Features(sample, 1)));
            if (data.HasLabels) hash = Add(hash, data.Labels(sample, 1));
            if (data.HasTargets) hash = Add(hash, MemoryMarshal.Cast<float, int>(data.Targets(sample, 1)));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{data.Count} samples, {hash:x16}");
    }

    // FNV-1a over words of 32 bits (Fowler, Noll, Vo), with a rotation that brings high bits back.
    private static ulong Add(ulong hash, ReadOnlySpan<int> words)
    {
        foreach (int word in words) hash = BitOperations.RotateLeft((hash ^ (uint)word) * 0x100000001b3, 23);
        return hash;
    }
}
