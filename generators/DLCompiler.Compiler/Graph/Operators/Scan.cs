namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// A loop over time: the sequences are [T, …] with T symbolic or known. Sequences of different lengths in one batch are masked in the body, which is given
/// the step's number (an <see cref="Iota"/> as a sequence) and the lengths (shared): past its end a sample keeps its carried values.
/// </summary>
/// <inheritdoc cref="Loop"/>
public sealed record Scan(SubGraph Body, int CarriedCount, int SequenceCount, bool Reverse, int Result)
    : Loop(Body, CarriedCount, SequenceCount, Reverse, Result);
