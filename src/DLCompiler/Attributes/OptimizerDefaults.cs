namespace DLCompiler;

/// <summary>The numbers an optimizer uses where none are given: those of PyTorch, and 0.01 for gradient descent's learning rate.</summary>
internal static class OptimizerDefaults
{
    public const float Beta1 = 0.9f;
    public const float Beta2 = 0.999f;
    public const float Epsilon = 1e-8f;

    public static float LearningRate(Optimizer optimizer) => optimizer == Optimizer.Sgd ? 0.01f : 0.001f;

    public static float WeightDecay(Optimizer optimizer) => optimizer == Optimizer.AdamW ? 0.01f : 0f;
}
