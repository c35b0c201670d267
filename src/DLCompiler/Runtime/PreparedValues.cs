using System.Collections.Generic;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// What a function computes from parameters and states alone, kept from run to run and computed anew after these have changed. A run reads one block from its
/// beginning to its end; new values go to a block that no run reads. So there is one block while parameters rest, and at most one more than there are
/// predictions at a time while they change.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="storage">Where the memory comes from, and what counts the changes.</param>
/// <param name="poison">Whether a block is filled with NaN before it is computed.</param>
internal sealed class PreparedValues(CompiledFunction function, ModelStorage storage, bool poison)
{
    private readonly Lock preparing = new();
    private readonly StepFrame frame = new(0, 0, 1);
    private readonly List<PreparedBlock> blocks = [];
    private PreparedBlock? current;

    /// <summary>The newest values if they are of <paramref name="version"/> or newer, for callers that hold <see cref="ModelStorage.Gate"/>; otherwise null.</summary>
    public PreparedBlock? TryUseLocked(long version)
    {
        if (current is not { } block || block.Version < version) return null;
        block.Users++;
        return block;
    }

    /// <summary>Ends the use of a block, for callers that hold <see cref="ModelStorage.Gate"/>.</summary>
    public static void LeaveLocked(PreparedBlock block) => block.Users--;

    /// <summary>Values of <paramref name="version"/> or newer, computed now unless another thread has just done so.</summary>
    /// <param name="host">The model, which is entered.</param>
    /// <param name="version">The version when the run began.</param>
    public PreparedBlock Use(ModelHost host, long version)
    {
        lock (preparing)
        {
            PreparedBlock? block;
            lock (storage.Gate)
            {
                if (TryUseLocked(version) is { } ready) return ready;
                block = blocks.Find(static block => block.Users == 0);
                if (block is not null)
                {
                    block.Users = 1;
                    if (block == current) current = null;
                }
            }

            block ??= Add();
            try
            {
                Compute(host, block);
            }
            catch
            {
                lock (storage.Gate) LeaveLocked(block);
                throw;
            }

            lock (storage.Gate) current = block;
            return block;
        }
    }

    private PreparedBlock Add()
    {
        var block = new PreparedBlock(storage.Allocate(function.PreparedBytes)) { Users = 1 };
        blocks.Add(block);
        return block;
    }

    private void Compute(ModelHost host, PreparedBlock block)
    {
        // Read first: a change that comes while the values are computed makes them old, whatever they have seen of it.
        block.Version = storage.Version;
        if (poison) block.Memory.Fill(0xFF);
        host.PrepareFrame(frame);
        frame.SetPrepared(block.Memory.Address);
        function.Prepare(frame);
    }
}
