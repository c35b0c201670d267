using System;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>Declares the input shape of a <see cref="Sequential"/> model, as <see cref="ShapeAttribute"/> does for a parameter of <c>Forward</c>.</summary>
/// <param name="sizes">
/// One item per axis: an <see cref="int"/> is a size, a <see cref="string"/> names a symbolic size; the first is the batch: <c>[Input("N", 784)]</c>.
/// </param>
/// <remarks>
/// Where the first layer is an <see cref="EmbeddingAttribute">embedding</see>, the input is a <see cref="Tensor{T}"/> of <see cref="int"/>; otherwise a
/// <see cref="Tensor"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params object[] sizes) : Attribute
{
    /// <summary>The sizes, outermost first: each an <see cref="int"/> or a <see cref="string"/>.</summary>
    public IReadOnlyList<object> Sizes { get; } = sizes;
}
