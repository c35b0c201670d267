namespace DLCompiler;

/// <summary>
/// Layers of a transformer's decoder one after the other, each a <see cref="TransformerDecoderLayer"/>; with <paramref name="preNorm"/> a normalisation at the
/// end. Parameters: <c>layers.0</c> and so on, and <c>norm</c>, as in PyTorch's <c>TransformerDecoder</c>. A block: as a field of a model it is compiled with
/// it.
/// </summary>
/// <param name="count">The number of layers.</param>
/// <param name="features">The features E of each position.</param>
/// <param name="heads">The number of heads, which divides the features.</param>
/// <param name="hidden">Units between the two Dense layers of each layer.</param>
/// <param name="dropout">The rate of dropout.</param>
/// <param name="activation">The activation of the hidden units.</param>
/// <param name="preNorm">Whether parts normalise what they read.</param>
/// <param name="causal">Whether positions after a query's own are hidden.</param>
/// <param name="epsilon">What normalisations add to the variance.</param>
/// <param name="recompute">Whether training computes a layer's values again for its gradient, instead of keeping those of all layers.</param>
[Block]
public partial class TransformerDecoder(
    int count, int features, int heads, int hidden = 2048, float dropout = 0.1f, FeedForwardActivation activation = FeedForwardActivation.Relu,
    bool preNorm = false, bool causal = true, float epsilon = 1e-5f, bool recompute = false)
{
    private readonly Repeat<TransformerDecoderLayer> layers = new(
        count, _ => new(features, heads, hidden, dropout, activation, preNorm, causal, epsilon), recompute);
    private readonly LayerNorm norm = new(epsilon);

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, T, E].</param>
    /// <param name="memory">The encoder's output [N, S, E].</param>
    /// <param name="lengths">How many positions of each sample of <paramref name="x"/> count, [N].</param>
    /// <param name="memoryLengths">How many positions of each sample of the memory count, [N].</param>
    /// <returns>[N, T, E].</returns>
    public Tensor Forward(Tensor x, Tensor memory, Tensor<int>? lengths = null, Tensor<int>? memoryLengths = null)
    {
        x = layers.Forward(x, (layer, y) => layer.Forward(y, memory, lengths, memoryLengths));
        return preNorm ? norm.Forward(x) : x;
    }
}
