using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>
/// Elementwise functions that emitted kernels call, for every vector width and as scalars. Vector paths make no calls, so that values stay in registers.
/// NaN propagates through all of them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath;
