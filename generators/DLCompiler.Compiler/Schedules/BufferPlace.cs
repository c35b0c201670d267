using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Where a view begins in the memory that it is a view of: an element of a stack, whose number may depend on the step of a loop.
/// </summary>
/// <param name="Counter">The loop whose step is part of the number; null for none.</param>
/// <param name="Ahead">What is added to the step.</param>
/// <param name="Stride">From one element of the stack to the next.</param>
/// <param name="Alternates">Whether the stack has two elements that take turns.</param>
public sealed record BufferPlace(LoopCounter? Counter, Dimension Ahead, Dimension Stride, bool Alternates = false);
