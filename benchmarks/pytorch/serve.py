#!/usr/bin/env python3
"""PyTorch's half of pair.py: a line "workload batch repetitions" is answered by "seconds-per-repetition involuntary-switches".

usage: serve.py THREADS
"""
import sys
import time

import tuning

torch = tuning.apply(int(sys.argv[1]))
nn, functional = torch.nn, torch.nn.functional


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def create(name, batch):
    """The call to measure: one training step, or one prediction."""
    network, kind = name.split("-")
    if network == "mlp":
        model, x = mlp(), torch.rand(batch, 784) - 0.5
    else:
        # channels_last is the fastest of PyTorch's variants here.
        model = lenet5().to(memory_format=torch.channels_last)
        x = (torch.rand(batch, 1, 28, 28) - 0.5).contiguous(memory_format=torch.channels_last)
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


def main():
    calls = {}
    print("ready", flush=True)
    for line in sys.stdin:
        name, batch, repetitions = line.split()
        if (name, batch) not in calls:
            calls[name, batch] = create(name, int(batch))
            for _ in range(30):
                calls[name, batch]()
        call = calls[name, batch]
        call()
        before, start = tuning.involuntary_switches(), time.perf_counter()
        for _ in range(int(repetitions)):
            call()
        seconds = (time.perf_counter() - start) / int(repetitions)
        print(f"{seconds:.6e} {tuning.involuntary_switches() - before}", flush=True)


main()
