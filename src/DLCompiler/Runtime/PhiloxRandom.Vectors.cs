using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

public static partial class PhiloxRandom
{
    // A block's four counter words lie side by side in 128 bits: [c0, c1, c2, c3]. One widening multiplication of the even words by [M0, M1] gives
    // [lo0, hi0, lo1, hi1]; reversed, that is [hi1, lo1, hi0, lo0], and the next counter is that xor [c1 ^ k0, 0, c3 ^ k1, 0]. The result is in index order.

    /// <summary>The numbers at 16 consecutive indices; the first is a multiple of 16. Bit for bit <see cref="Uniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Uniform512(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var counter = Vector512.ConditionalSelect(Vector512.Create(ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0),
            Vector512.Create(LowCounter(stream, firstIndex)), Vector512.Create((ulong)iteration)) + Vector512.Create(0UL, 0, 1, 0, 2, 0, 3, 0);
        var key = Vector512.ConditionalSelect(Vector512.Create(ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0),
            Vector512.Create(seed & uint.MaxValue), Vector512.Create(seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            counter = Reverse(Multiply(counter)) ^ ((counter >>> 32) ^ key);
            key = (key.AsUInt32() + Vector512.Create(Weyl0, 0, Weyl1, 0, Weyl0, 0, Weyl1, 0, Weyl0, 0, Weyl1, 0, Weyl0, 0, Weyl1, 0)).AsUInt64();
        }

        return Vector512.ConvertToSingle((counter.AsUInt32() >>> 8).AsInt32()) * UnitOfLastBit;
    }

    /// <summary>The numbers at 8 consecutive indices; the first is a multiple of 8. Bit for bit <see cref="Uniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform256(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var counter = Vector256.ConditionalSelect(Vector256.Create(ulong.MaxValue, 0, ulong.MaxValue, 0),
            Vector256.Create(LowCounter(stream, firstIndex)), Vector256.Create((ulong)iteration)) + Vector256.Create(0UL, 0, 1, 0);
        var key = Vector256.ConditionalSelect(Vector256.Create(ulong.MaxValue, 0, ulong.MaxValue, 0),
            Vector256.Create(seed & uint.MaxValue), Vector256.Create(seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            counter = Reverse(Multiply(counter)) ^ ((counter >>> 32) ^ key);
            key = (key.AsUInt32() + Vector256.Create(Weyl0, 0, Weyl1, 0, Weyl0, 0, Weyl1, 0)).AsUInt64();
        }

        return Vector256.ConvertToSingle((counter.AsUInt32() >>> 8).AsInt32()) * UnitOfLastBit;
    }

    /// <summary>The numbers at 4 consecutive indices; the first is a multiple of 4. Bit for bit <see cref="Uniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Uniform128(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var counter = Vector128.Create(LowCounter(stream, firstIndex), (ulong)iteration);
        var key = Vector128.Create(seed & uint.MaxValue, seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            counter = Reverse(Multiply(counter)) ^ ((counter >>> 32) ^ key);
            key = (key.AsUInt32() + Vector128.Create(Weyl0, 0, Weyl1, 0)).AsUInt64();
        }

        return Vector128.ConvertToSingle((counter.AsUInt32() >>> 8).AsInt32()) * UnitOfLastBit;
    }

    /// <summary><see cref="Uniform512"/> of 8 indices, the first a multiple of 8, as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Uniform512Double(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var (lower, upper) = Vector256.Widen(Uniform256(seed, stream, iteration, firstIndex));
        return Vector512.Create(lower, upper);
    }

    /// <summary><see cref="Uniform512"/> of 4 indices, the first a multiple of 4, as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Uniform256Double(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var (lower, upper) = Vector128.Widen(Uniform128(seed, stream, iteration, firstIndex));
        return Vector256.Create(lower, upper);
    }

    /// <summary><see cref="Uniform512"/> of 2 indices, the first even, as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Uniform128Double(ulong seed, uint stream, long iteration, long firstIndex)
    {
        var (lower, upper) = Vector128.Widen(Uniform128(seed, stream, iteration, firstIndex & ~3L));
        return (firstIndex & 2) == 0 ? lower : upper;
    }

    // Products of each counter's words 0 and 2 with their multipliers, where the processor multiplies 32 by 32 bits into 64 or whatever it does best instead.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> counter)
    {
        var multipliers = Vector512.Create((ulong)Multiplier0, Multiplier1, Multiplier0, Multiplier1, Multiplier0, Multiplier1, Multiplier0, Multiplier1);
        return Avx512F.IsSupported ? Avx512F.Multiply(counter.AsUInt32(), multipliers.AsUInt32())
            : (counter & Vector512.Create((ulong)uint.MaxValue)) * multipliers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> counter)
    {
        var multipliers = Vector256.Create((ulong)Multiplier0, Multiplier1, Multiplier0, Multiplier1);
        return Avx2.IsSupported ? Avx2.Multiply(counter.AsUInt32(), multipliers.AsUInt32())
            : (counter & Vector256.Create((ulong)uint.MaxValue)) * multipliers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Multiply(Vector128<ulong> counter)
    {
        var multipliers = Vector128.Create((ulong)Multiplier0, Multiplier1);
        return Sse2.IsSupported ? Sse2.Multiply(counter.AsUInt32(), multipliers.AsUInt32())
            : (counter & Vector128.Create((ulong)uint.MaxValue)) * multipliers;
    }

    // The words of each block in reverse order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Reverse(Vector512<ulong> words) => Avx512F.IsSupported ? Avx512F.Shuffle(words.AsUInt32(), 0x1B).AsUInt64()
        : Vector512.Shuffle(words.AsUInt32(), Vector512.Create(3u, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Reverse(Vector256<ulong> words) => Avx2.IsSupported ? Avx2.Shuffle(words.AsUInt32(), 0x1B).AsUInt64()
        : Vector256.Shuffle(words.AsUInt32(), Vector256.Create(3u, 2, 1, 0, 7, 6, 5, 4)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Reverse(Vector128<ulong> words) => Vector128.Shuffle(words.AsUInt32(), Vector128.Create(3u, 2, 1, 0)).AsUInt64();
}
