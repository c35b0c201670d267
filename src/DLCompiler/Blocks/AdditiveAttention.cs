namespace DLCompiler;

/// <summary>
/// Additive attention of a decoder's state to the outputs of an encoder (Bahdanau, Cho and Bengio 2014): weights softmax(v·tanh(W·state + U·memory + b)) over
/// the steps of the memory, and the memory's mean with them. A block: as a field of a model it is compiled with it; in a <c>Scan</c>, the memory's part is
/// computed once for all steps. Parameters: <c>query.weight</c> [units, D], <c>keys.weight</c> [units, F], <c>keys.bias</c> [units], <c>score.weight</c>
/// [1, units].
/// </summary>
/// <param name="units">The size of the space in which states and memory meet.</param>
[Block]
public partial class AdditiveAttention(int units)
{
    private readonly Dense query = new(units, bias: false);
    private readonly Dense keys = new(units);
    private readonly Dense score = new(1, bias: false);

    /// <summary>Attends to all of the memory.</summary>
    /// <param name="state">The decoder's state [N, D].</param>
    /// <param name="memory">The encoder's outputs [N, S, F].</param>
    /// <returns>The weighted mean of the memory [N, F], and the weights [N, S].</returns>
    public (Tensor Context, Tensor Weights) Forward(Tensor state, Tensor memory) => Read(Scores(state, memory), memory);

    /// <summary>Attends to a part of the memory.</summary>
    /// <param name="state">The decoder's state [N, D].</param>
    /// <param name="memory">The encoder's outputs [N, S, F].</param>
    /// <param name="mask">Where there is something to attend to [N, S]; a sample without any attends to all alike.</param>
    /// <returns>The weighted mean of the memory [N, F], and the weights [N, S].</returns>
    public (Tensor Context, Tensor Weights) Forward(Tensor state, Tensor memory, Tensor<bool> mask) =>
        Read(Tensor.Where(mask, Scores(state, memory), -1e30f), memory);

    private Tensor Scores(Tensor state, Tensor memory)
    {
        Tensor sum = query.Forward(state).Reshape(state.Shape[0], 1, units) + keys.Forward(memory);
        return score.Forward(sum.Tanh()).Reshape(memory.Shape[0], memory.Shape[1]);
    }

    private static (Tensor Context, Tensor Weights) Read(Tensor scores, Tensor memory)
    {
        Tensor weights = scores.Softmax();
        Tensor context = weights.Reshape(memory.Shape[0], 1, memory.Shape[1]).MatMul(memory);
        return (context.Reshape(memory.Shape[0], memory.Shape[2]), weights);
    }
}
