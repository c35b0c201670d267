using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>What is known of a tensor at compile time.</summary>
public readonly record struct TensorType(ElementType Element, Shape Shape)
{
    /// <inheritdoc/>
    public override string ToString() => Element == ElementType.Float32 ? Shape.ToString() : $"{Element} {Shape}";
}
