namespace DLCompiler;

/// <summary>Long short-term memory over sequences, in a <see cref="Sequential"/> network (<see cref="DLCompiler.Lstm"/>).</summary>
/// <param name="units">The number of units.</param>
/// <param name="layers">How many layers stand one on the other.</param>
/// <param name="bidirectional">Whether each layer has a second direction.</param>
/// <param name="merge">What becomes of the outputs of the two directions.</param>
/// <param name="sequence">Whether the outputs of all steps are given, or that of the last one alone.</param>
/// <param name="dropout">The rate of dropout between layers.</param>
/// <param name="recurrentDropout">The rate of dropout on the state that the recurrent product takes.</param>
/// <param name="bias">Whether there are biases.</param>
public sealed class LstmAttribute(
    int units,
    int layers = 1,
    bool bidirectional = false,
    DirectionMerge merge = DirectionMerge.Concat,
    bool sequence = true,
    float dropout = 0,
    float recurrentDropout = 0,
    bool bias = true) : LayerAttribute
{
    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>How many layers stand one on the other.</summary>
    public int Layers { get; } = layers;

    /// <summary>Whether each layer has a second direction.</summary>
    public bool Bidirectional { get; } = bidirectional;

    /// <summary>What becomes of the outputs of the two directions.</summary>
    public DirectionMerge Merge { get; } = merge;

    /// <summary>Whether the outputs of all steps are given, or that of the last one alone.</summary>
    public bool Sequence { get; } = sequence;

    /// <summary>The rate of dropout between layers.</summary>
    public float Dropout { get; } = dropout;

    /// <summary>The rate of dropout on the state that the recurrent product takes.</summary>
    public float RecurrentDropout { get; } = recurrentDropout;

    /// <summary>Whether there are biases.</summary>
    public bool Bias { get; } = bias;

    internal override Layer CreateLayer() =>
        new Lstm(Units, Layers, Bidirectional, Merge, Sequence, Dropout, RecurrentDropout, Bias);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((Lstm)layer!).Evaluate(x, [null, null], null).Outputs;
}
