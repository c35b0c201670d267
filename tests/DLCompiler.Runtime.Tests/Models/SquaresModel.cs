using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

namespace DLCompiler.Runtime.Tests;

/// <summary>
/// y = x · Σ w² + s, where the squares, their sum and s are computed ahead of runs. A form for few samples sums the squares itself and adds nothing. A step adds 1 to
/// every w and to s.
/// </summary>
internal static class SquaresModel
{
    public const int Length = 24, Few = 4;
    public const int Predict = 0, Train = 1;

    public static readonly TrainingSignature Signature = new(Train, Predict, Loss.MeanSquaredError, [1], [1]);

    public static FakeModel Model(SquaresFunction function, Func<float>? loss = null) => new FakeModel()
        .Parameter("w", [Length], initializer: ParameterInitializer.Ones)
        .State("s", [1], 0.5)
        .Function("Predict", function)
        .Function("Train", (frame, worker) =>
        {
            if (worker != 0) return;
            for (int i = 0; i < Length; i++) frame.Parameter<float>(i)++;
            frame.State<float>(0)++;
            frame.Output<float>(0) = loss?.Invoke() ?? 1;
        });

    public static ModelHost Host(SquaresFunction function, Func<float>? loss = null) =>
        new(Model(function, loss), 1, null, new TestSgd(0.1)) { Threads = 1 };

    /// <summary>What a prediction for x = 1 gives with the parameters that the model has.</summary>
    public static float Expected(ModelHost host, string prefix = "") =>
        host.Parameters[prefix + "w"].ToArray().Sum(value => value * value) + host.Parameters[prefix + "s"].ToArray()[0];

    public static float[] Run(ModelHost host, int batch = 1)
    {
        var y = new float[batch];
        Run(host, Enumerable.Repeat(1f, batch).ToArray(), y);
        return y;
    }

    public static void Run(ModelHost host, ReadOnlySpan<float> x, Span<float> y)
    {
        var call = host.Call(Predict);
        call.Input(0, x, 1, "x");
        call.Output(0, y, 1, "y");
        call.Run();
    }

    public static void Step(ModelHost host, float[]? x = null)
    {
        var call = host.Call(Train);
        call.Input<float>(0, x ?? [1], 1, "x");
        call.Input<float>(1, x ?? [1], 1, "t");
        call.RunStep();
    }
}

/// <summary>The prediction of <see cref="SquaresModel"/>.</summary>
internal sealed class SquaresFunction : CompiledFunction
{
    private int preparations;

    /// <summary>How often the values were computed.</summary>
    public int Preparations => preparations;

    /// <summary>Called after the values were computed.</summary>
    public Action<StepFrame>? Preparing { get; set; }

    /// <summary>Called before a run.</summary>
    public Action<StepFrame>? Running { get; set; }

    public CompiledFunction? Variant { get; set; }

    public override long PreparedBytes => (SquaresModel.Length + 2) * sizeof(float);

    public override CompiledFunction? ForFewSamples => Variant;

    public override bool PrefersFewSamples(int batch) => batch <= SquaresModel.Few;

    public override long ArenaBytes(int batch) => batch * sizeof(float);

    public override long ScratchBytes(int batch) => 0;

    public override void Prepare(StepFrame frame)
    {
        Preparing?.Invoke(frame);
        Interlocked.Increment(ref preparations);
        ref float values = ref frame.Prepared<float>(0);
        float sum = 0;
        for (int i = 0; i < SquaresModel.Length; i++)
        {
            float square = frame.Parameter<float>(i) * frame.Parameter<float>(i);
            Unsafe.Add(ref values, i) = square;
            sum += square;
        }

        Unsafe.Add(ref values, SquaresModel.Length) = sum;
        Unsafe.Add(ref values, SquaresModel.Length + 1) = frame.State<float>(0);
    }

    public override void Run(StepFrame frame, int worker)
    {
        if (worker != 0) return;
        Running?.Invoke(frame);
        ref float values = ref frame.Prepared<float>(SquaresModel.Length * sizeof(float));
        for (int i = 0; i < frame.Batch; i++)
        {
            frame.Arena<float>(i * sizeof(float)) = Unsafe.Add(ref frame.Input<float>(0), i) * values;
            Unsafe.Add(ref frame.Output<float>(0), i) = frame.Arena<float>(i * sizeof(float)) + Unsafe.Add(ref values, 1);
        }
    }
}

/// <summary>The same for few samples: it prepares the squares alone, and leaves the state out, so that a test can tell it from the other.</summary>
internal sealed class FewSquaresFunction : CompiledFunction
{
    public int Preparations { get; private set; }

    public override long PreparedBytes => SquaresModel.Length * sizeof(float);

    public override CompiledFunction? ForFewSamples => throw new InvalidOperationException("A variant was asked for its variant.");

    public override long ArenaBytes(int batch) => 0;

    public override long ScratchBytes(int batch) => 0;

    public override void Prepare(StepFrame frame)
    {
        Preparations++;
        for (int i = 0; i < SquaresModel.Length; i++)
            Unsafe.Add(ref frame.Prepared<float>(0), i) = frame.Parameter<float>(i) * frame.Parameter<float>(i);
    }

    public override void Run(StepFrame frame, int worker)
    {
        if (worker != 0) return;
        float sum = 0;
        for (int i = 0; i < SquaresModel.Length; i++) sum += Unsafe.Add(ref frame.Prepared<float>(0), i);
        for (int i = 0; i < frame.Batch; i++) Unsafe.Add(ref frame.Output<float>(0), i) = Unsafe.Add(ref frame.Input<float>(0), i) * sum;
    }
}
