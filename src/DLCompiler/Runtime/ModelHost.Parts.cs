namespace DLCompiler.Runtime;

public sealed partial class ModelHost : IParameterSource
{
    /// <summary>Lets a layer that is called eagerly use the model's parameters.</summary>
    /// <param name="layer">The layer; null does nothing.</param>
    /// <param name="name">Its checkpoint key.</param>
    public void Attach(Layer? layer, string name) => layer?.Attach(this, name);

    /// <summary>Lets a chain that is called eagerly use the model's parameters.</summary>
    /// <param name="chain">The chain; null does nothing.</param>
    /// <param name="name">Its checkpoint key; empty for the model itself.</param>
    public void Attach(Sequential? chain, string name) => chain?.Attach(this, name);

    /// <summary>Makes a model that is a field of this one use a part of this one's storage.</summary>
    /// <param name="model">The field's value; null does nothing.</param>
    /// <param name="firstParameter">The index among this model's parameters of the field's first.</param>
    /// <param name="firstState">The index among this model's states of the field's first.</param>
    public void Attach(IModelSurface? model, int firstParameter, int firstState) => model?.Link.Attach(model, this, firstParameter, firstState);

    /// <inheritdoc/>
    public Tensor? Find(string name) => Parameters.TryGet(name, out ParameterView? view) ? Tensor.FromArray(view.ToArray(), view.Shape.ToArray()) : null;
}
