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
    /// Whether predictions of few samples may compute 3×3 convolutions by Winograd's algorithm F(2×2, 3×3) (Lavin and Gray, "Fast algorithms for convolutional
    /// neural networks", 2015): 16 multiplications in place of 36. It is chosen for stride 1, no dilation, no groups, padding 0 or 1 and at least 64 channels
    /// on either side, where the compiler's model of cycles says that it pays; where no convolution is such, nothing changes. False unless set, because it
    /// rounds differently.
    /// </summary>
    public bool Winograd { get; set; }
}
