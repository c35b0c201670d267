namespace DLCompiler.Compiler.Decisions;

/// <summary>Something that was chosen when a function was scheduled.</summary>
/// <param name="Subject">What it was chosen for: the function, or a value or phase of it: <c>Train</c>, <c>Predict/conv1</c>, <c>Train/phase0</c>.</param>
/// <param name="Name">What was chosen: <c>tile</c>, <c>rows</c>, <c>partition</c> …</param>
/// <param name="Value">The choice, as an override would write it.</param>
/// <param name="Why">The reason: what the cost model says, in words.</param>
/// <param name="IsOverridden">Whether the user chose, not the compiler.</param>
public sealed record Decision(string Subject, string Name, string Value, string Why, bool IsOverridden);
