using System;

namespace DLCompiler.Compiler.Decisions;

/// <summary>A choice that can't be taken. The message says what can.</summary>
public sealed class ImpossibleChoiceException(string message) : Exception(message);
