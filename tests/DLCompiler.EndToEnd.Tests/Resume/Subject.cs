using System;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>A model as the tests of resuming see it.</summary>
internal sealed record Subject(
    IDisposable Model, Func<DataSet, FitOptions, TrainingHistory> Fit, Action<string> SaveTrainingState, Action<string> LoadTrainingState, Action<string> Load)
    : IDisposable
{
    private const int Samples = 23;

    /// <summary>The models, by name.</summary>
    public static readonly string[] Names = [nameof(StatefulNet), nameof(Curve), nameof(PlainCurve), nameof(Words), nameof(Outer), nameof(Mlp)];

    public void Dispose() => Model.Dispose();

    public static Subject Create(string name, ulong seed, int threads)
    {
        switch (name)
        {
            case nameof(StatefulNet):
                var net = new StatefulNet { Seed = seed, Threads = threads };
                return new Subject(net, net.Fit, net.SaveTrainingState, net.LoadTrainingState, net.Load);
            case nameof(Curve):
                var curve = new Curve { Seed = seed, Threads = threads };
                return new Subject(curve, curve.Fit, curve.SaveTrainingState, curve.LoadTrainingState, curve.Load);
            case nameof(PlainCurve):
                var plain = new PlainCurve { Seed = seed, Threads = threads };
                return new Subject(plain, plain.Fit, plain.SaveTrainingState, plain.LoadTrainingState, plain.Load);
            case nameof(Words):
                var words = new Words { Seed = seed, Threads = threads };
                return new Subject(words, words.Fit, words.SaveTrainingState, words.LoadTrainingState, words.Load);
            case nameof(Outer):
                var outer = new Outer { Seed = seed, Threads = threads };
                return new Subject(outer, outer.Fit, outer.SaveTrainingState, outer.LoadTrainingState, outer.Load);
            default:
                var mlp = new Mlp { Seed = seed, Threads = threads };
                return new Subject(mlp, mlp.Fit, mlp.SaveTrainingState, mlp.LoadTrainingState, mlp.Load);
        }
    }

    /// <summary>Samples that fit the model.</summary>
    public static DataSet Data(string name, int seed, int count = Samples)
    {
        var random = new Random(seed);
        var labels = new int[count];
        switch (name)
        {
            case nameof(StatefulNet) or nameof(Mlp):
                return EmbeddedDigits.Train.Slice(seed * 100, count);
            case nameof(Words):
                var ids = new int[count * 4];
                for (int i = 0; i < ids.Length; i++) ids[i] = random.Next(11);
                for (int i = 0; i < count; i++) labels[i] = ids[4 * i] % 5;
                return DataSet.Create(ids, [4], labels);
            default:
                var features = Noise.Normal(seed, count * 3);
                var targets = new float[count * 2];
                for (int i = 0; i < targets.Length; i++) targets[i] = MathF.Sin(features[(i / 2 * 3) + (i % 2)]);
                return DataSet.Create(features, [3], targets, [2]);
        }
    }
}
