using System;
using System.Runtime.CompilerServices;
using DLCompiler.Data;

namespace DLCompiler.Runtime.Tests;

/// <summary>A linear classifier of two inputs and three classes with softmax cross-entropy and gradient descent, for one worker.</summary>
internal static class ClassifierModel
{
    public const int Predict = 0, Train = 1;
    private const int Inputs = 2, Classes = 3;

    public static readonly TrainingSignature Signature = new(Train, Predict, Loss.SoftmaxCrossEntropy, [Inputs], [Classes]);

    public static ModelHost Host(ulong seed = 1)
    {
        var model = new FakeModel()
            .Parameter("fc.weight", [Classes, Inputs], ParameterStorage.Panels, ParameterInitializer.GlorotUniform, Inputs, Classes)
            .Parameter("fc.bias", [Classes])
            .Function("Predict", RunPredict)
            .Function("Train", RunTrain);
        return new ModelHost(model, seed, null, new TestSgd(0.5));
    }

    /// <summary>Three clusters, well apart.</summary>
    public static DataSet Data(int count, int seed = 3)
    {
        var random = new Random(seed);
        var features = new float[count * Inputs];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Classes;
            double angle = labels[i] * Math.Tau / Classes;
            features[2 * i] = (float)(2 * Math.Cos(angle) + random.NextDouble() - 0.5);
            features[2 * i + 1] = (float)(2 * Math.Sin(angle) + random.NextDouble() - 0.5);
        }

        return DataSet.Create(features, [Inputs], labels);
    }

    private static float Logit(StepFrame frame, int sample, int row)
    {
        float sum = frame.Parameter<float>(Inputs * 16 + row);
        for (int j = 0; j < Inputs; j++) sum += frame.Parameter<float>(j * 16 + row) * Unsafe.Add(ref frame.Input<float>(0), sample * Inputs + j);
        return sum;
    }

    private static void RunPredict(StepFrame frame, int worker)
    {
        if (worker != 0) return;
        for (int i = 0; i < frame.Batch; i++)
        {
            for (int row = 0; row < Classes; row++) Unsafe.Add(ref frame.Output<float>(0), i * Classes + row) = Logit(frame, i, row);
        }
    }

    private static void RunTrain(StepFrame frame, int worker)
    {
        if (worker != 0) return;
        Span<double> gradients = stackalloc double[Classes * (Inputs + 1)];
        gradients.Clear();
        Span<double> powers = stackalloc double[Classes];
        double loss = 0;
        for (int i = 0; i < frame.Batch; i++)
        {
            int label = Unsafe.Add(ref frame.Input<int>(1), i);
            double sum = 0;
            for (int row = 0; row < Classes; row++) sum += powers[row] = Math.Exp(Logit(frame, i, row));
            loss -= Math.Log(powers[label] / sum);
            for (int row = 0; row < Classes; row++)
            {
                double g = (powers[row] / sum - (row == label ? 1 : 0)) / frame.Batch;
                for (int j = 0; j < Inputs; j++) gradients[row * (Inputs + 1) + j] += g * Unsafe.Add(ref frame.Input<float>(0), i * Inputs + j);
                gradients[row * (Inputs + 1) + Inputs] += g;
            }
        }

        for (int row = 0; row < Classes; row++)
        {
            for (int j = 0; j <= Inputs; j++) frame.Parameter<float>(j * 16 + row) += (float)(frame.Arguments[0] * gradients[row * (Inputs + 1) + j]);
        }

        frame.Output<float>(0) = (float)(loss / frame.Batch);
    }
}
