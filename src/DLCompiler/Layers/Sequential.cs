using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Numerics;
using System.Reflection;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// The base of networks that are chains: their layers are the class's attributes, in order, and their input is <see cref="InputAttribute"/>. Parameters are
/// named by position: <c>0.weight</c>, <c>2.weight</c>.
/// </summary>
/// <example><code>[Model, Input("N", 784)]
/// [Dense(128), Relu, Dropout(0.2f), Dense(10)]
/// [Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
/// public partial class Mlp : Sequential;</code></example>
public abstract class Sequential
{
    private readonly Lazy<Stage[]> stages;

    /// <summary>Creates a chain.</summary>
    protected Sequential() => stages = new Lazy<Stage[]>(CreateStages);

    /// <summary>Applies the layers one after the other: in a model's body a part of that model, at run time the slow eager reference.</summary>
    /// <param name="x">The input, in the shape of <see cref="InputAttribute"/>.</param>
    /// <returns>The last layer's result.</returns>
    /// <exception cref="ShapeMismatchException">The input is not of the declared shape, or does not fit a layer.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values, first: 0));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values, first: 0));

    /// <summary>Applies the layers one after the other to ids; the first layer is an <see cref="EmbeddingAttribute">embedding</see>.</summary>
    /// <param name="ids">The ids, in the shape of <see cref="InputAttribute"/>.</param>
    /// <returns>The last layer's result.</returns>
    /// <exception cref="ShapeMismatchException">The input is not of the declared shape, or does not fit a layer.</exception>
    /// <exception cref="InvalidOperationException">The first layer is no embedding.</exception>
    public Tensor Forward(Tensor<int> ids)
    {
        if (stages.Value is not [{ Layer: Embedding embedding }, ..])
        {
            throw new InvalidOperationException("a chain takes ids where its first layer is an Embedding.");
        }

        CheckInput(ids.Shape);
        return new Tensor(Continue(embedding.Evaluate<float>(ids.Values), first: 1));
    }

    /// <summary>Makes the chain's layers use a model's parameters from now on.</summary>
    /// <param name="parameterSource">The model's storage.</param>
    /// <param name="name">The chain's checkpoint key in the model; empty if it is the model.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Attach(IParameterSource parameterSource, string name)
    {
        for (int index = 0; index < stages.Value.Length; index++)
        {
            stages.Value[index].Layer?.Attach(parameterSource, name.Length == 0 ? $"{index}" : $"{name}.{index}");
        }
    }

    /// <summary>The layers that own parameters, with their positions.</summary>
    internal IReadOnlyList<(int Position, Layer Layer)> Layers =>
        [.. stages.Value.Index().Where(item => item.Item.Layer is not null).Select(item => (item.Index, item.Item.Layer!))];

    private DenseArray<T> Evaluate<T>(DenseArray<T> x, int first)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckInput(x.Shape);
        return Continue(x, first);
    }

    private DenseArray<T> Continue<T>(DenseArray<T> x, int first)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var stage in stages.Value.AsSpan(first)) x = stage.Attribute.Apply(stage.Layer, x);
        return x;
    }

    // The compiler reads attributes in their order in the source, and writes them to the assembly in it.
    private Stage[] CreateStages() =>
        [.. GetType().GetCustomAttributes<LayerAttribute>(inherit: false).Select(attribute => new Stage(attribute, attribute.CreateLayer()))];

    private void CheckInput(TensorShape shape)
    {
        if (GetType().GetCustomAttribute<InputAttribute>(inherit: false) is not { } input) return;
        string declared = $"[{string.Join(", ", input.Sizes)}]";
        if (input.Sizes.Count != shape.Rank)
        {
            throw new ShapeMismatchException($"{GetType().Name} takes {declared} but receives {shape}: it has {shape.Rank} axes, not {input.Sizes.Count}.");
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (input.Sizes[axis] is int size && size != shape[axis])
            {
                throw new ShapeMismatchException($"{GetType().Name} takes {declared} but receives {shape}: dimension {axis} is {shape[axis]}, not {size}.");
            }
        }
    }

    private sealed record Stage(LayerAttribute Attribute, Layer? Layer);
}
