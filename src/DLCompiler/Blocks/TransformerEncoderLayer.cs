namespace DLCompiler;

/// <summary>
/// A layer of a transformer (Vaswani et al. 2017): attention of a sequence with itself, then two Dense layers at each position, each with dropout, a residual
/// sum and layer normalisation; PyTorch's <c>TransformerEncoderLayer</c> with the batch first, and its names of parameters: <c>self_attn</c>,
/// <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>. A block: as a field of a model it is compiled with it.
/// </summary>
/// <param name="features">The features E of each position.</param>
/// <param name="heads">The number of heads, which divides the features.</param>
/// <param name="hidden">Units between the two Dense layers.</param>
/// <param name="dropout">The rate of dropout, of weights, of the hidden units and before the sums.</param>
/// <param name="activation">The activation of the hidden units.</param>
/// <param name="preNorm">Whether each part normalises what it reads (Xiong et al. 2020), and not the sum; an encoder then ends in a normalisation.</param>
/// <param name="causal">Whether positions after a query's own are hidden: a layer of a GPT.</param>
/// <param name="epsilon">What normalisations add to the variance.</param>
[Block]
public partial class TransformerEncoderLayer(
    int features, int heads, int hidden = 2048, float dropout = 0.1f, FeedForwardActivation activation = FeedForwardActivation.Relu, bool preNorm = false,
    bool causal = false, float epsilon = 1e-5f)
{
    private readonly MultiHeadAttention self_attn = new(heads, dropout: dropout, causal: causal);
    private readonly Dense linear1 = new(hidden);
    private readonly Dense linear2 = new(features);
    private readonly LayerNorm norm1 = new(epsilon);
    private readonly LayerNorm norm2 = new(epsilon);
    private readonly Dropout dropout1 = new(dropout);
    private readonly Dropout dropout2 = new(dropout);
    private readonly Dropout dropoutHidden = new(dropout);

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, T, E].</param>
    /// <param name="bias">What is added to the scores, of a shape that broadcasts to [N, heads, T, T].</param>
    /// <param name="mask">Where keys are seen, likewise: true takes part.</param>
    /// <param name="lengths">How many positions of each sample count, [N]; what stands after them is padding.</param>
    /// <returns>[N, T, E].</returns>
    public Tensor Forward(Tensor x, Tensor? bias = null, Tensor<bool>? mask = null, Tensor<int>? lengths = null)
    {
        if (preNorm)
        {
            x = x + dropout1.Forward(self_attn.Forward(norm1.Forward(x), bias: bias, mask: mask, lengths: lengths));
            return x + FeedForward(norm2.Forward(x));
        }

        x = norm1.Forward(x + dropout1.Forward(self_attn.Forward(x, bias: bias, mask: mask, lengths: lengths)));
        return norm2.Forward(x + FeedForward(x));
    }

    private Tensor FeedForward(Tensor x)
    {
        var y = linear1.Forward(x);
        y = activation == FeedForwardActivation.Relu ? y.Relu() : activation == FeedForwardActivation.Gelu ? y.Gelu() : y.GeluTanh();
        return dropout2.Forward(linear2.Forward(dropoutHidden.Forward(y)));
    }
}
