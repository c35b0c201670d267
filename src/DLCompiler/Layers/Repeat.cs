using System;
using System.Collections;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>
/// Blocks of one kind, applied one after the other, each with weights of its own: the layers of a transformer. In a model they are compiled as a loop over the
/// blocks, so that neither the time to build nor the size of the code grows with their number. Their parameters are called by position:
/// <c>layers.0.norm1.weight</c>, <c>layers.1.norm1.weight</c> and so on.
/// </summary>
/// <remarks>
/// Blocks that do something else for each number (another size, another rate), that change the shape of what goes through them, or that have convolutions,
/// loops or running statistics in them follow each other in the compiled code, with the same results.
/// </remarks>
/// <typeparam name="TBlock">The block, or a layer.</typeparam>
/// <example><code>private readonly Repeat&lt;EncoderLayer&gt; layers = new(12, i => new(heads: 8));
///
/// public Tensor Forward(Tensor x, Tensor&lt;int&gt; lengths) => layers.Forward(x, (layer, y) => layer.Forward(y, lengths));</code></example>
public sealed class Repeat<TBlock> : IReadOnlyList<TBlock>
{
    private readonly TBlock[] blocks;

    /// <summary>Creates the blocks.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="create">Makes a block, given its number from 0.</param>
    /// <param name="recompute">
    /// Whether training keeps only what each block begins with, and computes a block's other values again for its gradient (Chen et al., "Training deep nets
    /// with sublinear memory cost", 2016): memory for the values of one block instead of all, for a second forward pass.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public Repeat(int count, Func<int, TBlock> create, bool recompute = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(create);
        Recompute = recompute;
        blocks = new TBlock[count];
        for (int index = 0; index < count; index++) blocks[index] = create(index);
    }

    /// <summary>The number of blocks.</summary>
    public int Count => blocks.Length;

    /// <summary>Whether training computes a block's values again for its gradient.</summary>
    public bool Recompute { get; }

    /// <summary>A block.</summary>
    /// <param name="index">Its number from 0.</param>
    public TBlock this[int index] => blocks[index];

    /// <summary>Applies the blocks one after the other.</summary>
    /// <typeparam name="TState">A tensor, or a tuple or an array of tensors.</typeparam>
    /// <param name="x">What the first block is given.</param>
    /// <param name="step">Applies a block to what the block before it returned; it may use tensors from around it, which all blocks are given alike.</param>
    /// <returns>What the last block returns.</returns>
    public TState Forward<TState>(TState x, Func<TBlock, TState, TState> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        foreach (TBlock block in blocks) x = step(block, x);
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<TBlock> GetEnumerator() => ((IEnumerable<TBlock>)blocks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
