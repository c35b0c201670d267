using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Checkpoints;

/// <summary>A training step whose optimizer's state is saved and restored: a model's, or that of a model nested in it.</summary>
/// <param name="Name">Its name in checkpoints: <c>Train</c>, or <c>G/Train</c> for that of the field <c>G</c>.</param>
/// <param name="Prefix">What its parameters' names begin with in the outer model: empty, or <c>G.</c>.</param>
/// <param name="Host">The host that it belongs to.</param>
/// <param name="Slot">The step.</param>
internal sealed record TrainedStep(string Name, string Prefix, ModelHost Host, FunctionSlot Slot)
{
    public StepOptimizer Optimizer => Slot.Optimizer!;

    /// <summary>The steps of a model and of those nested in it.</summary>
    public static IEnumerable<TrainedStep> Of(ModelHost host, string prefix = "")
    {
        string path = prefix.Replace('.', '/');
        foreach (var slot in host.Slots.Where(slot => slot.Optimizer is not null)) yield return new TrainedStep(path + slot.Name, prefix, host, slot);
        foreach (var (part, nested) in host.NestedHosts)
        {
            foreach (var step in Of(nested, prefix + part)) yield return step;
        }
    }

    /// <summary>What the optimizer keeps of each parameter, once steps were taken: the parameter, the slot, the name in checkpoints.</summary>
    public IEnumerable<(ParameterView Parameter, int Slot, string Name)> Tensors()
    {
        for (int slot = 0; slot < Optimizer.States.Count; slot++)
        {
            string kind = Optimizer.States[slot].Name;
            foreach (var parameter in Host.Parameters.Where(view => view.IsTrained))
            {
                yield return (parameter, slot, StateNames.OptimizerTensor(Name, Prefix + parameter.Name, kind));
            }
        }
    }

    /// <summary>
    /// The tensors that a step has written. Others, as of parameters that the step doesn't train, are what they are before the first step, which a reader knows
    /// of those that begin as zero.
    /// </summary>
    public List<StoredTensor> WrittenTensors() =>
    [
        .. from tensor in Tensors()
           let block = Slot.OptimizerState[tensor.Slot]
           where block is not null
           let stored = tensor.Parameter.Stored(tensor.Name, block.Address)
           where !IsLeftOut(tensor.Slot) || !stored.IsZero()
           select stored,
    ];

    private bool IsLeftOut(int slot) => Optimizer.States[slot] is { Initial: 0, StartsAsWeights: false };
}
