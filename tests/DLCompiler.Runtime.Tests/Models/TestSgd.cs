using System.Collections.Generic;

namespace DLCompiler.Runtime.Tests;

/// <summary>Gradient descent with momentum, as emitted code describes it; kernels take −rate and the momentum.</summary>
internal sealed class TestSgd(double learningRate, double momentum = 0) : StepOptimizer
{
    public override string Name => "Sgd";

    public override double LearningRate => learningRate;

    public override IReadOnlyList<OptimizerNumber> Numbers => momentum == 0 ? [] : [new("Momentum", momentum)];

    public override IReadOnlyList<OptimizerState> States => momentum == 0 ? [] : [new("momentum_buffer")];

    public override int ArgumentCount => 2;

    public override void Prepare(in StepNumbers numbers)
    {
        numbers.Arguments[0] = -numbers.LearningRate;
        numbers.Arguments[1] = momentum == 0 ? 0 : numbers.Own[0];
    }
}
