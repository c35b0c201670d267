using System.Linq;

namespace DLCompiler;

/// <summary>A copy of a model's parameters and running statistics, to go back to.</summary>
internal sealed class ParameterSnapshot(ParameterSet parameters)
{
    private readonly (ParameterView View, float[] Values)[] copies = [.. parameters.Select(view => (view, new float[view.Length]))];

    public void Take()
    {
        foreach (var (view, values) in copies) view.CopyTo(values);
    }

    public void Restore()
    {
        foreach (var (view, values) in copies) view.CopyFrom(values);
    }
}
