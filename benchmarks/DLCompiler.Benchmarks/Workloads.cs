using System;
using DLCompiler.Benchmarks.Ceilings;
using DLCompiler.Benchmarks.Models;
using DLCompiler.Generation;

namespace DLCompiler.Benchmarks;

/// <summary>Everything that can be measured, by name: networks on one batch of random images, and ceilings.</summary>
internal static class Workloads
{
    private const int Classes = 10, Characters = 65;

    // A step of any network on labelled images, or a prediction.
    private delegate float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, double? learningRate = null);

    private delegate float TextStep(ReadOnlySpan<int> characters, ReadOnlySpan<int> labels, double? learningRate = null);

    private delegate void Prediction(ReadOnlySpan<float> images, Span<float> scores);

    /// <summary>The call to measure.</summary>
    /// <param name="name">A network and what it does: mlp-adam, mlp-sgd, lenet5-adam, cifarcnn-adam, resnet18-adam, or one of mlp, lenet5, cifarcnn and
    /// resnet18 with -infer; gemm-256, gemm-512, gemm-1024 or gemm-2048; or a ceiling.</param>
    /// <param name="batch">Samples in a call.</param>
    /// <param name="threads">Threads of a call.</param>
    /// <exception cref="ArgumentException">There is no such workload.</exception>
    public static Workload Create(string name, int batch, int threads) => name switch
    {
        "mlp-adam" => Train(new MlpAdam { Threads = threads }.StepTrain, MlpAdam.Summary, batch, 784),
        "mlp-sgd" => Train(new MlpSgd { Threads = threads }.StepTrain, MlpSgd.Summary, batch, 784),
        "lenet5-adam" => Train(new LeNet5 { Threads = threads }.StepTrain, LeNet5.Summary, batch, 784),
        "cifarcnn-adam" => Train(new CifarCnn { Threads = threads }.StepTrain, CifarCnn.Summary, batch, 3072),
        "resnet18-adam" => Train(new ResNet18 { Threads = threads }.StepTrain, ResNet18.Summary, batch, 3072),
        "mlp-infer" => Infer(new MlpAdam { PredictThreads = threads }.Predict, MlpAdam.Summary, batch, 784, Classes),
        "lenet5-infer" => Infer(new LeNet5 { PredictThreads = threads }.Predict, LeNet5.Summary, batch, 784, Classes),
        "cifarcnn-infer" => Infer(new CifarCnn { PredictThreads = threads }.Predict, CifarCnn.Summary, batch, 3072, Classes),
        "resnet18-infer" => Infer(new ResNet18 { PredictThreads = threads }.Predict, ResNet18.Summary, batch, 3072, Classes),
        "gemm-256" => Infer(new Gemm256 { PredictThreads = threads }.Predict, Gemm256.Summary, batch, 256, 256),
        "gemm-512" => Infer(new Gemm512 { PredictThreads = threads }.Predict, Gemm512.Summary, batch, 512, 512),
        "gemm-1024" => Infer(new Gemm1024 { PredictThreads = threads }.Predict, Gemm1024.Summary, batch, 1024, 1024),
        "gemm-2048" => Infer(new Gemm2048 { PredictThreads = threads }.Predict, Gemm2048.Summary, batch, 2048, 2048),
        "gpt1x128-adamw" => Train(new CharGpt1x128 { Threads = threads }.StepTrain, batch, 4096, FlopsOfGpt(1, 128, 4096)),
        "gpt4x128-adamw" => Train(new CharGpt4x128 { Threads = threads }.StepTrain, batch, 64, FlopsOfGpt(4, 128, 64)),
        "gpt6x384-adamw" => Train(new CharGpt6x384 { Threads = threads }.StepTrain, batch, 256, FlopsOfGpt(6, 384, 256)),
        "gpt6x384-decode" => Decode(new CharGptWriter { PredictThreads = threads }, CharGptWriter.ParameterCount - (256 * 384) - (64 * 384)),
        "charlstm-adam" => Train(new CharLstm { Threads = threads }.StepTrain, batch, 64, 64 * 6.0 * ((2 * 256 * 1024) + (256 * 65))),
        _ => Ceiling.Create(name, threads) ?? throw new ArgumentException($"There is no workload '{name}'.", nameof(name)),
    };

    private static Workload Train(Step step, string summary, int batch, int pixels)
    {
        var random = new Random(7);
        float[] images = Images(random, batch * pixels);
        var labels = new int[batch];
        for (int i = 0; i < labels.Length; i++) labels[i] = random.Next(Classes);
        return new Workload(() => step(images, labels), batch * Arithmetic.OfStep(summary));
    }

    // Of a step on one sequence: six for each weight of a product and character, and as many for each pair of a character with one that it sees and feature.
    private static double FlopsOfGpt(int layers, int features, int length) =>
        length * ((6.0 * ((12.0 * layers * features * features) + (Characters * features))) + (6.0 * layers * features * (length + 1)));

    // One character after the other; a sequence that is full is begun anew. Each reads all weights of products once.
    private static Workload Decode(CharGptWriter model, long weights)
    {
        CachedModel next = model.NextTokens();
        float[] scores = new float[next.VocabularySize];
        int[] token = [1];
        next.Start(token, scores);
        return new Workload(Step, 2.0 * weights, 4.0 * weights);

        void Step()
        {
            if (next.Length == next.MaximumLength) next.Start(token, scores);
            else next.Step(token, scores);
        }
    }

    // Characters, each with the next one as its label.
    private static Workload Train(TextStep step, int batch, int length, double flopsOfSample)
    {
        var random = new Random(7);
        int[] characters = new int[batch * length], labels = new int[batch * length];
        for (int i = 0; i < labels.Length; i++) (characters[i], labels[i]) = (random.Next(Characters), random.Next(Characters));
        return new Workload(() => step(characters, labels), batch * flopsOfSample);
    }

    private static Workload Infer(Prediction prediction, string summary, int batch, int inputs, int outputs)
    {
        float[] images = Images(new Random(7), batch * inputs), scores = new float[batch * outputs];
        return new Workload(() => prediction(images, scores), batch * Arithmetic.OfPrediction(summary));
    }

    private static float[] Images(Random random, int count)
    {
        var images = new float[count];
        for (int i = 0; i < images.Length; i++) images[i] = random.NextSingle() - 0.5f;
        return images;
    }
}
