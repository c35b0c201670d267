namespace DLCompiler.Tests.Layers;

internal static class LayerSetup
{
    /// <summary>Gives a layer parameters; they are fixed before its first Forward.</summary>
    public static TLayer With<TLayer>(this TLayer layer, params (string Name, Tensor Value)[] parameters)
        where TLayer : Layer
    {
        foreach (var (name, value) in parameters) layer.SetParameter(name, value);
        return layer;
    }
}
