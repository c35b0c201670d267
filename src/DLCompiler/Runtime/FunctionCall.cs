using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// One call of a compiled function: bind the inputs, then the outputs, then run. Lengths are checked as they are bound. Allocates nothing, once the model has
/// seen
/// a batch of the same or a larger size.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe ref struct FunctionCall
{
    /// <summary>Most inputs a function may have.</summary>
    public const int MaximumInputs = 8;

    /// <summary>Most outputs a function may have.</summary>
    public const int MaximumOutputs = 8;

    /// <summary>Most sizes besides the batch that a function may have.</summary>
    public const int MaximumSizes = 4;

    private readonly ModelHost host;
    private readonly int function;
    private readonly bool trainingHeld;
    private int batch;
    private int sizeCount;
    private nint memory;
    private Sizes sizes;
    private Lengths inputBytes;
    private ref byte input0, input1, input2, input3, input4, input5, input6, input7;
    private ref byte output0, output1, output2, output3, output4, output5, output6, output7;

    internal FunctionCall(ModelHost host, int function, bool trainingHeld)
    {
        this.host = host;
        this.function = function;
        this.trainingHeld = trainingHeld;
        batch = -1;
    }

    /// <summary>Samples in the call: known after the first input; −1 before.</summary>
    public readonly int Batch => batch;

    /// <summary>Takes a size besides the batch, before the inputs.</summary>
    /// <param name="index">The size's position among the function's: they are taken in this order.</param>
    /// <param name="value">The size.</param>
    /// <param name="bound">The largest that the model is made for.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <param name="symbol">The size's name in shapes, for messages.</param>
    /// <param name="multiple">What it has to be a multiple of: compiled code counts such parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or above the bound, or not a multiple.</exception>
    public void Size(int index, int value, int bound, string name, string symbol, int multiple = 1)
    {
        if (value < 1 || value > bound) CallErrors.ThrowSizeOutOfRange(name, value, bound, symbol);
        if (value % multiple != 0) CallErrors.ThrowSizeNotMultiple(name, value, multiple, symbol);
        sizes[index] = value / multiple;
        sizeCount = index + 1;
    }

    /// <summary>Takes the number of steps that a generation has made, and what its source has, after the other sizes.</summary>
    /// <param name="index">The position of the first of these sizes among the function's.</param>
    /// <param name="steps">The number.</param>
    /// <param name="source">The source's sizes.</param>
    internal void Continue(int index, int steps, ReadOnlySpan<nint> source)
    {
        sizes[index] = steps;
        for (int i = 0; i < source.Length; i++) sizes[index + 1 + i] = source[i];
        sizeCount = index + 1 + source.Length;
    }

    /// <summary>Says where a generation's memories lie.</summary>
    internal void Remember(nint address) => memory = address;

    /// <summary>The sizes that were taken.</summary>
    internal readonly nint[] TakenSizes() => ((ReadOnlySpan<nint>)sizes)[..sizeCount].ToArray();

    /// <summary>Binds an input that has a batch dimension.</summary>
    /// <param name="index">The input's position among the function's.</param>
    /// <param name="values">Sample after sample, row-major.</param>
    /// <param name="perSample">Elements in one sample.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of samples, or not as many as the other inputs have.</exception>
    public void Input<T>(int index, ReadOnlySpan<T> values, int perSample, string name)
        where T : unmanaged
    {
        int samples = perSample > 0 ? values.Length / perSample : 0;
        if ((long)samples * perSample != values.Length || perSample <= 0) CallErrors.ThrowNotWholeSamples(name, values.Length, perSample);
        if (batch < 0) batch = samples;
        else if (samples != batch) CallErrors.ThrowBatchesDiffer(name, values.Length, samples, perSample, batch);
        Bind(index, values);
    }

    /// <summary>Binds an input of class labels or ids, each from 0 to below a limit: emitted code uses them as indices, so they are checked here.</summary>
    /// <param name="index">The input's position among the function's.</param>
    /// <param name="values">Sample after sample, row-major.</param>
    /// <param name="perSample">Elements in one sample.</param>
    /// <param name="limit">The number of classes, or of rows in the embedding table.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is out of range.</exception>
    public void Indices(int index, ReadOnlySpan<int> values, int perSample, int limit, string name)
    {
        int at = values.IndexOfAnyExceptInRange(0, limit - 1);
        if (at >= 0) CallErrors.ThrowIndexOutOfRange(name, at, values[at], limit);
        Input(index, values, perSample, name);
    }

    /// <summary>Checks the lengths of padded sequences, before they are bound.</summary>
    /// <param name="values">A length for each sample.</param>
    /// <param name="longest">The padded size: what a length is at most.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1 or above the padded size.</exception>
    public static void CheckLengths(ReadOnlySpan<int> values, int longest, string name)
    {
        int at = values.IndexOfAnyExceptInRange(1, longest);
        if (at >= 0) CallErrors.ThrowLengthOutOfRange(name, at, values[at], longest);
    }

    /// <summary>Binds an input without a batch dimension.</summary>
    /// <param name="index">The input's position among the function's.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="length">Elements in the tensor.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void FixedInput<T>(int index, ReadOnlySpan<T> values, int length, string name)
        where T : unmanaged
    {
        if (values.Length != length) CallErrors.ThrowLengthDiffers(name, values.Length, length);
        Bind(index, values);
    }

    /// <summary>Elements of an output that has a batch dimension, after the inputs, for a new array.</summary>
    /// <param name="perSample">Elements in one sample.</param>
    /// <exception cref="ArgumentException">No array is so long.</exception>
    public readonly int OutputLength(int perSample)
    {
        long length = (long)batch * perSample;
        if (length > Array.MaxLength) CallErrors.ThrowTooLong(batch, length);
        return (int)length;
    }

    /// <summary>Binds an output that has a batch dimension, after the inputs.</summary>
    /// <param name="index">The output's position among the function's.</param>
    /// <param name="values">Receives sample after sample, row-major.</param>
    /// <param name="perSample">Elements in one sample.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentException">The length is not that of the inputs' samples, or the memory overlaps an input's.</exception>
    public void Output<T>(int index, Span<T> values, int perSample, string name)
        where T : unmanaged
    {
        if ((long)batch * perSample != values.Length) CallErrors.ThrowOutputLength(name, values.Length, batch, perSample);
        BindOutput(index, values, name);
    }

    /// <summary>Binds an output without a batch dimension, after the inputs.</summary>
    /// <param name="index">The output's position among the function's.</param>
    /// <param name="values">Receives the result, row-major.</param>
    /// <param name="length">Elements in the tensor.</param>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <exception cref="ArgumentException">The length is another, or the memory overlaps an input's.</exception>
    public void FixedOutput<T>(int index, Span<T> values, int length, string name)
        where T : unmanaged
    {
        if (values.Length != length) CallErrors.ThrowLengthDiffers(name, values.Length, length);
        BindOutput(index, values, name);
    }

    /// <summary>Runs a prediction. Several threads may do so at once. Without samples, nothing happens.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many samples at a time.</exception>
    public readonly void Run() => Run(host.Storage.PredictPool);

    /// <summary>Runs a prediction on a pool's workers; null for the caller's thread alone.</summary>
    internal readonly void Run(WorkerPool? pool)
    {
        var slot = host.Slot(function);
        if (slot.Optimizer is not null) throw new InvalidOperationException($"'{slot.Name}' is a training step: call RunStep.");

        host.ThrowIfDisposed();
        if (batch != 0) Execute(slot, pool);
    }

    /// <summary>Runs a training step, which changes the parameters, and returns its loss.</summary>
    /// <param name="learningRate">The learning rate of this step; null for the step's own.</param>
    /// <exception cref="ArgumentException">There are no samples, or the learning rate is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another step or Fit of the model runs.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many samples at a time.</exception>
    public readonly float RunStep(double? learningRate = null)
    {
        var slot = host.Slot(function);
        if (slot.Optimizer is null) throw new InvalidOperationException($"'{slot.Name}' has no optimizer, so it is not a training step: call Run.");
        if (batch == 0) throw new ArgumentException("A training step got no samples. Pass at least one.");

        host.ThrowIfDisposed();
        host.ThrowIfAverages();
        var storage = host.Storage;
        if (!trainingHeld) storage.BeginTraining();
        try
        {
            if (learningRate is not null) host.SetStepLearningRate(function, learningRate);
            lock (storage.ChangeGate)
            {
                try
                {
                    float loss = Execute(slot, storage.StepPool);
                    slot.CountStep();
                    storage.Iteration++;
                    return loss;
                }
                finally
                {
                    // A step that failed may have changed some parameters.
                    storage.MarkChanged();
                }
            }
        }
        finally
        {
            if (learningRate is not null) host.SetStepLearningRate(function, null);
            if (!trainingHeld) storage.EndTraining();
        }
    }

    private readonly float Execute(FunctionSlot slot, WorkerPool? pool)
    {
        var context = slot.Rent(host, batch);
        bool completed = false;
        try
        {
            float loss = Execute(slot, context, pool);
            completed = true;
            return loss;
        }
        finally
        {
            if (!completed) context.DropFrame();
            slot.Return(context);
        }
    }

    private readonly float Execute(FunctionSlot slot, RunContext context, WorkerPool? pool)
    {
        float loss = 0;
        bool isStep = slot.Optimizer is not null;
        var frame = context.PrepareFrame(batch, pool?.Threads ?? 1);
        host.PrepareFrame(frame);
        fixed (byte* i0 = &input0, i1 = &input1, i2 = &input2, i3 = &input3, i4 = &input4, i5 = &input5, i6 = &input6, i7 = &input7)
        fixed (byte* o0 = &output0, o1 = &output1, o2 = &output2, o3 = &output3, o4 = &output4, o5 = &output5, o6 = &output6, o7 = &output7)
        {
            frame.SetInput(0, (nint)i0);
            frame.SetInput(1, (nint)i1);
            frame.SetInput(2, (nint)i2);
            frame.SetInput(3, (nint)i3);
            frame.SetInput(4, (nint)i4);
            frame.SetInput(5, (nint)i5);
            frame.SetInput(6, (nint)i6);
            frame.SetInput(7, (nint)i7);
            frame.SetOutput(0, isStep ? (nint)(&loss) : (nint)o0);
            frame.SetOutput(1, (nint)o1);
            frame.SetOutput(2, (nint)o2);
            frame.SetOutput(3, (nint)o3);
            frame.SetOutput(4, (nint)o4);
            frame.SetOutput(5, (nint)o5);
            frame.SetOutput(6, (nint)o6);
            frame.SetOutput(7, (nint)o7);
            frame.SetMemory(memory);
            for (int size = 0; size < sizeCount; size++) frame.SetSize(size, sizes[size]);
            if (isStep) slot.PrepareOptimizer(host, frame);
            context.Run(pool);
        }

        GC.KeepAlive(host);
        return loss;
    }

    private void Bind<T>(int index, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        inputBytes[index] = (nint)values.Length * sizeof(T);
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        switch (index)
        {
            case 0: input0 = ref first; break;
            case 1: input1 = ref first; break;
            case 2: input2 = ref first; break;
            case 3: input3 = ref first; break;
            case 4: input4 = ref first; break;
            case 5: input5 = ref first; break;
            case 6: input6 = ref first; break;
            default: input7 = ref first; break;
        }
    }

    private void BindOutput<T>(int index, Span<T> values, string name)
        where T : unmanaged
    {
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        nint bytes = (nint)values.Length * sizeof(T);
        // Emitted code reads inputs after it has begun to write outputs.
        if (Overlaps(ref first, bytes, ref input0, inputBytes[0]) || Overlaps(ref first, bytes, ref input1, inputBytes[1])
            || Overlaps(ref first, bytes, ref input2, inputBytes[2]) || Overlaps(ref first, bytes, ref input3, inputBytes[3])
            || Overlaps(ref first, bytes, ref input4, inputBytes[4]) || Overlaps(ref first, bytes, ref input5, inputBytes[5])
            || Overlaps(ref first, bytes, ref input6, inputBytes[6]) || Overlaps(ref first, bytes, ref input7, inputBytes[7]))
        {
            CallErrors.ThrowOverlap(name);
        }

        switch (index)
        {
            case 0: output0 = ref first; break;
            case 1: output1 = ref first; break;
            case 2: output2 = ref first; break;
            case 3: output3 = ref first; break;
            case 4: output4 = ref first; break;
            case 5: output5 = ref first; break;
            case 6: output6 = ref first; break;
            default: output7 = ref first; break;
        }
    }

    private static bool Overlaps(ref byte output, nint outputBytes, ref byte input, nint inputBytes)
    {
        if (inputBytes == 0 || outputBytes == 0) return false;
        nint distance = Unsafe.ByteOffset(ref input, ref output);
        return distance < inputBytes && -distance < outputBytes;
    }

    [InlineArray(MaximumSizes)]
    private struct Sizes
    {
        private nint first;
    }

    [InlineArray(MaximumInputs)]
    private struct Lengths
    {
        private nint first;
    }
}
