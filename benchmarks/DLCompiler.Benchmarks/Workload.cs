using System;

namespace DLCompiler.Benchmarks;

/// <summary>What is measured, and how much work it is.</summary>
/// <param name="Call">One training step, one prediction, or one round of a ceiling.</param>
/// <param name="Flops">Floating-point operations of a call that the network or the ceiling needs (<see cref="Arithmetic"/>).</param>
/// <param name="Bytes">Bytes that a call reads, where reading is all it does; else 0.</param>
internal sealed record Workload(Action Call, double Flops, double Bytes = 0);
