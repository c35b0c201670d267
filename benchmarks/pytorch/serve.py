#!/usr/bin/env python3
"""PyTorch's half of peers.py: a line "workload batch repetitions" is answered by "seconds-per-repetition involuntary-switches".

usage: serve.py THREADS [avx512|avx2 [keep|stock]]
"""
import sys
import time

import tuning

torch = tuning.apply(int(sys.argv[1]), *sys.argv[2:])

from networks import CHARACTERS, NETWORKS, TEXT_NETWORKS  # after torch is tuned

functional = torch.nn.functional

# As many calls as caches and the profiling executor need, but not for long where a call takes long.
WARM_UP_CALLS, LEAST_WARM_UP_CALLS, WARM_UP_SECONDS = 30, 3, 1


def product(size, rows):
    """A product of matrices with its result in place."""
    x, weight, result = torch.rand(rows, size), torch.rand(size, size), torch.empty(rows, size)

    def multiply():
        torch.mm(x, weight, out=result)
    return multiply


def create(name, batch):
    """The call to measure: one training step, or one prediction."""
    network, kind = name.split("-")
    if network == "gemm":
        return product(int(kind), batch)
    if kind == "decode":
        return decoding(network, batch)
    if network in TEXT_NETWORKS:
        return text_step(network, kind, batch)
    build, shape = NETWORKS[network]
    model, x = build(), torch.rand(batch, *shape) - 0.5
    if len(shape) == 3:
        # channels_last is the fastest of PyTorch's variants here.
        model, x = model.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)
    y = torch.randint(0, 10, (batch,))
    if kind == "infer":
        model = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model.eval(), x)))

        def predict():
            with torch.no_grad():
                model(x)
        return predict

    optimizer = (torch.optim.SGD if kind == "sgd" else torch.optim.Adam)(model.parameters(), lr=1e-3, foreach=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return step


def text_step(network, kind, batch):
    """A training step of a network over characters; a GPT's clips its gradients, as nanoGPT does."""
    build, length = TEXT_NETWORKS[network]
    model, x, y = build(), torch.randint(0, CHARACTERS, (batch, length)), torch.randint(0, CHARACTERS, (batch * length,))
    parameters = list(model.parameters())
    optimizer = (torch.optim.AdamW if kind == "adamw" else torch.optim.Adam)(parameters, lr=1e-3, foreach=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(model(x).view(-1, CHARACTERS), y).backward()
        if kind == "adamw":
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
    return step


def decoding(network, batch):
    """One character after the other, with the keys and values of those before in memory; a sequence that is full is begun anew."""
    build, length = TEXT_NETWORKS[network]
    model, tokens, state = build().eval(), torch.ones(batch, 1, dtype=torch.long), {"at": 0}
    caches = [[torch.zeros(batch, layer.heads, length, model.positions.shape[1] // layer.heads) for _ in range(2)] for layer in model.layers]

    def step():
        at = state["at"]
        with torch.no_grad():
            x = model.table(tokens) + model.positions[at]
            for layer, (keys, values) in zip(model.layers, caches):
                q, k, v = (part.view(batch, 1, layer.heads, -1).transpose(1, 2) for part in layer.attention(layer.norm1(x)).split(x.shape[-1], 2))
                keys[:, :, at:at + 1], values[:, :, at:at + 1] = k, v
                weights = functional.softmax((q @ keys[:, :, :at + 1].transpose(-2, -1)) * q.shape[-1] ** -0.5, -1)
                x = x + layer.projection((weights @ values[:, :, :at + 1]).transpose(1, 2).reshape(batch, 1, -1))
                x = x + layer.narrow(functional.gelu(layer.wide(layer.norm2(x))))
            model.scores(model.norm(x))
        state["at"] = (at + 1) % length
    return step


def warm_up(call):
    start, calls = time.perf_counter(), 0
    while calls < LEAST_WARM_UP_CALLS or calls < WARM_UP_CALLS and time.perf_counter() - start < WARM_UP_SECONDS:
        call()
        calls += 1


def main():
    calls = {}
    print("ready", flush=True)
    for line in sys.stdin:
        name, batch, repetitions = line.split()
        if (name, batch) not in calls:
            calls[name, batch] = create(name, int(batch))
            warm_up(calls[name, batch])
        call = calls[name, batch]
        call()
        before, start = tuning.involuntary_switches(), time.perf_counter()
        for _ in range(int(repetitions)):
            call()
        seconds = (time.perf_counter() - start) / int(repetitions)
        print(f"{seconds:.6e} {tuning.involuntary_switches() - before}", flush=True)


main()
