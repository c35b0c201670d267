"""The networks of DLCompiler.Benchmarks/Models, in PyTorch."""
import torch
from torch import nn
from torch.nn import functional


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def cifarcnn():
    def convolution(channels, features):
        return nn.Conv2d(channels, features, 3, padding=1), nn.ReLU()
    return nn.Sequential(
        *convolution(3, 32), *convolution(32, 32), nn.MaxPool2d(2), *convolution(32, 64), *convolution(64, 64), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(4096, 128), nn.ReLU(), nn.Linear(128, 10))


class ResidualBlock(nn.Module):
    def __init__(self, channels, features, stride):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(channels, features, 3, stride, 1, bias=False), nn.BatchNorm2d(features)
        self.conv2, self.norm2 = nn.Conv2d(features, features, 3, 1, 1, bias=False), nn.BatchNorm2d(features)
        self.skip = nn.Identity() if stride == 1 and channels == features else nn.Sequential(
            nn.Conv2d(channels, features, 1, stride, bias=False), nn.BatchNorm2d(features))

    def forward(self, x):
        y = functional.relu(self.norm1(self.conv1(x)))
        return functional.relu(self.norm2(self.conv2(y)) + self.skip(x))


def resnet18():
    layers, channels = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()], 64
    for features, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [ResidualBlock(channels, features, stride), ResidualBlock(features, features, 1)]
        channels = features
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


CHARACTERS = 65


class CharLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.lstm, self.scores = nn.Embedding(CHARACTERS, 256), nn.LSTM(256, 256, batch_first=True), nn.Linear(256, CHARACTERS)

    def forward(self, characters):
        return self.scores(self.lstm(self.table(characters))[0])


class GptLayer(nn.Module):
    def __init__(self, features, heads, length):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(features), nn.LayerNorm(features)
        self.attention, self.projection = nn.Linear(features, 3 * features, bias=False), nn.Linear(features, features, bias=False)
        self.wide, self.narrow = nn.Linear(features, 4 * features, bias=False), nn.Linear(4 * features, features, bias=False)
        self.register_buffer("mask", torch.tril(torch.ones(length, length, dtype=torch.bool)).view(1, 1, length, length))

    def forward(self, x):
        batch, length, features = x.shape
        q, k, v = (part.view(batch, length, self.heads, features // self.heads).transpose(1, 2)
                   for part in self.attention(self.norm1(x)).split(features, 2))
        weights = (q @ k.transpose(-2, -1)) * (features // self.heads) ** -0.5
        weights = functional.softmax(weights.masked_fill(~self.mask, float("-inf")), -1)
        x = x + self.projection((weights @ v).transpose(1, 2).reshape(batch, length, features))
        return x + self.narrow(functional.gelu(self.wide(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self, layers, features, heads, length):
        super().__init__()
        self.table, self.positions = nn.Embedding(CHARACTERS, features), nn.Parameter(torch.randn(length, features) * 0.02)
        self.layers = nn.Sequential(*(GptLayer(features, heads, length) for _ in range(layers)))
        self.norm, self.scores = nn.LayerNorm(features), nn.Linear(features, CHARACTERS, bias=False)

    def forward(self, characters):
        return self.scores(self.norm(self.layers(self.table(characters) + self.positions)))


# Networks over characters, with the length of their sequences.
TEXT_NETWORKS = {"charlstm": (CharLstm, 64), "gpt1x128": (lambda: Gpt(1, 128, 2, 4096), 4096),
                 "gpt4x128": (lambda: Gpt(4, 128, 4, 64), 64), "gpt6x384": (lambda: Gpt(6, 384, 6, 256), 256)}

NETWORKS = {"mlp": (mlp, (784,)), "lenet5": (lenet5, (1, 28, 28)), "cifarcnn": (cifarcnn, (3, 32, 32)), "resnet18": (resnet18, (3, 32, 32))}
