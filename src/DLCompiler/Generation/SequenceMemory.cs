using System;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Generation;

/// <summary>
/// Native memory for sequences side by side: one memory behind the other, each with as many rows as whole blocks of sixteen sequences have. The first ones
/// hold what
/// was computed of the source; of which, is known of each row, so that it is copied only where another was.
/// </summary>
/// <param name="elements">Elements of a row in each memory, at most.</param>
/// <param name="sourceCount">How many of them are the source's.</param>
internal sealed class SequenceMemory(long[] elements, int sourceCount) : IDisposable
{
    // Compiled code lays out memories for whole blocks of so many sequences, and may read a vector at the last element.
    private const int Block = 16, Behind = 64;

    private NativeBlock? block;
    private int[] origins = [];

    /// <summary>Where it lies.</summary>
    public nint Address => block!.Address;

    private int Rounded => origins.Length;

    /// <summary>Whether so many sequences lie as those do that are here.</summary>
    public bool Holds(int rows) => (rows + Block - 1) / Block * Block == Rounded;

    /// <summary>Makes room for so many sequences. Their steps are anything, and sources stay where they can.</summary>
    public void Prepare(int rows)
    {
        int rounded = (rows + Block - 1) / Block * Block;
        long bytes = (elements.Sum() * rounded * sizeof(float)) + Behind;
        if (rounded != Rounded || !(block?.Bytes >= bytes))
        {
            origins = new int[rounded];
            Forget();
        }

        if (block?.Bytes >= bytes) return;
        block?.Dispose();
        block = new NativeBlock(bytes);
    }

    /// <summary>Forgets which sources the rows have.</summary>
    public void Forget() => origins.AsSpan().Fill(-1);

    /// <summary>Sets everything to zero but the sources.</summary>
    public void ClearSteps()
    {
        long source = elements.Take(sourceCount).Sum() * Rounded, all = elements.Sum() * Rounded;
        for (long from = source; from < all; from += int.MaxValue / 2) Span(from, Math.Min(int.MaxValue / 2, all - from)).Clear();
    }

    /// <summary>Copies a row of another memory.</summary>
    /// <param name="other">The other memory.</param>
    /// <param name="from">Its row.</param>
    /// <param name="to">The row here.</param>
    /// <param name="source">Elements that the source's memories have now.</param>
    /// <param name="steps">Whether the sequence's own part is copied too.</param>
    public void Copy(SequenceMemory other, int from, int to, long[] source, bool steps)
    {
        bool has = origins[to] == other.origins[from] && origins[to] >= 0;
        long here = 0, there = 0;
        for (int i = 0; i < (steps ? elements.Length : sourceCount); i++)
        {
            long count = i < sourceCount ? source[i] : elements[i];
            if (i >= sourceCount || !has) other.Span(there + (from * count), count).CopyTo(Span(here + (to * count), count));
            here += elements[i] * Rounded;
            there += elements[i] * other.Rounded;
        }

        origins[to] = other.origins[from];
    }

    /// <summary>Says that each row has the source of its number.</summary>
    public void Number()
    {
        for (int row = 0; row < origins.Length; row++) origins[row] = row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        block?.Dispose();
        block = null;
    }

    private unsafe Span<float> Span(long offset, long count) => new((float*)block!.Address + offset, checked((int)count));
}
