namespace DLCompiler;

/// <summary>
/// A GPT (Radford et al. 2019): token and position embeddings, causal layers that normalise what they read, a normalisation, and logits by the table of the
/// tokens. The loss of the next token is <c>SoftmaxCrossEntropy</c> of the logits with the ids that follow. Parameters: <c>tokens</c>, <c>positions</c>,
/// <c>body.layers.0</c> and so on, <c>body.norm</c>. A block: as a field of a model it is compiled with it.
/// </summary>
/// <param name="vocabulary">The number of tokens.</param>
/// <param name="context">The longest sequence.</param>
/// <param name="features">The features E of each position.</param>
/// <param name="heads">The number of heads, which divides the features.</param>
/// <param name="count">The number of layers.</param>
/// <param name="dropout">The rate of dropout.</param>
/// <param name="recompute">Whether training computes a layer's values again for its gradient, instead of keeping those of all layers.</param>
[Block]
public partial class Gpt(int vocabulary, int context, int features, int heads, int count, float dropout = 0.1f, bool recompute = false)
{
    private readonly Embedding tokens = new(vocabulary, features, gain: 0.02f);
    private readonly LearnedPositions positions = new(context, gain: 0.02f);
    private readonly Dropout drop = new(dropout);
    private readonly TransformerEncoder body = new(
        count, features, heads, 4 * features, dropout, FeedForwardActivation.GeluTanh, preNorm: true, causal: true, recompute: recompute);

    /// <summary>The logits of the tokens that follow.</summary>
    /// <param name="ids">Token ids [N, T], T being at most the context.</param>
    /// <returns>[N, T, vocabulary].</returns>
    public Tensor Forward(Tensor<int> ids) => tokens.Attend(body.Forward(drop.Forward(positions.Forward(tokens.Forward(ids)))));
}
