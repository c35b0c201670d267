namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>SimpleRnnNet of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.2f, Momentum = 0.9f)]
public partial class ReferenceSimpleRnn
{
    private readonly SimpleRnn rnn = new(9, layers: 2, sequence: false);
    private readonly Dense head = new(4);

    public Tensor Forward([Shape("N", 7, 5)] Tensor x) => head.Forward(rnn.Forward(x));
}

/// <summary>LstmNet of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-2f)]
public partial class ReferenceLstm
{
    private readonly Lstm rnn = new(9, sequence: false);
    private readonly Dense head = new(4);

    public Tensor Forward([Shape("N", 7, 5)] Tensor x) => head.Forward(rnn.Forward(x));
}

/// <summary>GruNet of reference.py, with a length that calls give.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.2f, Momentum = 0.9f)]
public partial class ReferenceGru
{
    private readonly Gru rnn = new(9, sequence: false);
    private readonly Dense head = new(4);

    public Tensor Forward([Shape("N", "T <= 12", 5)] Tensor x) => head.Forward(rnn.Forward(x));
}

/// <summary>BidirectionalNet of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.2f, Momentum = 0.9f)]
public partial class ReferenceBidirectional
{
    private readonly Lstm rnn = new(6, layers: 2, bidirectional: true, sequence: false);
    private readonly Dense head = new(4);

    public Tensor Forward([Shape("N", 7, 5)] Tensor x, [Shape("N")] Tensor<int> lengths) => head.Forward(rnn.Forward(x, lengths));
}
