using System;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>
/// Declares the shape of an input of <c>Forward</c> or of a <see cref="StepAttribute">step</see>, where the compiler starts from, or of a result, where it
/// checks.
/// </summary>
/// <param name="sizes">
/// One item per axis: an <see cref="int"/> is a size, a <see cref="string"/> names a symbolic size. The first axis is the batch, symbolic:
/// <c>[Shape("N", 1, 28, 28)]</c>. Any further symbolic size carries its upper bound: <c>[Shape("N", "T &lt;= 256")]</c>. The same name is the same size in
/// all of a method's parameters, and calls give it as a number.
/// </param>
/// <example><code>public Tensor Forward([Shape("N", "T &lt;= 256")] Tensor&lt;int&gt; tokens) => …</code></example>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class ShapeAttribute(params object[] sizes) : Attribute
{
    /// <summary>The sizes, outermost first: each an <see cref="int"/> or a <see cref="string"/>.</summary>
    public IReadOnlyList<object> Sizes { get; } = sizes;
}
