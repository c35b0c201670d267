"""Trains small networks with PyTorch and writes what came out as C# literals beside this script, a file for each: LeNet5Figures.cs and so on.

Run it with PyTorch 1.13 (Debian's python3-torch): python3 reference.py

Inputs, labels and initial parameters come from HashedNumbers, which HashedNumbers.cs repeats, so only results are literals. The figures are those of
double precision; the script prints how far PyTorch's own float32 run is from them, which says how closely any float32 run can be expected to agree.
"""

import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional

STEPS = 20
BATCH = 8
BATCHES = 2  # the steps alternate between these, so that the losses fall


class HashedNumbers:
    """Numbers that are functions of a stream and an index: SplitMix64 (Steele, Lea and Flood 2014) of stream * 2^32 + (index + 1) * golden ratio."""

    @staticmethod
    def bits(stream, count):
        with np.errstate(over="ignore"):
            z = np.uint64(stream) * np.uint64(1 << 32) + (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return z ^ (z >> np.uint64(31))

    @staticmethod
    def uniform(stream, count, bound, centre=0.0):
        """float32 in centre ± bound: the upper 24 bits are exact in [-1, 1), then one product and one sum are rounded."""
        unit = (HashedNumbers.bits(stream, count) >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)
        return unit * np.float32(bound) + np.float32(centre)

    @staticmethod
    def below(stream, count, limit):
        return ((HashedNumbers.bits(stream, count) >> np.uint64(40)) % np.uint64(limit)).astype(np.int64)


class LeNet5(nn.Module):
    """Adam, convolutions with bias, pooling."""

    sample = (1, 28, 28)
    classes = 10

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = functional.max_pool2d(functional.relu(self.conv1(x)), 2)
        x = functional.max_pool2d(functional.relu(self.conv2(x)), 2)
        x = functional.relu(self.fc1(x.flatten(1)))
        return self.fc3(functional.relu(self.fc2(x)))

    def optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, padding=1, bias=False)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.project = None if stride == 1 and inputs == channels else nn.Conv2d(inputs, channels, 1, stride, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.norm2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        skip = x if self.project is None else self.project(x)
        y = functional.relu(self.norm1(self.conv1(x)))
        return functional.relu(self.norm2(self.conv2(y)) + skip)


class ResidualNet(nn.Module):
    """SGD with momentum, batch norm, strides, a residual that is projected."""

    sample = (3, 16, 16)
    classes = 5

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.block1 = ResidualBlock(8, 8)
        self.block2 = ResidualBlock(8, 16, stride=2)
        self.head = nn.Linear(16, 5)

    def forward(self, x):
        x = functional.relu(self.norm(self.stem(x)))
        x = self.block2(self.block1(x))
        return self.head(x.mean((2, 3)))

    def optimizer(self):
        return torch.optim.SGD(self.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)


class SeparableConv2d(nn.Module):
    """Keras' separable convolution in PyTorch's layers."""

    def __init__(self, inputs, filters, kernel, **window):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, kernel, groups=inputs, bias=False, **window)
        self.pointwise = nn.Conv2d(inputs, filters, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class MobileBlock(nn.Module):
    """MobileNet's inverted residual block (Sandler et al. 2018) with relu."""

    def __init__(self, channels, expanded):
        super().__init__()
        self.expand = nn.Conv2d(channels, expanded, 1, bias=False)
        self.depthwise = nn.Conv2d(expanded, expanded, 3, padding=1, groups=expanded, bias=False)
        self.project = nn.Conv2d(expanded, channels, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(expanded)
        self.norm2 = nn.BatchNorm2d(expanded)
        self.norm3 = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = functional.relu(self.norm1(self.expand(x)))
        y = functional.relu(self.norm2(self.depthwise(y)))
        return x + self.norm3(self.project(y))


class MobileNet(nn.Module):
    """Adam; depthwise, separable and transposed convolutions."""

    sample = (3, 11, 11)
    classes = 5

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.block = MobileBlock(8, 20)
        self.separable = SeparableConv2d(8, 12, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(12, 6, 3, stride=2, padding=1, output_padding=1)
        self.wide = nn.Conv2d(6, 12, 5, padding=2, groups=6)
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        x = self.block(functional.relu(self.norm(self.stem(x))))
        x = functional.relu(self.separable(x))
        x = functional.relu(self.wide(torch.tanh(self.up(x))))
        return self.head(x.mean((2, 3)))

    def optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=1e-2)


class Classifier(nn.Sequential):
    """AdamW, a chain of odd sizes."""

    sample = (17,)
    classes = 5

    def __init__(self):
        super().__init__(nn.Linear(17, 33), nn.Tanh(), nn.Linear(33, 13), nn.GELU(), nn.Linear(13, 5))

    def optimizer(self):
        return torch.optim.AdamW(self.parameters(), lr=1e-2, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)


class Regressor(nn.Module):
    """SGD with Nesterov's momentum, mean squared error."""

    sample = (11,)
    outputs = 3

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(11, 9)
        self.second = nn.Linear(9, 6, bias=False)
        self.third = nn.Linear(6, 3)

    def forward(self, x):
        return self.third(torch.sigmoid(self.second(functional.leaky_relu(self.first(x), 0.1))))

    def optimizer(self):
        return torch.optim.SGD(self.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=1e-2)


class RecurrentNet(nn.Module):
    """A classifier of sequences by the last states of a recurrent layer, in both directions where it has two."""

    sample = (7, 5)
    classes = 4

    def __init__(self, rnn):
        super().__init__()
        self.rnn = rnn
        self.directions = 2 if rnn.bidirectional else 1
        self.head = nn.Linear(self.directions * rnn.hidden_size, 4)

    def forward(self, x, lengths=None):
        if lengths is not None:
            x = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        _, last = self.rnn(x)
        last = last[0] if isinstance(last, tuple) else last
        return self.head(torch.cat(tuple(last[-self.directions:]), 1))

    def optimizer(self):
        return torch.optim.SGD(self.parameters(), lr=0.2, momentum=0.9)


class SimpleRnnNet(RecurrentNet):
    """SGD with momentum, two layers of a plain recurrent network."""

    def __init__(self):
        super().__init__(nn.RNN(5, 9, num_layers=2, batch_first=True))


class LstmNet(RecurrentNet):
    """Adam, an LSTM."""

    def __init__(self):
        super().__init__(nn.LSTM(5, 9, batch_first=True))

    def optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=1e-2)


class GruNet(RecurrentNet):
    """SGD with momentum, a GRU."""

    def __init__(self):
        super().__init__(nn.GRU(5, 9, batch_first=True))


class BidirectionalNet(RecurrentNet):
    """SGD with momentum, two bidirectional LSTM layers, sequences of different lengths."""

    lengths = True

    def __init__(self):
        super().__init__(nn.LSTM(5, 6, num_layers=2, bidirectional=True, batch_first=True))


def initialise(model):
    """Parameter number k is stream k + 1: weights and biases in ±1/sqrt(fan-in of the last weight), a normalisation's in 1 ± 0.1 and ±0.1."""
    fan_in = 0
    for stream, (name, parameter) in enumerate(model.named_parameters(), start=1):
        owner = model.get_submodule(name.rpartition(".")[0])
        if isinstance(owner, (nn.BatchNorm2d, nn.LayerNorm)):
            bound, centre = 0.1, 1.0 if name.endswith("weight") else 0.0
        else:
            if "weight" in name.rpartition(".")[2]:
                fan_in = parameter[0].numel()
            bound, centre = 1 / np.sqrt(fan_in), 0.0
        values = HashedNumbers.uniform(stream, parameter.numel(), bound, centre)
        parameter.data = torch.from_numpy(values.reshape(tuple(parameter.shape))).to(parameter.dtype)


def train(kind, dtype):
    torch.set_num_threads(1)
    model = kind().to(dtype)
    initialise(model)
    optimizer = model.optimizer()
    losses = []
    for step in range(STEPS):
        batch = step % BATCHES
        count = BATCH * int(np.prod(kind.sample))
        x = torch.from_numpy(HashedNumbers.uniform(1000 + batch, count, 1.0).reshape(BATCH, *kind.sample)).to(dtype)
        inputs = (x,)
        if hasattr(kind, "lengths"):
            inputs = (x, torch.from_numpy(1 + HashedNumbers.below(4000 + batch, BATCH, kind.sample[0])))
        optimizer.zero_grad()
        if hasattr(kind, "classes"):
            loss = functional.cross_entropy(model(*inputs), torch.from_numpy(HashedNumbers.below(2000 + batch, BATCH, kind.classes)))
        else:
            target = HashedNumbers.uniform(3000 + batch, BATCH * kind.outputs, 1.0).reshape(BATCH, kind.outputs)
            loss = functional.mse_loss(model(*inputs), torch.from_numpy(target).to(dtype))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        logits = model(*inputs)
    tensors = [(n, t.detach()) for n, t in model.state_dict().items() if not n.endswith("num_batches_tracked")]
    return losses, tensors, logits.flatten()


def row(name, tensor):
    flat = tensor.flatten().double().numpy()
    samples = [flat[k * flat.size // 8] for k in range(8)]
    return " ".join([name, "x".join(map(str, tensor.shape))] + [f"{v:.9g}" for v in [flat.sum(), (flat * flat).sum(), *samples]])


def wrapped(numbers):
    return "\n".join("        " + " ".join(f"{v:.9g}" for v in numbers[i : i + 8]) for i in range(0, len(numbers), 8))


def write(kind, description, run=train, script="reference.py"):
    losses, tensors, logits = run(kind, torch.float64)
    losses32, tensors32, _ = run(kind, torch.float32)
    deviation = max(abs(a - b) / abs(a) for a, b in zip(losses, losses32))
    distance = max(((a - b).norm() / a.norm()).item() for (_, a), (_, b) in zip(tensors, tensors32))
    note = f"PyTorch's own float32 run: losses within {deviation:.1e}, each tensor within {distance:.1e} of these (relative, L2)."
    print(kind.__name__, losses[0], losses[-1], note)
    rows = "\n".join("        " + row(name, tensor) for name, tensor in tensors)
    name = kind.__name__ + "Figures"
    text = f'''namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>
/// {description}
/// Written by {script}, PyTorch {torch.__version__.partition("a")[0]}, double precision. {note}
/// </summary>
internal static class {name}
{{
    /// <summary>The loss of each step.</summary>
    public const string Losses = """
{wrapped(losses)}
        """;

    /// <summary>The prediction for the last batch after training, row-major.</summary>
    public const string Predictions = """
{wrapped(logits.tolist())}
        """;

    /// <summary>Each tensor after the last step: name, shape, sum, sum of squares, and the elements at k·count/8 for k from 0 to 7.</summary>
    public const string Tensors = """
{rows}
        """;
}}
'''
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".cs")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    write(LeNet5, "LeNet-5 on 28×28 images, Adam with learning rate 1e-3, batch 8, 20 steps.")
    write(ResidualNet, "Two residual blocks with batch norm on 3×16×16 images, SGD with rate 0.05, momentum 0.9, weight decay 1e-4, batch 8, 20 steps.")
    write(MobileNet, "Depthwise, separable and transposed convolutions with batch norm on 3×11×11 images, Adam with rate 1e-2, batch 8, 20 steps.")
    write(Classifier, "A chain with tanh and gelu, AdamW with rate 1e-2, betas 0.8 and 0.99, ε 1e-6, weight decay 0.1, batch 8, 20 steps.")
    write(Regressor, "Three layers, mean squared error, SGD with rate 0.1, Nesterov momentum 0.9, weight decay 1e-2, batch 8, 20 steps.")
    write(SimpleRnnNet, "Two layers of a plain recurrent network on sequences of 7×5, SGD with rate 0.2, momentum 0.9, batch 8, 20 steps.")
    write(LstmNet, "An LSTM on sequences of 7×5, Adam with rate 1e-2, batch 8, 20 steps.")
    write(GruNet, "A GRU on sequences of 7×5, SGD with rate 0.2, momentum 0.9, batch 8, 20 steps.")
    write(BidirectionalNet, "Two bidirectional LSTM layers on sequences of 7×5 and of different lengths, SGD with rate 0.2, momentum 0.9, batch 8, 20 steps.")
