namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Self-attention over sequences of any length up to a bound, with a label for each step.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.01f)]
public partial class Tagger
{
    readonly Embedding table = new(9, 12);
    readonly Dense query = new(12), key = new(12), value = new(12), classes = new(9);

    public Tensor Forward([Shape("N", "T <= 12")] Tensor<int> ids)
    {
        Tensor x = table.Forward(ids);
        Tensor weights = (query.Forward(x).MatMul(key.Forward(x).Transpose(1, 2)) * 0.3f).Softmax();
        return classes.Forward(x + weights.MatMul(value.Forward(x)).Tanh());
    }
}

/// <summary>One label for a whole sequence, so that data sets fit; the length stands in shapes under another name.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.02f)]
public partial class BagOfWords
{
    readonly Embedding table = new(9, 12);
    readonly Dense classes = new(2);

    public Tensor Forward([Shape("N", "Words <= 10")] Tensor<int> ids) => classes.Forward(table.Forward(ids).Max(1));
}

/// <summary>The ends of a sequence: a first step's class and a last one's.</summary>
[Model]
public partial class Ends
{
    readonly Dense step = new(4);

    public (Tensor First, Tensor Last) Forward([Shape("N", "T <= 9", 3)] Tensor x)
    {
        Tensor y = step.Forward(x);
        return (y[.., 0], y[.., ^1..]);
    }
}

/// <summary>What goes along the features of each step.</summary>
[Model]
public partial class Ranked
{
    public (Tensor Sums, Tensor Sorted) Forward([Shape("N", "T <= 9", 5)] Tensor x) => (x.CumSum(2), x.Sort(2));
}

/// <summary>Steps in pairs: the length has to be even, which calls check.</summary>
[Model]
public partial class Pairs
{
    readonly Dense pair = new(5);

#pragma warning disable DLC1020 // Checked at run time, on purpose.
    public Tensor Forward([Shape("N", "T <= 9", 3)] Tensor x) => pair.Forward(x.Reshape(x.Shape[0], x.Shape[1] / 2, 6)).Mean(1);
#pragma warning restore DLC1020
}
