using System;

namespace DLCompiler.Tests;

/// <summary>
/// Test inputs that PyTorch can repeat exactly: element i is ((37·i + 11·salt) mod 23 − 11)/8, a multiple of 1/8. In Python:
/// <c>(((torch.arange(n) * 37 + salt * 11) % 23) - 11).double().reshape(sizes) / 8</c>. Comments beside expected figures call it P.
/// </summary>
internal static class Pattern
{
    public static Tensor Of(params ReadOnlySpan<int> sizes) => Salted(0, sizes);

    public static Tensor Salted(int salt, params ReadOnlySpan<int> sizes)
    {
        float[] elements = new float[new TensorShape(sizes).ElementCount];
        for (int index = 0; index < elements.Length; index++) elements[index] = (((index * 37) + (salt * 11)) % 23 - 11) / 8f;
        return Tensor.FromArray(elements, sizes);
    }
}
