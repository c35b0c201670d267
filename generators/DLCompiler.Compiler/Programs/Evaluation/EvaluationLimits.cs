namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What one model may cost at compile time: an editor evaluates whatever is typed, also a loop without end.</summary>
/// <param name="Steps">Expressions and statements evaluated.</param>
/// <param name="Nodes">Nodes of one function's graph.</param>
/// <param name="Depth">Calls within calls.</param>
/// <param name="Elements">Elements of all arrays, lists and strings made.</param>
internal sealed record EvaluationLimits(long Steps = 20_000_000, int Nodes = 100_000, int Depth = 200, long Elements = 10_000_000);
