namespace DLCompiler.Benchmarks.Models;

/// <summary>Causal attention of the heads of a projection, [N, T, 3·heads·depth], and nothing else.</summary>
[Block]
public partial class AttentionHeads(int length, int heads, int depth)
{
    /// <summary>The mixed values [N, T, heads·depth].</summary>
    public Tensor Forward(Tensor x)
    {
        var all = x.Reshape(x.Shape[0], length, 3 * heads, depth);
        var (query, key, value) = (all[.., .., ..heads], all[.., .., heads..(2 * heads)], all[.., .., (2 * heads)..]);
        var mixed = query.Transpose(1, 2).ScaledDotProductAttention(key.Transpose(1, 2), value.Transpose(1, 2), causal: true);
        return mixed.Transpose(1, 2).Reshape(x.Shape[0], length, heads * depth);
    }
}

/// <summary>A layer's attention in a GPT of 4×128: 4 heads of 32, context 64.</summary>
[Model]
public partial class AttentionOf128
{
    private readonly AttentionHeads heads = new(64, 4, 32);

    /// <summary>Applies the model.</summary>
    public Tensor Forward([Shape("N", 64, 384)] Tensor x) => heads.Forward(x);
}

/// <summary>A layer's attention in a GPT of 6×384: 6 heads of 64, context 256.</summary>
[Model]
public partial class AttentionOf384
{
    private readonly AttentionHeads heads = new(256, 6, 64);

    /// <summary>Applies the model.</summary>
    public Tensor Forward([Shape("N", 256, 1152)] Tensor x) => heads.Forward(x);
}

/// <summary>Attention over a long sequence: 8 heads of 64, 4,096 positions.</summary>
[Model]
public partial class AttentionOfLongSequences
{
    private readonly AttentionHeads heads = new(4096, 8, 64);

    /// <summary>Applies the model.</summary>
    public Tensor Forward([Shape("N", 4096, 1536)] Tensor x) => heads.Forward(x);
}

/// <summary>One token behind a cache of 4,096: 8 heads of 64.</summary>
[Model]
public partial class AttentionOfLastToken
{
    /// <summary>Applies the model.</summary>
    public Tensor Forward([Shape("N", 8, 1, 64)] Tensor query, [Shape("N", 8, 4096, 64)] Tensor key, [Shape("N", 8, 4096, 64)] Tensor value) =>
        query.ScaledDotProductAttention(key, value);
}
