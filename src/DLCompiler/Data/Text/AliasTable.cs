using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Data;

/// <summary>Draws numbers with given weights in constant time (Walker 1977, built as by Vose 1991): each cell is shared by two of them.</summary>
internal sealed class AliasTable
{
    private readonly double[] shares;
    private readonly int[] others;

    /// <param name="weights">Not negative, with a finite, positive sum.</param>
    public AliasTable(IReadOnlyList<double> weights)
    {
        double mean = weights.Sum() / weights.Count;
        shares = [.. weights.Select(weight => weight / mean)];
        others = [.. Enumerable.Range(0, shares.Length)];
        var small = new Stack<int>(Enumerable.Range(0, shares.Length).Where(i => shares[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, shares.Length).Where(i => shares[i] >= 1));
        while (small.Count > 0 && large.Count > 0)
        {
            int poor = small.Pop(), rich = large.Peek();
            others[poor] = rich;
            shares[rich] -= 1 - shares[poor];
            if (shares[rich] < 1) small.Push(large.Pop());
        }

        // What is left differs from 1 by rounding.
        foreach (int i in small.Concat(large)) shares[i] = 1;
    }

    /// <summary>The number that two random ones lead to.</summary>
    /// <param name="cell">32 random bits.</param>
    /// <param name="share">Uniform on [0, 1).</param>
    public int Draw(uint cell, double share)
    {
        int i = (int)(((ulong)cell * (uint)shares.Length) >> 32);
        return share < shares[i] ? i : others[i];
    }
}
