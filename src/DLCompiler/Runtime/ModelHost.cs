using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>
/// What stands behind a model object: it turns the emitted functions of a <see cref="CompiledModel"/> into something that can be called, and owns the memory
/// they
/// work on. The printed surface of a model is a thin layer over it. Predictions may run on several threads at once; a training step runs alone among steps,
/// and what a prediction sees while a step runs is undefined.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class ModelHost : IDisposable
{
    private readonly FunctionSlot[] slots;
    private readonly List<(string Prefix, ModelHost Host)> nestedHosts = [];
    private readonly long parameterOffset;
    private readonly long stateOffset;
    private readonly bool ownsStorage;
    private volatile bool disposed;

    /// <summary>A model with parameters drawn from a seed.</summary>
    /// <param name="model">What the compiler emitted.</param>
    /// <param name="seed">Fixes the initial parameters, dropout and shuffling.</param>
    /// <param name="optimizers">For each function its optimizer, or null for a prediction, in the order of <see cref="CompiledModel.Functions"/>.</param>
    /// <exception cref="PlatformNotSupportedException"><see cref="SimdOptions.Level"/> asks for a level that this machine lacks.</exception>
    public ModelHost(CompiledModel model, ulong seed, params StepOptimizer?[] optimizers)
        : this(model, seed, optimizers, new ModelStorage(model), 0, 0, ownsStorage: true)
    {
        ParameterInitialization.Initialize(this, seed);
    }

    private ModelHost(
        CompiledModel model, ulong seed, StepOptimizer?[] optimizers, ModelStorage storage, long parameterOffset, long stateOffset, bool ownsStorage)
    {
        Model = model;
        Seed = seed;
        Storage = storage;
        this.parameterOffset = parameterOffset;
        this.stateOffset = stateOffset;
        this.ownsStorage = ownsStorage;
        Level = SimdOptions.Level ?? SimdDetection.Best;
        if (!SimdDetection.IsSupported(Level))
        {
            throw new PlatformNotSupportedException($"This machine does not run {Level} code; {SimdDetection.Best} is its best level.");
        }

        bool poison = SimdOptions.PoisonArenas;
        slots = new FunctionSlot[model.Functions.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = new FunctionSlot(model, i, Level, storage, i < optimizers.Length ? optimizers[i] : null, poison);
        }

        Parameters = new ParameterSet(this);
    }

    /// <summary>What the compiler emitted.</summary>
    public CompiledModel Model { get; }

    /// <summary>Fixes the initial parameters, dropout and shuffling.</summary>
    public ulong Seed { get; }

    /// <summary>The instruction-set level that the functions run at.</summary>
    public SimdLevel Level { get; }

    /// <summary>The model's parameters and states by name.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Steps taken since the model was made, by all its functions; the first step's random numbers are those of iteration 0.</summary>
    public long Iteration => Storage.Iteration;

    /// <summary>
    /// Threads of a training step, the caller's among them. The results are the same, bit for bit, at any number. Default: <see
    /// cref="WorkerPool.DefaultThreads"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 1,024.</exception>
    public int Threads
    {
        get => Storage.Threads;
        set => Storage.Threads = value;
    }

    /// <summary>Threads of a prediction, the caller's among them; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 1,024.</exception>
    public int PredictThreads
    {
        get => Storage.PredictThreads;
        set => Storage.PredictThreads = value;
    }

    internal ModelStorage Storage { get; }

    internal IReadOnlyList<FunctionSlot> Slots => slots;

    /// <summary>The hosts of models that are fields of this one's, and what the names of their tensors begin with in this one: <c>G.</c>.</summary>
    internal IReadOnlyList<(string Prefix, ModelHost Host)> NestedHosts => nestedHosts;

    /// <summary>A host for a model that is a field of this one's: its parameters and states are a part of this one's, without a copy.</summary>
    /// <param name="child">What the compiler emitted for the field's class.</param>
    /// <param name="firstParameter">The index among this model's parameters of the field's first.</param>
    /// <param name="firstState">The index among this model's states of the field's first.</param>
    /// <param name="optimizers">For each function of the child its optimizer, or null.</param>
    /// <exception cref="InvalidOperationException">The parts don't match: the two models were compiled from different sources.</exception>
    public ModelHost Nested(CompiledModel child, int firstParameter, int firstState, params StepOptimizer?[] optimizers)
    {
        long parameters = NestedLayout.ParameterOffset(Model, child, firstParameter);
        long states = NestedLayout.StateOffset(Model, child, firstState);
        var nested = new ModelHost(child, Seed, optimizers, Storage, parameterOffset + parameters, stateOffset + states, ownsStorage: false);
        // A model without parameters has no optimizer's state.
        if (child.Parameters.Count > 0) nestedHosts.Add((Model.Parameters[firstParameter].Name[..^child.Parameters[0].Name.Length], nested));
        return nested;
    }

    /// <summary>Starts a call of a function: bind its inputs and outputs, then run it.</summary>
    /// <param name="function">The function's index in <see cref="CompiledModel.Functions"/>.</param>
    public FunctionCall Call(int function) => new(this, function, trainingHeld: false);

    /// <summary>The learning rate of a step.</summary>
    public double GetLearningRate(int function) => Slot(function).LearningRate;

    /// <summary>Sets the learning rate of a step, from its next run on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a finite number.</exception>
    public void SetLearningRate(int function, double rate) => Slot(function).LearningRate = Finite(rate);

    /// <summary>Forgets the optimizers' momenta and counts of steps; parameters and learning rates stay.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public void ResetOptimizers()
    {
        Enter();
        try
        {
            lock (Storage.ChangeGate)
            {
                foreach (var slot in slots) slot.ResetOptimizer(this);
                hasAverages = false;
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees the memory, once calls that run have returned. A nested model's host stops working, its parent doesn't.</summary>
    public void Dispose()
    {
        disposed = true;
        if (ownsStorage) Storage.Dispose();
    }

    /// <summary>Sets the learning rate that a step takes instead of its own until this is called with null; only who holds the right to train may.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a finite number.</exception>
    internal void SetStepLearningRate(int function, double? rate) => Slot(function).StepLearningRate = rate is { } value ? Finite(value) : null;

    internal FunctionCall CallWithinTraining(int function) => new(this, function, trainingHeld: true);

    internal FunctionSlot Slot(int function) => slots[function];

    internal void ThrowIfDisposed()
    {
        if (disposed || Storage.IsDisposed) throw DisposedModel.Exception(Model.Name);
    }

    internal void Enter()
    {
        ThrowIfDisposed();
        Storage.Enter();
    }

    internal void Leave() => Storage.Leave();

    // Valid between Enter and Leave.
    internal nint ParameterAddress => (nint)(Storage.Parameters.Address + parameterOffset * sizeof(float));

    internal nint StateAddress => (nint)(Storage.States.Address + stateOffset * sizeof(float));

    private static double Finite(double rate) => double.IsFinite(rate) ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A learning rate is a finite number.");

    internal void PrepareFrame(StepFrame frame)
    {
        frame.SetBlocks(ParameterAddress, StateAddress);
        frame.Seed = Seed;
        frame.Iteration = Storage.Iteration;
    }
}
