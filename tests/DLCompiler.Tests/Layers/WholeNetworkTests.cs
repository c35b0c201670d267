using System.Linq;
using DLCompiler.EndToEnd.Tests.PyTorchParity;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Tests.Layers;

/// <summary>A whole eager forward from given parameters, against PyTorch.</summary>
public class WholeNetworkTests
{
    private sealed class InitialParameters : IParameterSource
    {
        private readonly ReferenceTensor[] tensors = [.. ReferenceTensor.Parse(LeNet5Figures.Tensors)];

        public Tensor? Find(string name)
        {
            var values = ReferenceTensor.InitialValues(tensors).First(tensor => tensor.Name == name).Values;
            return Tensor.FromArray(values, tensors.First(tensor => tensor.Name == name).Shape);
        }
    }

    [Fact]
    public void LeNet5_starts_from_the_loss_of_PyTorch()
    {
        Conv2D conv1 = new(6, kernel: 5, padding: 2), conv2 = new(16, kernel: 5);
        Dense fc1 = new(120), fc2 = new(84), fc3 = new(10);
        var parameters = new InitialParameters();
        (Layer Layer, string Name)[] fields = [(conv1, "conv1"), (conv2, "conv2"), (fc1, "fc1"), (fc2, "fc2"), (fc3, "fc3")];
        foreach (var (layer, name) in fields) layer.Attach(parameters, name);

        var x = Tensor.FromArray(HashedNumbers.Uniform(1000, 8 * 784, 1), 8, 1, 28, 28);
        x = conv2.Forward(conv1.Forward(x).Relu().MaxPool(2)).Relu().MaxPool(2);
        x = fc3.Forward(fc2.Forward(fc1.Forward(x.Flatten()).Relu()).Relu());

        var labels = Tensor<int>.FromArray(HashedNumbers.Below(2000, 8, 10));
        Assert.Equal(ReferenceTensor.Numbers(LeNet5Figures.Losses)[0], x.SoftmaxCrossEntropy(labels).Item(), 1e-6);
    }
}
