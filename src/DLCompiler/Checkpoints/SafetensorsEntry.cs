namespace DLCompiler.Checkpoints;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its element type: <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">The first byte, from the start of the data.</param>
/// <param name="End">The byte after the last.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
