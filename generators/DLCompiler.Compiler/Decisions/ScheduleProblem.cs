namespace DLCompiler.Compiler.Decisions;

/// <summary>A choice of the user's that is not followed.</summary>
/// <param name="Override">Its number.</param>
/// <param name="Message">Why, and what is possible.</param>
public sealed record ScheduleProblem(int Override, string Message);
