using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DLCompiler.Runtime;

/// <summary>The messages of calls with arguments that don't fit; apart from the checks, so that these stay small.</summary>
internal static class CallErrors
{
    [DoesNotReturn]
    public static void ThrowNotWholeSamples(string name, int length, int perSample) => Throw(name,
        $"'{name}' has {length} elements, which is not a whole number of samples of {perSample} elements. Pass a multiple of {perSample}.");

    [DoesNotReturn]
    public static void ThrowBatchesDiffer(string name, int length, int samples, int perSample, int batch) => Throw(name,
        $"'{name}' has {samples} samples ({length} elements, {perSample} per sample), but the inputs before it have {batch}. Pass {(long)batch * perSample} elements.");

    [DoesNotReturn]
    public static void ThrowIndexOutOfRange(string name, int position, int value, int limit) => Throw(name,
        $"'{name}' holds {value} at position {position}; values from 0 to {limit - 1} are expected. Number classes and ids from 0.");

    [DoesNotReturn]
    public static void ThrowLengthOutOfRange(string name, int sample, int value, int longest) => throw new ArgumentOutOfRangeException(name, value,
        FormattableString.Invariant($"the length of sample {sample} must be from 1 to {longest}, the padded length. Leave empty samples out."));

    [DoesNotReturn]
    public static void ThrowSizeOutOfRange(string name, int value, int bound, string symbol) => throw new ArgumentOutOfRangeException(name, value,
        FormattableString.Invariant($"{symbol} may be 1 to {bound}, as [Shape(…, \"{symbol} <= {bound}\")] says. Pass less at a time, or raise the bound there."));

    [DoesNotReturn]
    public static void ThrowSizeNotMultiple(string name, int value, int multiple, string symbol) => throw new ArgumentOutOfRangeException(name, value,
        FormattableString.Invariant($"{symbol} has to be a multiple of {multiple}, as the model divides it (DLC1020). Pad the samples, or cut them."));

    [DoesNotReturn]
    public static void ThrowOutputLength(string name, int length, int batch, int perSample) => Throw(name,
        $"'{name}' has room for {length} elements, but {batch} samples give {(long)batch * perSample} ({perSample} per sample). Pass a span of exactly that length.");

    [DoesNotReturn]
    public static void ThrowLengthDiffers(string name, int length, int expected) => Throw(name,
        $"'{name}' has {length} elements, but {expected} are expected. Pass exactly that many.");

    [DoesNotReturn]
    public static void ThrowTooLong(int batch, long length) => throw new ArgumentException(FormattableString.Invariant(
        $"{batch} samples give {length} elements, and an array has {Array.MaxLength} at most. Pass fewer samples at a time."));

    [DoesNotReturn]
    public static void ThrowOverlap(string name) => Throw(name,
        $"'{name}' overlaps an input's memory. The function reads its inputs while it writes its outputs: pass memory of its own.");

    [DoesNotReturn]
    private static void Throw(string name, FormattableString message) => throw new ArgumentException(message.ToString(CultureInfo.InvariantCulture), name);
}
