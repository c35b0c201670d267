using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Checkpoints;

/// <summary>
/// A safetensors file from which training goes on as if it had not been interrupted: the weights under their names, as in a file of weights alone; beside
/// them the optimizers' state (see <see cref="StateNames"/>), and in the header, as texts, the seed, the random streams' iteration and each step's
/// optimizer and count. Learning rates are no state: the attribute, or who calls, gives them. Tensors of state that are zero throughout are left out.
/// </summary>
internal sealed class TrainingStateFile : IDisposable
{
    private const string SeedKey = "dlcompiler.seed", IterationKey = "dlcompiler.iteration", StepsKey = "dlcompiler.steps";
    private const string OptimizerKey = "optimizer", CountKey = "count", TensorsKey = "tensors";

    private readonly ModelHost host;
    private readonly CheckpointFile file;
    private readonly List<(ParameterView View, float[] Values)> weights;
    private readonly List<StepState> steps;
    private readonly long iteration;

    private TrainingStateFile(ModelHost host, CheckpointFile file)
    {
        this.host = host;
        this.file = file;
        Metadata = new StateMetadata(file.Path, file.Metadata);
        CheckVersion();
        weights = Checkpoint.ReadWeights(file, host.Parameters);
        Metadata.Require(
            "another seed", Seed(host.Seed), Seed(Metadata.Seed(SeedKey)),
            "Create the model with the seed of the file (Seed = …): dropout and shuffling follow from it");
        iteration = Metadata.Count(IterationKey);
        var own = TrainedStep.Of(host).ToList();
        Metadata.Require("other training steps", Names(own), Metadata.String(StepsKey), "Give the model the steps that the file has");
        steps = own.ConvertAll(Read);
    }

    /// <summary>The numbers beside the tensors.</summary>
    public StateMetadata Metadata { get; }

    /// <summary>Writes the state of a model that is entered and whose training is held.</summary>
    /// <param name="host">The model.</param>
    /// <param name="path">The file; it appears whole or not at all.</param>
    /// <param name="tensors">More tensors, with names of <see cref="StateNames"/>.</param>
    /// <param name="metadata">More texts for the header.</param>
    public static void Write(ModelHost host, string path, IEnumerable<StoredTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        // Steps are held; copying values in from another thread is not.
        lock (host.Storage.ChangeGate) WriteHeld(host, path, tensors, metadata);
    }

    private static void WriteHeld(ModelHost host, string path, IEnumerable<StoredTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var steps = TrainedStep.Of(host).Select(step => (Step: step, Tensors: step.WrittenTensors())).ToList();
        List<KeyValuePair<string, string>> texts =
        [
            new(StateNames.VersionKey, StateMetadata.Text(StateNames.Version)),
            new(SeedKey, StateMetadata.Text(host.Seed)),
            new(IterationKey, StateMetadata.Text(host.Iteration)),
            new(StepsKey, Names(steps.Select(step => step.Step))),
        ];
        foreach (var (step, written) in steps)
        {
            texts.Add(new(StateNames.StepKey(step.Name, OptimizerKey), step.Optimizer.Describe()));
            texts.Add(new(StateNames.StepKey(step.Name, CountKey), StateMetadata.Text(step.Slot.Steps)));
            texts.Add(new(StateNames.StepKey(step.Name, TensorsKey), StateMetadata.Text(written.Count)));
            for (int i = 0; i < step.Optimizer.Carried.Count; i++)
                texts.Add(new(StateNames.StepKey(step.Name, step.Optimizer.Carried[i].Name), StateMetadata.Text(step.Slot.Carried[i])));
        }

        SafetensorsWriter.Write(
            path, [.. host.Parameters.Select(view => view.Stored()), .. steps.SelectMany(step => step.Tensors), .. tensors], texts.Concat(metadata));
    }

    /// <summary>Reads and checks a file; the model stays as it is until <see cref="Apply"/>.</summary>
    /// <exception cref="CheckpointException">The file is damaged, has no state of training, or is not this model's.</exception>
    public static TrainingStateFile Open(ModelHost host, string path)
    {
        var file = CheckpointFile.Open(path);
        try
        {
            return new TrainingStateFile(host, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A further tensor of the file.</summary>
    /// <exception cref="CheckpointException">The file lacks it, or it has another shape.</exception>
    public float[] Read(string name, ReadOnlySpan<int> shape) => file.Has(name) ? file.Read(name, shape) : throw Metadata.Damaged(name, "a tensor", "none");

    /// <summary>Gives the model, which is entered and whose training is held, the state of the file.</summary>
    public void Apply()
    {
        lock (host.Storage.ChangeGate)
        {
            foreach (var (view, values) in weights) view.CopyFrom(values);
            foreach (var step in steps) step.Apply();
            host.Storage.Iteration = iteration;
        }
    }

    public void Dispose() => file.Dispose();

    private static string Names(IEnumerable<TrainedStep> steps) => string.Join(", ", steps.Select(step => step.Name));

    private static string Seed(ulong seed) => $"Seed = {StateMetadata.Text(seed)}";

    private void CheckVersion()
    {
        if (!Metadata.Has(StateNames.VersionKey))
        {
            throw new CheckpointException(
                file.Path, null, "the file has weights, but no state of training.", "a file that SaveTrainingState or a checkpoint of Fit wrote",
                "a file of weights",
                "Load it with Load and begin a new run.");
        }

        long version = Metadata.Count(StateNames.VersionKey);
        if (version is < 1 or > StateNames.Version)
        {
            throw new CheckpointException(
                file.Path, null, "its state of training has a format that this version of DLCompiler doesn't know.",
                string.Create(CultureInfo.InvariantCulture, $"format {StateNames.Version}"), string.Create(CultureInfo.InvariantCulture, $"format {version}"),
                "Update the package DLCompiler to the version that wrote the file, or load the weights alone with Load and begin a new run.");
        }
    }

    private StepState Read(TrainedStep step)
    {
        Metadata.Require(
            $"another optimizer for '{step.Name}'", step.Optimizer.Describe(), Metadata.String(StateNames.StepKey(step.Name, OptimizerKey)),
            "Give the attribute of the step the numbers of the file");
        var tensors = step.Tensors().Where(tensor => file.Has(tensor.Name))
            .Select(tensor => (tensor.Parameter, tensor.Slot, file.Read(tensor.Name, tensor.Parameter.Shape))).ToList();
        string key = StateNames.StepKey(step.Name, TensorsKey);
        if (Metadata.Count(key) != tensors.Count) throw Metadata.Damaged(key, StateMetadata.Text(tensors.Count), Metadata.String(key));
        double[] carried = [.. step.Optimizer.Carried.Select(number => Metadata.Number(StateNames.StepKey(step.Name, number.Name)))];
        return new StepState(step, Metadata.Count(StateNames.StepKey(step.Name, CountKey)), tensors, carried);
    }

    /// <summary>What a file says of one step.</summary>
    private sealed record StepState(TrainedStep Step, long Count, List<(ParameterView Parameter, int Slot, float[] Values)> Tensors, double[] Carried)
    {
        public void Apply()
        {
            var state = Step.Slot;
            state.ResetOptimizer(Step.Host);
            if (Tensors.Count > 0) state.AllocateOptimizerState(Step.Host);
            foreach (var (parameter, slot, values) in Tensors) parameter.Stored(parameter.Name, state.OptimizerState[slot]!.Address).CopyFrom(values);
            state.Steps = Count;
            Carried.CopyTo(state.Carried);
        }
    }
}
