#!/usr/bin/env python3
"""The logits of Gpt2CheckpointTests: GPT-2 as Hugging Face's transformers computes it, with weights that are functions of their place (see HashedNumbers.cs)."""
import torch

from reference import HashedNumbers

VOCABULARY, CONTEXT, FEATURES, HEADS, LAYERS = 17, 8, 12, 3, 2


def names():
    yield "wte.weight", (VOCABULARY, FEATURES)
    yield "wpe.weight", (CONTEXT, FEATURES)
    for layer in range(LAYERS):
        h = f"h.{layer}."
        yield h + "ln_1.weight", (FEATURES,)
        yield h + "ln_1.bias", (FEATURES,)
        yield h + "attn.c_attn.weight", (FEATURES, 3 * FEATURES)
        yield h + "attn.c_attn.bias", (3 * FEATURES,)
        yield h + "attn.c_proj.weight", (FEATURES, FEATURES)
        yield h + "attn.c_proj.bias", (FEATURES,)
        yield h + "ln_2.weight", (FEATURES,)
        yield h + "ln_2.bias", (FEATURES,)
        yield h + "mlp.c_fc.weight", (FEATURES, 4 * FEATURES)
        yield h + "mlp.c_fc.bias", (4 * FEATURES,)
        yield h + "mlp.c_proj.weight", (4 * FEATURES, FEATURES)
        yield h + "mlp.c_proj.bias", (FEATURES,)
    yield "ln_f.weight", (FEATURES,)
    yield "ln_f.bias", (FEATURES,)


def gelu_new(x):
    return 0.5 * x * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (x + 0.044715 * x ** 3)))


def logits(w, ids):
    norm = lambda x, name: torch.nn.functional.layer_norm(x, (FEATURES,), w[name + ".weight"], w[name + ".bias"], 1e-5)
    affine = lambda x, name: x @ w[name + ".weight"] + w[name + ".bias"]
    length = ids.shape[1]
    x = w["wte.weight"][ids] + w["wpe.weight"][:length]
    for layer in range(LAYERS):
        h = f"h.{layer}."
        q, k, v = (part.view(ids.shape[0], length, HEADS, -1).transpose(1, 2) for part in affine(norm(x, h + "ln_1"), h + "attn.c_attn").split(FEATURES, 2))
        scores = (q @ k.transpose(-2, -1)) / (FEATURES // HEADS) ** 0.5
        scores = scores.masked_fill(~torch.tril(torch.ones(length, length, dtype=torch.bool)), float("-inf"))
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        x = x + affine(mixed, h + "attn.c_proj")
        x = x + affine(gelu_new(affine(norm(x, h + "ln_2"), h + "mlp.c_fc")), h + "mlp.c_proj")
    return norm(x, "ln_f") @ w["wte.weight"].T


weights = {name: torch.from_numpy(HashedNumbers.uniform(100 + stream, torch.Size(shape).numel(), 0.5)).double().view(shape)
           for stream, (name, shape) in enumerate(names())}
values = logits(weights, torch.tensor([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]]))
print(", ".join(f"{value:.6f}f" for value in values[:, -1].flatten().tolist()))
