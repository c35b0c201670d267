using System;

namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Masks by operators, in and out, and functions of the user's own.</summary>
[Model]
public partial class MaskedNet
{
    public (Tensor Masked, Tensor<bool> Mask) Forward([Shape("N", 5)] Tensor x, [Shape("N", 5)] Tensor<int> ids, [Shape("N", 5)] Tensor<bool> given)
    {
        var mask = (x > 0.25f | given) & !(ids < 2) ^ (x <= -0.5f);
        return (Tensor.Where(mask, x.Map(Swish), x.Map(v => v < 0 ? 0.1f * v : v)), mask);
    }

    static float Swish(float v) => v / (1 + MathF.Exp(-v));
}
