using System;

namespace DLCompiler;

/// <summary>
/// Limits on what a <see cref="ModelAttribute">model</see> may need, checked by the compiler (DLC4001): the build fails where one is exceeded. For networks that
/// have to fit a device, a download or a response time.
/// </summary>
/// <example><c>[Model, Budget(Parameters = 100_000, Bytes = 512 * 1024)]</c></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most trained numbers. At least 1; no limit unless set.</summary>
    public long Parameters { get; set; }

    /// <summary>
    /// The most bytes that the model and one sample in it take: 4 for each parameter and each running statistic, and the outputs of all layers for one sample
    /// (<c>ActivationBytes</c> of the model). At least 1; no limit unless set.
    /// </summary>
    public long Bytes { get; set; }

    /// <summary>The most multiplications plus additions of one prediction of one sample. At least 1; no limit unless set.</summary>
    public long Flops { get; set; }
}
