using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

public static partial class Lanes
{
    // The 4×4 squares in each 128 bits of four vectors, transposed: single elements are interleaved, then pairs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquares(ref Vector512<float> row0, ref Vector512<float> row1, ref Vector512<float> row2, ref Vector512<float> row3)
    {
        var low01 = Avx512F.UnpackLow(row0, row1).AsDouble();
        var high01 = Avx512F.UnpackHigh(row0, row1).AsDouble();
        var low23 = Avx512F.UnpackLow(row2, row3).AsDouble();
        var high23 = Avx512F.UnpackHigh(row2, row3).AsDouble();
        row0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        row1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        row2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        row3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquares(ref Vector256<float> row0, ref Vector256<float> row1, ref Vector256<float> row2, ref Vector256<float> row3)
    {
        var low01 = Avx.UnpackLow(row0, row1).AsDouble();
        var high01 = Avx.UnpackHigh(row0, row1).AsDouble();
        var low23 = Avx.UnpackLow(row2, row3).AsDouble();
        var high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        row0 = Avx.UnpackLow(low01, low23).AsSingle();
        row1 = Avx.UnpackHigh(low01, low23).AsSingle();
        row2 = Avx.UnpackLow(high01, high23).AsSingle();
        row3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquares(ref Vector128<float> row0, ref Vector128<float> row1, ref Vector128<float> row2, ref Vector128<float> row3)
    {
        var low01 = InterleaveLow(row0, row1).AsDouble();
        var high01 = InterleaveHigh(row0, row1).AsDouble();
        var low23 = InterleaveLow(row2, row3).AsDouble();
        var high23 = InterleaveHigh(row2, row3).AsDouble();
        row0 = Vector128.Create(low01.GetLower(), low23.GetLower()).AsSingle();
        row1 = Vector128.Create(low01.GetUpper(), low23.GetUpper()).AsSingle();
        row2 = Vector128.Create(high01.GetLower(), high23.GetLower()).AsSingle();
        row3 = Vector128.Create(high01.GetUpper(), high23.GetUpper()).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackLow(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(a, b);
        return Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackHigh(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(a, b);
        return Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
    }
}
