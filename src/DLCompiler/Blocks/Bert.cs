namespace DLCompiler;

/// <summary>
/// The body of a BERT (Devlin et al. 2018): embeddings of tokens, positions and segments, normalised, and layers that see the whole sequence; and the head
/// that predicts masked tokens by the table of the tokens. Its loss is <c>SoftmaxCrossEntropy</c> with a label that is ignored, such as −100, where no token
/// was masked. Parameters: <c>tokens</c>, <c>positions</c>, <c>segmentTable</c>, <c>norm</c>, <c>body.layers.0</c> and so on; of the head <c>transform</c> and
/// <c>headNorm</c>. A block: as a field of a model it is compiled with it.
/// </summary>
/// <param name="vocabulary">The number of tokens.</param>
/// <param name="context">The longest sequence.</param>
/// <param name="features">The features E of each position.</param>
/// <param name="heads">The number of heads, which divides the features.</param>
/// <param name="count">The number of layers.</param>
/// <param name="segments">The number of segments a token may belong to.</param>
/// <param name="dropout">The rate of dropout.</param>
/// <param name="recompute">Whether training computes a layer's values again for its gradient, instead of keeping those of all layers.</param>
[Block]
public partial class Bert(int vocabulary, int context, int features, int heads, int count, int segments = 2, float dropout = 0.1f, bool recompute = false)
{
    private readonly Embedding tokens = new(vocabulary, features, gain: 0.02f);
    private readonly LearnedPositions positions = new(context, gain: 0.02f);
    private readonly Embedding segmentTable = new(segments, features, gain: 0.02f);
    private readonly LayerNorm norm = new(1e-12f);
    private readonly Dropout drop = new(dropout);
    private readonly TransformerEncoder body = new(
        count, features, heads, 4 * features, dropout, FeedForwardActivation.Gelu, epsilon: 1e-12f, recompute: recompute);
    private readonly Dense transform = new(features);
    private readonly LayerNorm headNorm = new(1e-12f);

    /// <summary>What is known of each position.</summary>
    /// <param name="ids">Token ids [N, T], T being at most the context.</param>
    /// <param name="segments">The segment of each token, in the shape of the ids; none where left out.</param>
    /// <param name="lengths">How many positions of each sample count, [N]; what stands after them is padding.</param>
    /// <returns>[N, T, E].</returns>
    public Tensor Forward(Tensor<int> ids, Tensor<int>? segments = null, Tensor<int>? lengths = null)
    {
        var x = positions.Forward(tokens.Forward(ids));
        if (segments is not null) x = x + segmentTable.Forward(segments);
        return body.Forward(drop.Forward(norm.Forward(x)), lengths: lengths);
    }

    /// <summary>The logits of the tokens at each position.</summary>
    /// <param name="hidden">What <c>Forward</c> gives, [N, T, E].</param>
    /// <returns>[N, T, vocabulary].</returns>
    public Tensor MaskedLogits(Tensor hidden) => tokens.Attend(headNorm.Forward(transform.Forward(hidden).Gelu()));
}
