using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using DLCompiler.Data;

namespace DLCompiler.Runtime.Tests;

/// <summary>
/// y = w·x + b with mean squared error, written by hand as emitted code would be: panels, partition into a fixed number of parts, one barrier, a running mean of the
/// targets as state. Sgd with momentum.
/// </summary>
internal sealed class LinearModel : CompiledModel
{
    public const int Inputs = 3;
    public const int Predict = 0, Train = 1;

    public static readonly StepOptimizer Optimizer = new TestSgd(0.05, 0.5);
    public static readonly TrainingSignature Signature = new(Train, Predict, Loss.MeanSquaredError, [Inputs], [1]);

    public override string Name => "Linear";

    public override IReadOnlyList<ParameterDescriptor> Parameters { get; } =
    [
        new("fc.weight", [1, Inputs], 0, ParameterStorage.Panels, ParameterInitializer.UniformFanIn, Inputs, 1),
        new("fc.bias", [1], Inputs * 16, ParameterStorage.RowMajor, ParameterInitializer.UniformFanIn, Inputs, 1),
    ];

    public override IReadOnlyList<StateDescriptor> States { get; } = [new("fc.running_mean", [1], 0, 0.25)];

    public override long ParameterBlockLength => Inputs * 16 + 16;

    public override long StateBlockLength => 16;

    public override IReadOnlyList<string> Functions { get; } = ["Predict", "Train"];

    public static ModelHost Host(ulong seed = 1, int threads = 1) => new(new LinearModel(), seed, null, Optimizer) { Threads = threads };

    public static DataSet Data(int count, int seed = 5)
    {
        var random = new Random(seed);
        var features = new float[count * Inputs];
        var targets = new float[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < Inputs; j++) features[i * Inputs + j] = random.NextSingle() * 2 - 1;
            targets[i] = 0.5f * features[i * Inputs] - 2 * features[i * Inputs + 1] + features[i * Inputs + 2] + 0.75f;
        }

        return DataSet.Create(features, [Inputs], targets, []);
    }

    public override CompiledFunction CreateFunction(int index, SimdLevel level) => index == Predict ? new PredictFunction() : new TrainFunction();

    private static float Evaluate(StepFrame frame, int sample)
    {
        ref float x = ref Unsafe.Add(ref frame.Input<float>(0), sample * Inputs);
        float y = frame.Parameter<float>(Inputs * 16);
        for (int j = 0; j < Inputs; j++) y += frame.Parameter<float>(j * 16) * Unsafe.Add(ref x, j);
        return y;
    }

    private sealed class PredictFunction : CompiledFunction
    {
        public override long ArenaBytes(int batch) => 0;

        public override long ScratchBytes(int batch) => 0;

        public override void Run(StepFrame frame, int worker)
        {
            int last = (int)frame.First(frame.Batch, worker + 1);
            for (int i = (int)frame.First(frame.Batch, worker); i < last; i++) Unsafe.Add(ref frame.Output<float>(0), i) = Evaluate(frame, i);
        }
    }

    private sealed class TrainFunction : CompiledFunction
    {
        // Sums are taken over a number of parts that doesn't depend on the workers: weights, bias, loss.
        private const int Parts = 6, PartLength = 16;

        public override long ArenaBytes(int batch) => Parts * PartLength * sizeof(float);

        public override long ScratchBytes(int batch) => PartLength * sizeof(float);

        public override void Run(StepFrame frame, int worker)
        {
            for (nint part = frame.First(Parts, worker); part < frame.First(Parts, worker + 1); part++) Part(frame, worker, (int)part);
            frame.Barrier(worker);
            if (worker == 0) Finish(frame);
        }

        private static void Part(StepFrame frame, int worker, int part)
        {
            ref float sums = ref frame.Scratch<float>(worker, 0);
            for (int j = 0; j < PartLength; j++) Unsafe.Add(ref sums, j) = 0;
            for (int i = frame.Batch * part / Parts; i < frame.Batch * (part + 1) / Parts; i++)
            {
                float difference = Evaluate(frame, i) - Unsafe.Add(ref frame.Input<float>(1), i);
                for (int j = 0; j < Inputs; j++) Unsafe.Add(ref sums, j) += difference * Unsafe.Add(ref frame.Input<float>(0), i * Inputs + j);
                Unsafe.Add(ref sums, Inputs) += difference;
                Unsafe.Add(ref sums, Inputs + 1) += difference * difference;
                Unsafe.Add(ref sums, Inputs + 2) += Unsafe.Add(ref frame.Input<float>(1), i);
            }

            for (int j = 0; j < PartLength; j++) frame.Arena<float>((part * PartLength + j) * sizeof(float)) = Unsafe.Add(ref sums, j);
        }

        private static void Finish(StepFrame frame)
        {
            Span<float> totals = stackalloc float[PartLength];
            totals.Clear();
            for (int part = 0; part < Parts; part++)
            {
                for (int j = 0; j < PartLength; j++) totals[j] += frame.Arena<float>((part * PartLength + j) * sizeof(float));
            }

            float scale = 2f / frame.Batch;
            for (int j = 0; j <= Inputs; j++) Update(frame, j * 16, totals[j] * scale);
            frame.Output<float>(0) = totals[Inputs + 1] / frame.Batch;
            frame.State<float>(0) = 0.9f * frame.State<float>(0) + 0.1f * totals[Inputs + 2] / frame.Batch;
        }

        private static void Update(StepFrame frame, int offset, float gradient)
        {
            ref float weight = ref frame.Parameter<float>(offset);
            ref float momentum = ref frame.OptimizerState<float>(0, offset);
            momentum = (float)frame.Arguments[1] * momentum + gradient;
            weight += (float)frame.Arguments[0] * momentum;
        }
    }
}
