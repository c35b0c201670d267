using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Planning;

/// <summary>For how many samples a function's variant for few samples is used.</summary>
/// <param name="Condition">The condition on <c>batch</c>, in C#.</param>
/// <param name="Why">What was chosen and why, for the emitted comment.</param>
public sealed record FewSamples(string Condition, string Why)
{
    private const string Name = "few", All = "all";

    // Of the samples that go side by side, less than all take as long as all.
    private const int BelowInBlock = 15;

    // Without convolutions, up to so many samples are one worker's.
    private const int OfOneWorker = Target.BlockSamples, Most = 4096;

    /// <summary>Decides it; null where the variant is never used.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="variant">The variant.</param>
    public static FewSamples? Choose(FunctionDecisions decisions, ScheduledFunction variant)
    {
        (int own, int most, string why) = variant.HasConvolutions
            ? (BelowInBlock, Target.BlockSamples, "sixteen samples side by side take as long as sixteen one by one, and fewer side by side as long as sixteen")
            : (OfOneWorker, Most, "up to sixteen samples are one worker's; there, all workers share the columns of wide layers");
        string chosen = variant.SuitsManySamples
            ? decisions.Choose("", Name, All, "Winograd's algorithm does most of the work there: fewer multiplications for any number of samples", Read)
            : decisions.Choose("", Name, ChoiceText.Integer(own), why, Read);
        string condition = chosen == All ? "true" : variant.HasConvolutions ? $"batch < {chosen} * ((batch + 15) / 16)" : $"batch <= {chosen}";
        return chosen == "0" ? null : new FewSamples(condition, $"{Name} = {chosen}: {decisions.Why("", Name)}");

        string Read(string text) => text == All ? All : ChoiceText.Integer(ChoiceText.Number(text, 0, most, "samples"));
    }
}
