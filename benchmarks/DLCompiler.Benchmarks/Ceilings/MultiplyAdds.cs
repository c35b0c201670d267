using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Benchmarks.Ceilings;

/// <summary>
/// Fused multiply-adds on registers alone, in the widest vectors that the processor has. There are as many independent chains as its two units with a latency of
/// four or five cycles need, and no more than fit into its registers.
/// </summary>
internal sealed class MultiplyAdds : CeilingJob
{
    private const int Rounds = 20_000;

    private float[] results = [];

    public override double Flops =>
        2.0 * Rounds * (Vector512.IsHardwareAccelerated ? 24 * Vector512<float>.Count : 12 * Vector256<float>.Count);

    public override void Allocate(int workers) => results = new float[workers * 16];

    // A result that somebody could read, of factors that nobody knows when this is compiled.
    protected override void Execute(int worker)
    {
        float scale = 0.999f + results[worker * 16];
        float sum = Vector512.IsHardwareAccelerated ? Run512(scale, 1e-3f) : Run256(scale, 1e-3f);
        results[worker * 16] = float.IsNaN(sum) ? 1 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float scale, float offset)
    {
        var (x, y) = (Vector512.Create(scale), Vector512.Create(offset));
        var (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) = (x, x, x, x, x, x, x, x, x, x, x, x);
        var (a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23) = (x, x, x, x, x, x, x, x, x, x, x, x);
        for (int i = 0; i < Rounds; i++)
        {
            a0 = Vector512.FusedMultiplyAdd(a0, x, y); a1 = Vector512.FusedMultiplyAdd(a1, x, y);
            a2 = Vector512.FusedMultiplyAdd(a2, x, y); a3 = Vector512.FusedMultiplyAdd(a3, x, y);
            a4 = Vector512.FusedMultiplyAdd(a4, x, y); a5 = Vector512.FusedMultiplyAdd(a5, x, y);
            a6 = Vector512.FusedMultiplyAdd(a6, x, y); a7 = Vector512.FusedMultiplyAdd(a7, x, y);
            a8 = Vector512.FusedMultiplyAdd(a8, x, y); a9 = Vector512.FusedMultiplyAdd(a9, x, y);
            a10 = Vector512.FusedMultiplyAdd(a10, x, y); a11 = Vector512.FusedMultiplyAdd(a11, x, y);
            a12 = Vector512.FusedMultiplyAdd(a12, x, y); a13 = Vector512.FusedMultiplyAdd(a13, x, y);
            a14 = Vector512.FusedMultiplyAdd(a14, x, y); a15 = Vector512.FusedMultiplyAdd(a15, x, y);
            a16 = Vector512.FusedMultiplyAdd(a16, x, y); a17 = Vector512.FusedMultiplyAdd(a17, x, y);
            a18 = Vector512.FusedMultiplyAdd(a18, x, y); a19 = Vector512.FusedMultiplyAdd(a19, x, y);
            a20 = Vector512.FusedMultiplyAdd(a20, x, y); a21 = Vector512.FusedMultiplyAdd(a21, x, y);
            a22 = Vector512.FusedMultiplyAdd(a22, x, y); a23 = Vector512.FusedMultiplyAdd(a23, x, y);
        }

        return Vector512.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12 + a13 + a14 + a15 + a16 + a17 + a18 + a19 + a20 + a21
            + a22 + a23);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float scale, float offset)
    {
        var (x, y) = (Vector256.Create(scale), Vector256.Create(offset));
        var (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) = (x, x, x, x, x, x, x, x, x, x, x, x);
        for (int i = 0; i < Rounds; i++)
        {
            a0 = Vector256.FusedMultiplyAdd(a0, x, y); a1 = Vector256.FusedMultiplyAdd(a1, x, y);
            a2 = Vector256.FusedMultiplyAdd(a2, x, y); a3 = Vector256.FusedMultiplyAdd(a3, x, y);
            a4 = Vector256.FusedMultiplyAdd(a4, x, y); a5 = Vector256.FusedMultiplyAdd(a5, x, y);
            a6 = Vector256.FusedMultiplyAdd(a6, x, y); a7 = Vector256.FusedMultiplyAdd(a7, x, y);
            a8 = Vector256.FusedMultiplyAdd(a8, x, y); a9 = Vector256.FusedMultiplyAdd(a9, x, y);
            a10 = Vector256.FusedMultiplyAdd(a10, x, y); a11 = Vector256.FusedMultiplyAdd(a11, x, y);
        }

        return Vector256.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11);
    }
}
