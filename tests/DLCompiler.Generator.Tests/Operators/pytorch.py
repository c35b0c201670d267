"""Fills in what PyTorch says of the cases in the files beside this one: values, and gradients of 0.5 * sum((y + 1)**2) with respect to x."""
import glob
import os
import re

import numpy as np
import torch
import torch.nn.functional as F

NAMES = ("x", "y", "z", "ids", "mask")


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
    kind = {"ids": torch.int64, "mask": torch.bool}.get(words[0], torch.float32)
    return words[0], torch.tensor(np.array(values, dtype=np.float32), dtype=torch.float32).to(kind).reshape(shape)


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
        result = eval(lines[-1], {"torch": torch, "F": F, "np": np}, inputs)
        lines.append("= " + numbers(result.float()))
        if result.requires_grad:
            (0.5 * (result.double() + 1).square().sum()).backward()
            lines.append("~ " + numbers(inputs["x"].grad))
        blocks.append("\n".join(lines))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n\n".join(blocks) + "\n")
