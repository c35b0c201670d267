using System;
using System.Linq;

namespace DLCompiler.Runtime;

public sealed partial class ModelHost
{
    private bool hasAverages;

    /// <summary>
    /// Exchanges the parameters that training steps update with their moving averages: predictions and <see cref="Save"/> then take the averages. Call it again
    /// before training goes on.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">A training step or Fit of the model runs.</exception>
    public void SwapAverages() => Exclusively(() =>
    {
        lock (Storage.ChangeGate)
        {
            // Where two steps average one parameter, the second exchange undoes the first.
            foreach (var slot in hasAverages ? Enumerable.Reverse(slots) : slots) Swap(slot);
            hasAverages = !hasAverages;
            Storage.MarkChanged();
        }
    });

    internal void ThrowIfAverages()
    {
        if (!hasAverages) return;
        throw new InvalidOperationException(
            $"The parameters of '{Model.Name}' are their moving averages now, which training would spoil. Call SwapAverages again before.");
    }

    private void Swap(FunctionSlot slot)
    {
        int average = slot.Optimizer?.States.TakeWhile(state => !state.StartsAsWeights).Count() ?? 0;
        if (slot.Optimizer is not { } optimizer || average == optimizer.States.Count) return;
        slot.AllocateOptimizerState(this);
        foreach (string name in optimizer.Averaged)
        {
            var view = Parameters[name];
            StoredTensor weights = view.Stored(), averages = view.Stored(name, slot.OptimizerState[average]!.Address);
            float[] before = new float[view.Length], averaged = new float[view.Length];
            weights.CopyTo(before);
            averages.CopyTo(averaged);
            weights.CopyFrom(averaged);
            averages.CopyFrom(before);
        }
    }
}
