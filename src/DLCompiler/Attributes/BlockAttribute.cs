using System;

namespace DLCompiler;

/// <summary>
/// Declares a reusable piece of a network: layer fields and a <c>Forward</c> method as in a <see cref="ModelAttribute">model</see>, with hyperparameters as
/// constructor parameters. It is inlined into every model that has it as a field or derives from it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
