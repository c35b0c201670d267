using System;
using System.Collections.Generic;

namespace DLCompiler.Runtime.Tests;

/// <summary>A model whose parameters and functions a test gives.</summary>
internal sealed class FakeModel : CompiledModel
{
    private readonly List<string> names = [];
    private readonly List<CompiledFunction> functions = [];

    public override string Name => "Fake";

    public override IReadOnlyList<ParameterDescriptor> Parameters => ParameterList;

    public override IReadOnlyList<StateDescriptor> States => StateList;

    public List<ParameterDescriptor> ParameterList { get; } = [];

    public List<StateDescriptor> StateList { get; } = [];

    public override long ParameterBlockLength => Length;

    public override long StateBlockLength => StateList.Count * 16;

    public long Length { get; private set; }

    public override IReadOnlyList<string> Functions => names;

    /// <summary>The level that the last function was asked for.</summary>
    public SimdLevel? LastLevel { get; private set; }

    public FakeModel Parameter(
        string name, int[] shape, ParameterStorage storage = ParameterStorage.RowMajor, ParameterInitializer initializer = ParameterInitializer.Zeros, long fanIn = 1, long fanOut = 1)
    {
        var descriptor = new ParameterDescriptor(name, shape, Length, storage, initializer, fanIn, fanOut);
        ParameterList.Add(descriptor);
        Length += (PanelLayout.StoredLength(descriptor) + 15) / 16 * 16;
        return this;
    }

    public FakeModel State(string name, int[] shape, double value)
    {
        StateList.Add(new StateDescriptor(name, shape, StateList.Count * 16, value));
        return this;
    }

    public FakeModel Function(string name, Action<StepFrame, int> body, Func<int, long>? arena = null, Func<int, long>? scratch = null) =>
        Function(name, new FakeFunction(body, arena, scratch));

    public FakeModel Function(string name, CompiledFunction function)
    {
        names.Add(name);
        functions.Add(function);
        return this;
    }

    public override CompiledFunction CreateFunction(int index, SimdLevel level)
    {
        LastLevel = level;
        return functions[index];
    }

    private sealed class FakeFunction(Action<StepFrame, int> body, Func<int, long>? arena, Func<int, long>? scratch) : CompiledFunction
    {
        public override long ArenaBytes(int batch) => arena?.Invoke(batch) ?? 0;

        public override long ScratchBytes(int batch) => scratch?.Invoke(batch) ?? 0;

        public override void Run(StepFrame frame, int worker) => body(frame, worker);
    }
}
