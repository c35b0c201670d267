using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>One layer of a <see cref="Sequential"/> network; the class's layer attributes, in their order, are the network.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>Whether nothing of the layer changes in training; see <see cref="FrozenAttribute"/>.</summary>
    public bool Frozen { get; set; }

    /// <summary>The learning rate of the layer's parameters, as a multiple of the step's; see <see cref="ParameterGroupAttribute"/>. 1 unless given.</summary>
    public float RateFactor { get; set; } = 1;

    /// <summary>The layer with parameters that eager evaluation uses; null where there are none.</summary>
    internal virtual Layer? CreateLayer() => null;

    /// <summary>Applies the layer eagerly.</summary>
    internal abstract DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
