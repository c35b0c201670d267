using System;
using System.Linq;

namespace DLCompiler.Runtime;

/// <summary>One function of a host: its code, made on first use, the contexts of its runs, and, for a step, its optimizer.</summary>
internal sealed class FunctionSlot(CompiledModel model, int index, SimdLevel level, ModelStorage storage, StepOptimizer? optimizer, bool poison)
{
    private readonly double[] arguments = new double[optimizer?.ArgumentCount ?? 0];
    private readonly double[] numbers = [.. optimizer?.Numbers.Select(number => number.Value) ?? []];
    private readonly double[] carried = [.. optimizer?.Carried.Select(number => number.Value) ?? []];
    private readonly double[] next = new double[optimizer?.Carried.Count ?? 0];
    private readonly NativeBlock?[] optimizerState = new NativeBlock?[optimizer?.States.Count ?? 0];
    private readonly int momentum = MomentumOf(optimizer);
    private readonly double ownMomentum = optimizer?.Numbers.ElementAtOrDefault(MomentumOf(optimizer))?.Value ?? 0;
    private FunctionVariant? main;
    private FunctionVariant? few;

    public string Name => model.Functions[index];

    /// <summary>The optimizer; null for a prediction.</summary>
    public StepOptimizer? Optimizer => optimizer;

    /// <summary>The learning rate of the steps to come.</summary>
    public double LearningRate { get; set; } = optimizer?.LearningRate ?? 0;

    /// <summary>The learning rate that the next steps take instead: who holds the right to train sets it, and takes it back.</summary>
    public double? StepLearningRate { get; set; }

    /// <summary>The momentum that the next steps take instead of the optimizer's own.</summary>
    public double? StepMomentum { get; set; }

    /// <summary>Steps since the optimizer's state was zero.</summary>
    public long Steps { get; set; }

    /// <summary>Numbers that go from one of the optimizer's steps to the next.</summary>
    public Span<double> Carried => carried;

    /// <summary>What the optimizer keeps, in blocks laid out as the parameters'; null before the first step.</summary>
    public NativeBlock?[] OptimizerState => optimizerState;

    /// <summary>
    /// Announces a use of the model's memory and takes a context from the stack of the variant for so many samples, or makes one, with what runs of it share;
    /// end it with <see cref="Return"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for what the runs share.</exception>
    public RunContext Rent(ModelHost host, int batch)
    {
        RunContext? context;
        FunctionVariant variant;
        long version = storage.Version;
        lock (storage.Gate)
        {
            if (main is null) Create();
            variant = few is not null && main!.Function.PrefersFewSamples(batch) ? few : main!;
            storage.EnterLocked();
            context = variant.PopLocked() ?? new RunContext(variant, storage, flushDenormals: optimizer is not null, poison);
            context.Prepared = variant.Prepared?.TryUseLocked(version);
        }

        if (variant.Prepared is null || context.Prepared is not null) return context;
        try
        {
            context.Prepared = variant.Prepared.Use(host, version);
            return context;
        }
        catch
        {
            Return(context);
            throw;
        }
    }

    /// <summary>Puts a context back and ends the use of the model's memory.</summary>
    public void Return(RunContext context)
    {
        lock (storage.Gate)
        {
            if (context.Prepared is { } block) PreparedValues.LeaveLocked(block);
            context.Prepared = null;
            context.Variant.PushLocked(context);
            storage.LeaveLocked();
        }
    }

    /// <exception cref="ArgumentException">The optimizer has no momentum that a schedule could set.</exception>
    public void RequireMomentum()
    {
        if (momentum < 0)
        {
            throw new ArgumentException(
                $"MomentumSchedule is given, but {optimizer!.Name} of '{model.Name}' has no momentum. Give its attribute a Momentum above 0, or leave the schedule out.",
                nameof(FitOptions.MomentumSchedule));
        }
    }

    private static int MomentumOf(StepOptimizer? optimizer)
    {
        for (int i = 0; i < optimizer?.Numbers.Count; i++)
            if (optimizer.Numbers[i].Name is "Momentum" or "Beta1") return i;
        return -1;
    }

    private bool IsUpdate => (Steps + 1) % optimizer!.Accumulate == 0;

    /// <summary>Sets what the next step's optimizer needs. Steps are exclusive, so the numbers are safe to keep here.</summary>
    public void PrepareOptimizer(ModelHost host, StepFrame frame)
    {
        frame.Updates = IsUpdate;
        if (momentum >= 0) numbers[momentum] = StepMomentum ?? ownMomentum;
        if (frame.Updates)
        {
            optimizer!.Prepare(new StepNumbers
            {
                LearningRate = StepLearningRate ?? LearningRate,
                Step = (Steps + 1) / optimizer.Accumulate,
                Own = numbers,
                Carried = carried,
                Next = next,
                Arguments = arguments,
            });
        }

        frame.Arguments = arguments;
        AllocateOptimizerState(host);
        for (int slot = 0; slot < optimizerState.Length; slot++) frame.SetOptimizerState(slot, optimizerState[slot]!.Address);
    }

    /// <summary>A step is complete: what the optimizer keeps is that of the next.</summary>
    public void CountStep()
    {
        if (IsUpdate) next.CopyTo(carried, 0);
        Steps++;
    }

    /// <summary>Takes memory for what the optimizer keeps, unless it has it.</summary>
    public void AllocateOptimizerState(ModelHost host)
    {
        for (int slot = 0; slot < optimizerState.Length; slot++)
        {
            if (optimizerState[slot] is not null) continue;
            optimizerState[slot] = storage.Allocate(model.ParameterBlockLength * sizeof(float));
            Begin(host, slot);
        }
    }

    /// <summary>Forgets momentum and the count of steps.</summary>
    public void ResetOptimizer(ModelHost host)
    {
        Steps = 0;
        for (int i = 0; i < carried.Length; i++) carried[i] = optimizer!.Carried[i].Value;
        for (int slot = 0; slot < optimizerState.Length; slot++)
        {
            if (optimizerState[slot] is not null) Begin(host, slot);
        }
    }

    private unsafe void Begin(ModelHost host, int slot)
    {
        var block = optimizerState[slot]!;
        var state = optimizer!.States[slot];
        if (state.StartsAsWeights) Buffer.MemoryCopy((void*)host.ParameterAddress, (void*)block.Address, block.Bytes, model.ParameterBlockLength * sizeof(float));
        else if (state.Initial == 0) block.Clear();
        else
        {
            for (long i = 0; i < model.ParameterBlockLength; i++) ((float*)block.Address)[i] = state.Initial;
        }
    }

    private void Create()
    {
        var function = model.CreateFunction(index, level);
        var forFew = function.ForFewSamples;
        if (optimizer is not null && (function.PreparedBytes > 0 || forFew?.PreparedBytes > 0))
        {
            throw new InvalidOperationException(
                $"'{Name}' of '{model.Name}' is a training step and has prepared values, but it changes the parameters that these are computed from.");
        }

        few = forFew is null ? null : new FunctionVariant(forFew, storage, poison);
        main = new FunctionVariant(function, storage, poison);
    }
}
