using System;

namespace DLCompiler;

/// <summary>
/// What a <see cref="ModelAttribute">model</see> allows its predictions. Nothing is on unless it is set; training never changes.
/// </summary>
/// <example><c>[Model, Inference(Winograd = true)]</c></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InferenceAttribute : Attribute
{
    /// <summary>
    /// Whether the model continues sequences token by token: it gets a method <c>NextTokens()</c>, whose result computes the scores of the next token from
    /// what it remembers of those before: keys and values of causal attention, states of recurrent layers. <c>Forward</c> takes ids whose length has a bound,
    /// <c>[Shape("N", "T &lt;= 256")] Tensor&lt;int&gt;</c>, and returns scores after each step, [N, T, tokens]; it may not look along the sequence in another
    /// way. Its other inputs, such as what an encoder reads, are parameters of <c>NextTokens</c>, and what is computed of them alone is computed there. False
    /// unless set, because it is one more function to compile, or two.
    /// </summary>
    /// <example><c>[Model, Inference(Generation = true)]</c></example>
    public bool Generation { get; set; }

    /// <summary>
    /// Whether predictions may compute 3×3 convolutions by Winograd's algorithm F(2×2, 3×3) (Lavin and Gray, "Fast algorithms for convolutional
    /// neural networks", 2015): 16 multiplications in place of 36. It is chosen for stride 1, no dilation, no groups, padding 0 or 1 and at least 64 channels
    /// on either side, where the compiler's model of cycles says that it pays; where no convolution is such, nothing changes. False unless set, because
    /// results are rounded differently.
    /// </summary>
    /// <remarks>
    /// Each 2 × 2 results are made of sums and differences of 4 × 4 source elements. Their error is relative to the largest of these, not to those that a
    /// result is a sum of: a single large element costs its neighbours digits, and an infinite one makes them NaN. On ordinary data nothing is lost: with
    /// normally
    /// distributed or rectified elements, weights as a layer starts with and 64 to 256 channels, the root mean square error was 2.4e-7 to 5.0e-7 of the
    /// results', where that of the direct sum, which adds nine times as many terms one by one, was 3.1e-7 to 8.2e-7. Transformed weights take 16/9 of the
    /// memory of packed ones.
    /// </remarks>
    public bool Winograd { get; set; }
}
