namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What one model may cost at compile time: an editor evaluates whatever is typed, also a loop without end. They are counts, not
/// times, so that they are the same on every machine: reaching one takes a second or two, and ResNet-152 needs a hundredth of each.</summary>
/// <param name="Steps">Expressions and statements evaluated.</param>
/// <param name="Nodes">Nodes of one function's graph.</param>
/// <param name="Depth">Calls within calls.</param>
/// <param name="Elements">Elements of all arrays, lists and strings made.</param>
/// <param name="Objects">Layers and blocks created.</param>
internal sealed record EvaluationLimits(long Steps = 2_000_000, int Nodes = 20_000, int Depth = 200, long Elements = 2_000_000, int Objects = 20_000);
