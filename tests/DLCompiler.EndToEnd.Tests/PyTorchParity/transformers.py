"""Trains small transformers with PyTorch and writes what came out as C# literals beside this script, as reference.py does, whose numbers they begin with."""

import torch
from torch import nn
from torch.nn import functional

from reference import BATCH, BATCHES, STEPS, HashedNumbers, initialise, write


class Encoder(nn.Module):
    """A layer, then means over time."""

    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(12, 3, 20, dropout=0, batch_first=True)
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        return self.head(self.layer(x).mean(1))

    def inputs(self, batch, dtype):
        return torch.from_numpy(HashedNumbers.uniform(1000 + batch, BATCH * 7 * 12, 1.0).reshape(BATCH, 7, 12)).to(dtype)

    def loss(self, x, batch):
        return functional.cross_entropy(self(x), torch.from_numpy(HashedNumbers.below(2000 + batch, BATCH, 5)))


class Decoder(nn.Module):
    """A layer that reads the first six elements and attends to all ten, normalising first."""

    def __init__(self):
        super().__init__()
        self.side = nn.Linear(8, 8)
        self.layer = nn.TransformerDecoderLayer(8, 2, 11, dropout=0, activation="gelu", batch_first=True, norm_first=True)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        mask = torch.ones(6, 6).triu(1).bool()
        return self.head(self.layer(x[:, :6], torch.tanh(self.side(x)), tgt_mask=mask).mean(1))

    def inputs(self, batch, dtype):
        return torch.from_numpy(HashedNumbers.uniform(1000 + batch, BATCH * 10 * 8, 1.0).reshape(BATCH, 10, 8)).to(dtype)

    def loss(self, x, batch):
        return functional.cross_entropy(self(x), torch.from_numpy(HashedNumbers.below(2000 + batch, BATCH, 5)))


class GptParts(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(13, 16)
        self.positions = nn.Embedding(9, 16)
        layer = nn.TransformerEncoderLayer(
            16, 2, 64, dropout=0, activation=lambda x: functional.gelu(x, approximate="tanh"), batch_first=True, norm_first=True)
        self.body = nn.TransformerEncoder(layer, 2, nn.LayerNorm(16))

    def forward(self, ids):
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        return functional.linear(self.body(x, torch.ones(ids.shape[1], ids.shape[1]).triu(1).bool()), self.tokens.weight)


class SmallGpt(nn.Module):
    """Two layers of a GPT whose output has the weights of its input: the next token."""

    def __init__(self):
        super().__init__()
        self.gpt = GptParts()

    def forward(self, ids):
        return self.gpt(ids)

    def inputs(self, batch, dtype):
        return torch.from_numpy(HashedNumbers.below(1000 + batch, BATCH * 8, 13).reshape(BATCH, 8))

    def loss(self, x, batch):
        labels = torch.from_numpy(HashedNumbers.below(2000 + batch, BATCH * 8, 13))
        return functional.cross_entropy(self(x).reshape(-1, 13), labels)


def train(kind, dtype):
    torch.set_num_threads(1)
    model = kind().to(dtype)
    initialise(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for step in range(STEPS):
        x = model.inputs(step % BATCHES, dtype)
        optimizer.zero_grad()
        loss = model.loss(x, step % BATCHES)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        logits = model(x)
    return losses, [(name, tensor.detach()) for name, tensor in model.state_dict().items()], logits.flatten()


if __name__ == "__main__":
    options = "SGD with rate 0.05 and momentum 0.9, batch 8, 20 steps."
    for one, description in [
        (Encoder, "PyTorch's TransformerEncoderLayer of 3 heads on sequences of 7, "),
        (Decoder, "PyTorch's TransformerDecoderLayer of 2 heads on sequences of 6 with a memory of 10, "),
        (SmallGpt, "Two layers of a GPT on sequences of 8 tokens of 13, "),
    ]:
        write(one, description + options, train, "transformers.py")
