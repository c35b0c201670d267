using System;
using System.Threading;
using System.Threading.Tasks;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>One way to mend a finding.</summary>
/// <param name="title">What the IDE offers.</param>
/// <param name="key">Which of the ways that a code fix knows this is: "Fix all" takes the same one for all findings.</param>
/// <param name="apply">Makes the change.</param>
internal sealed class Remedy(string title, string key, Func<EditSession, CancellationToken, Task> apply)
{
    /// <summary>What the IDE offers.</summary>
    public string Title { get; } = title;

    /// <summary>Which of the ways that a code fix knows this is.</summary>
    public string Key { get; } = key;

    /// <summary>Makes the change.</summary>
    public Task ApplyAsync(EditSession session, CancellationToken cancellation) => apply(session, cancellation);
}
