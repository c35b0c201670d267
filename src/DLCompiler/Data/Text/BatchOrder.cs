using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Data;

/// <summary>
/// Which samples each batch has, epoch after epoch in another random order; of samples with lengths, those of similar length together, so that little is filled
/// up. A batch follows from the seed and its number alone, so that training that asks for batch <c>model.Iteration</c> goes on where it was.
/// </summary>
/// <example><code>
/// var order = new BatchOrder(sentences.SequenceLengths, batchSize: 32) { Seed = 1 };
/// for (long i = model.Iteration; i &lt; 10 * order.BatchesPerEpoch; i++)
/// {
///     sentences.Gather(order.At(i));
///     model.StepTrain(sentences.Ids, sentences.Lengths, sentences.Length);
/// }
/// </code></example>
public sealed class BatchOrder
{
    private readonly int[] lengths;
    private readonly int batchSize;
    private readonly int bucket;
    private readonly int[] order;
    private int[] batches = [];
    private long epoch = -1;

    /// <summary>An order of samples with lengths.</summary>
    /// <param name="lengths">The length of each sample.</param>
    /// <param name="batchSize">Samples of a batch; an epoch's last may have fewer.</param>
    /// <param name="bucketBatches">
    /// Of so many batches' samples, in random order, the shortest make the first batch, and so on; then batches come in random order. 1 takes samples as they
    /// come.
    /// </param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BatchOrder(IReadOnlyList<int> lengths, int batchSize, int bucketBatches = 50)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketBatches, 1);
        if (lengths.Count == 0) throw new ArgumentException("There are no samples. Pass at least one.", nameof(lengths));
        (this.lengths, this.batchSize, bucket) = ([.. lengths], batchSize, (int)Math.Min(int.MaxValue, (long)bucketBatches * batchSize));
        order = new int[lengths.Count];
    }

    /// <summary>An order of samples that are all of one length.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="batchSize">Samples of a batch; an epoch's last may have fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BatchOrder(int count, int batchSize)
        : this(new int[Positive(count)], batchSize, bucketBatches: 1)
    {
    }

    /// <summary>Fixes the orders.</summary>
    public ulong Seed { get; init; }

    /// <summary>Batches until each sample has been in one.</summary>
    public int BatchesPerEpoch => (lengths.Length - 1) / batchSize + 1;

    /// <summary>The samples of a batch.</summary>
    /// <param name="number">The batch's number; epochs follow one another.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public ReadOnlySpan<int> At(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var (wanted, batch) = Math.DivRem(number, BatchesPerEpoch);
        if (wanted != epoch) Begin(wanted);
        int first = batches[batch] * batchSize;
        return order.AsSpan(first, Math.Min(batchSize, order.Length - first));
    }

    private static int Positive(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count;
    }

    private void Begin(long number)
    {
        Permutation.Fill(order, Seed, 2 * number);
        for (int first = 0; first < order.Length; first += bucket)
        {
            // Equal lengths keep their random order.
            int[] sorted = [.. order.Skip(first).Take(bucket).OrderBy(sample => lengths[sample])];
            sorted.CopyTo(order, first);
        }

        batches = Permutation.Create(BatchesPerEpoch, Seed, 2 * number + 1);
        epoch = number;
    }
}
