using System;

namespace DLCompiler;

/// <summary>
/// Shapes do not fit an operation. The message names the shapes, the dimension that is wrong and the remedy, as the compiler's diagnostics do for the same
/// mistake in a model.
/// </summary>
public sealed class ShapeMismatchException : ArgumentException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public ShapeMismatchException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Names the shapes, the dimension and the remedy.</param>
    public ShapeMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Names the shapes, the dimension and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public ShapeMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
