using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

/// <summary>
/// Random numbers without state: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). The number at an index
/// is a function of (seed, stream, iteration, index) alone, so that any worker, vector width and order of evaluation sees the same bits.
/// </summary>
/// <remarks>
/// Key: (low, high) word of the seed. Counter of index i: word 0 = bits 0..31 of i/4, word 1 = bits 32..47 of i/4 with the stream in the upper half, words 2
/// and 3 = low and high word of the iteration. The element is word i mod 4 of the result. Streams are below 2^16 and indices below 2^50.
/// Streams 0xFFF0 to 0xFFFE belong to the library itself.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PhiloxRandom
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;
    private const float UnitOfLastBit = 1f / (1 << 24);

    /// <summary>Encrypts a counter: the four words of one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * counter0, product1 = (ulong)Multiplier1 * counter2;
            (counter0, counter1, counter2, counter3) =
                ((uint)(product1 >> 32) ^ counter1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ counter3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>The 32 random bits at an index.</summary>
    public static uint Word(ulong seed, uint stream, long iteration, long index)
    {
        ulong low = LowCounter(stream, index);
        var words = Block((uint)low, (uint)(low >> 32), (uint)iteration, (uint)(iteration >>> 32), (uint)seed, (uint)(seed >> 32));
        return (index & 3) switch { 0 => words.Word0, 1 => words.Word1, 2 => words.Word2, _ => words.Word3 };
    }

    /// <summary>The number at an index: uniform on [0, 1), a multiple of 2^-24.</summary>
    public static float Uniform(ulong seed, uint stream, long iteration, long index) => (Word(seed, stream, iteration, index) >> 8) * UnitOfLastBit;

    /// <summary><see cref="Uniform"/>, the same value as a double.</summary>
    public static double UniformDouble(ulong seed, uint stream, long iteration, long index) => Uniform(seed, stream, iteration, index);

    // Words 0 and 1 of an index's counter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LowCounter(uint stream, long index) => ((ulong)index >> 2) | ((ulong)stream << 48);
}
