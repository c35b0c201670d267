"""Fills in what PyTorch says of the cases in the files beside this one: values, and gradients of 0.5 * sum((y + 1)**2) with respect to x."""
import functools
import glob
import os
import re

import numpy as np
import torch
import torch.nn.functional as F

NAMES = ("x", "y", "z", "ids", "lengths", "sizes", "mask")


def is_input(line):
    words = line.split(" ")
    return len(words) > 2 and words[0] in NAMES and words[1].isdigit()


def read(line):
    words = line.split(" ")
    shape = []
    for word in words[1:]:
        if not word.isdigit():
            break
        shape.append(int(word))
    rest = words[1 + len(shape):]
    count = int(np.prod(shape))
    if rest[0] == ":":
        values = [float(word) for word in rest[1:]]
    elif rest[0] == "from":
        low, high = float(rest[1]), float(rest[3])
        values = [low + (high - low) * (i * 0.618033988749895 % 1) for i in range(1, count + 1)]
    else:
        values = [((i * 7) + 3) % int(rest[1]) for i in range(count)]
    kind = {"ids": torch.int64, "lengths": torch.int64, "sizes": torch.int64, "mask": torch.bool}.get(words[0], torch.float32)
    return words[0], torch.tensor(np.array(values, dtype=np.float32), dtype=torch.float32).to(kind).reshape(shape)


def recurrent(values, kind, field, x, lengths=None, states=None, **options):
    """A recurrent layer or cell whose parameters are the case's settings: all of its results. States are [N, layers * directions, H], as they are there."""
    weights = {key[len(field) + 1:]: value for key, value in values.items() if key.startswith(field + "_")}
    gates = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind[:-4] if kind.endswith("Cell") else kind]
    hidden = next(value for key, value in weights.items() if key.startswith("weight_hh")).shape[0] // gates
    if kind.endswith("Cell"):
        module = getattr(torch.nn, kind)(x.shape[-1], hidden, **options)
    else:
        module = getattr(torch.nn, kind)(x.shape[-1], hidden, batch_first=True, bias=any(key.startswith("bias") for key in weights), **options)
    module.load_state_dict(weights)
    if kind.endswith("Cell"):
        result = module(x, states)
        return result if isinstance(result, tuple) else (result,)
    if states is not None:
        states = tuple((state if state.dim() == 3 else state.unsqueeze(1)).transpose(0, 1).contiguous() for state in states)
        states = states if len(states) > 1 else states[0]
    if lengths is None:
        outputs, last = module(x, states)
    else:
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        outputs, last = module(packed, states)
        outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=x.shape[1])
    last = last if isinstance(last, tuple) else (last,)
    return (outputs, *((state[0] if len(state) == 1 else state.transpose(0, 1)) for state in last))


def scan(step, sequences, first, axis=1, reverse=False, truncate=0):
    """A step along sequences: its outputs, stacked, and the last state."""
    length = sequences[0].shape[axis]
    outputs, state = [None] * length, first
    for index in range(length):
        if truncate and index and index % truncate == 0:
            state = tuple(one.detach() for one in state) if isinstance(state, tuple) else state.detach()
        position = length - 1 - index if reverse else index
        outputs[position], state = step(state, *(sequence.select(axis, position) for sequence in sequences))
    return torch.stack(outputs, axis), state


def ctc(x, targets, lengths=None, sizes=None, **options):
    """The loss of logits [N, T, C]; all steps and all labels where no lengths are given."""
    lengths = torch.full((len(x),), x.shape[1]) if lengths is None else lengths
    sizes = torch.full((len(x),), targets.shape[1]) if sizes is None else sizes
    return F.ctc_loss(torch.log_softmax(x, -1).transpose(0, 1), targets, lengths, sizes, **options)


def twice(state):
    return state, state


def numbers(tensor):
    return " ".join("%.9g" % float(value) for value in tensor.detach().reshape(-1).tolist())


for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "*.txt"))):
    blocks = []
    for block in open(path, encoding="utf-8").read().strip("\n").split("\n\n"):
        lines = [line for line in block.split("\n") if line[:2] not in ("= ", "~ ")]
        inputs = dict(read(line) for line in lines[1:] if is_input(line))
        settings = dict(read(line[4:]) for line in lines if line.startswith("set "))
        inputs["x"].requires_grad_(True)
        inputs.update((key.replace(".", "_"), value) for key, value in settings.items())
        names = {"torch": torch, "F": F, "np": np, "reduce": functools.reduce, "scan": scan, "twice": twice, "ctc": ctc, "recurrent": functools.partial(recurrent, inputs)}
        result = eval(lines[-1], {**names, **inputs})
        lines.append("= " + numbers(result.float()))
        if result.requires_grad:
            (0.5 * (result.double() + 1).square().sum()).backward()
            lines.append("~ " + numbers(inputs["x"].grad))
        blocks.append("\n".join(lines))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n\n".join(blocks) + "\n")
