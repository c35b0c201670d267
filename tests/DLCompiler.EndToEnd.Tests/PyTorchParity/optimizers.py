"""Trains one small regressor with every optimizer of torch.optim and writes what came out as C# literals beside this script: OptimizerFigures.cs.

Run it with PyTorch 1.13 (Debian's python3-torch): python3 optimizers.py

Lion and LAMB are not in torch.optim: they are written out here from the papers. Inputs, targets and initial parameters come from HashedNumbers; the figures
are those of double precision, after 50 steps.
"""

import os

import torch
from torch import nn

from reference import BATCH, BATCHES, HashedNumbers

STEPS = 50


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(beta1 * m + (1 - beta1) * p.grad)
                p.sub_(group["lr"] * (update + group["weight_decay"] * p))
                m.mul_(beta2).add_((1 - beta2) * p.grad)


class Lamb(torch.optim.Optimizer):
    """You et al. 2020, algorithm 2, with the identity for the paper's phi."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                state["t"] = state.get("t", 0) + 1
                m, v = state.setdefault("m", torch.zeros_like(p)), state.setdefault("v", torch.zeros_like(p))
                m.mul_(beta1).add_((1 - beta1) * p.grad)
                v.mul_(beta2).add_((1 - beta2) * p.grad**2)
                r = (m / (1 - beta1 ** state["t"])) / ((v / (1 - beta2 ** state["t"])).sqrt() + group["eps"]) + group["weight_decay"] * p
                weight, update = p.norm(), r.norm()
                p.sub_(group["lr"] * (weight / update if weight > 0 and update > 0 else 1.0) * r)


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(11, 9)
        self.second = nn.Linear(9, 3)

    def forward(self, x):
        return self.second(torch.tanh(self.first(x)))


def clip_value(model):
    nn.utils.clip_grad_value_(model.parameters(), 0.005)


def clip_global_norm(model):
    nn.utils.clip_grad_norm_(model.parameters(), 0.05)


def clip_each_norm(model):
    for p in model.parameters():
        nn.utils.clip_grad_norm_([p], 0.02)


def penalties(model):
    for p in model.parameters():
        p.grad.add_(0.001 * torch.sign(p) + 0.02 * p)


@torch.no_grad()
def max_norm(model):
    for p in model.parameters():
        if p.dim() > 1:
            p.copy_(p.renorm(2, 0, 0.5))


def exempt_vectors(model, weight_decay):
    return [
        dict(params=[p for p in model.parameters() if p.dim() > 1], weight_decay=weight_decay),
        dict(params=[p for p in model.parameters() if p.dim() < 2], weight_decay=0.0),
    ]


def groups(model):
    return [dict(params=model.first.parameters(), lr=0.002, weight_decay=0.3), dict(params=model.second.parameters(), lr=0.02, weight_decay=0.1)]


O = torch.optim
# Name, optimizer, what is done to gradients, what is done to weights, steps in an update.
CASES = [
    ("Sgd", lambda m: O.SGD(m.parameters(), 0.1, weight_decay=0.01)),
    ("Momentum", lambda m: O.SGD(m.parameters(), 0.05, momentum=0.9, weight_decay=0.01)),
    ("Nesterov", lambda m: O.SGD(m.parameters(), 0.05, momentum=0.9, nesterov=True)),
    ("Adagrad", lambda m: O.Adagrad(m.parameters(), 0.05, lr_decay=0.01, weight_decay=0.01, initial_accumulator_value=0.1)),
    ("Adadelta", lambda m: O.Adadelta(m.parameters(), weight_decay=0.01)),
    ("RmsProp", lambda m: O.RMSprop(m.parameters(), 0.003, weight_decay=0.01)),
    ("RmsPropCentered", lambda m: O.RMSprop(m.parameters(), 0.001, alpha=0.95, momentum=0.8, centered=True, eps=1e-4)),
    ("Adam", lambda m: O.Adam(m.parameters(), 0.01, betas=(0.8, 0.99), weight_decay=0.01)),
    ("AmsGrad", lambda m: O.Adam(m.parameters(), 0.01, betas=(0.9, 0.9), amsgrad=True)),
    ("AdamW", lambda m: O.AdamW(m.parameters(), 0.01, weight_decay=0.1)),
    ("AdamWAmsGrad", lambda m: O.AdamW(m.parameters(), 0.01, betas=(0.9, 0.9), amsgrad=True)),
    ("AdamWExempt", lambda m: O.AdamW(exempt_vectors(m, 0.5), 0.01)),
    ("Adamax", lambda m: O.Adamax(m.parameters(), 0.01, weight_decay=0.01)),
    # The loop over single tensors of 1.13 takes mu twice in the next product; its foreach form and later versions don't.
    ("NAdam", lambda m: O.NAdam(m.parameters(), 0.01, weight_decay=0.01, foreach=True)),
    ("RAdam", lambda m: O.RAdam(m.parameters(), 0.01, weight_decay=0.01)),
    ("Lion", lambda m: Lion(m.parameters(), 0.001, weight_decay=0.1)),
    ("Lamb", lambda m: Lamb(m.parameters(), 0.01, weight_decay=0.01)),
    ("ClipValue", lambda m: O.Adam(m.parameters(), 0.01), clip_value),
    ("ClipNorm", lambda m: O.SGD(m.parameters(), 0.5, momentum=0.9), clip_each_norm),
    ("ClipGlobalNorm", lambda m: O.SGD(m.parameters(), 0.5, momentum=0.9), clip_global_norm),
    ("Penalties", lambda m: O.SGD(m.parameters(), 0.1), penalties),
    ("MaxNorm", lambda m: O.Adam(m.parameters(), 0.01), None, max_norm),
    ("Groups", lambda m: O.AdamW(groups(m))),
    ("Accumulated", lambda m: O.Adam(m.parameters(), 0.01), None, None, 4),
    ("Averaged", lambda m: O.SGD(m.parameters(), 0.1), None, None, 1, 0.9),
]


def train(create, gradients=None, weights=None, accumulate=1, average=None):
    model = Regressor().double()
    for stream, p in enumerate(model.parameters(), 1):
        bound = 1 / (11 if stream < 3 else 9) ** 0.5
        p.data = torch.from_numpy(HashedNumbers.uniform(stream, p.numel(), bound)).double().reshape(p.shape)
    optimizer = create(model)
    averaged = [p.detach().clone() for p in model.parameters()]
    for step in range(STEPS):
        x = torch.from_numpy(HashedNumbers.uniform(1000 + step % BATCHES, BATCH * 11, 1)).double().reshape(BATCH, 11)
        y = torch.from_numpy(HashedNumbers.uniform(3000 + step % BATCHES, BATCH * 3, 1)).double().reshape(BATCH, 3)
        (((model(x) - y) ** 2).mean() / accumulate).backward()
        if (step + 1) % accumulate:
            continue
        if gradients:
            gradients(model)
        optimizer.step()
        optimizer.zero_grad()
        if weights:
            weights(model)
        if average:
            for a, p in zip(averaged, model.parameters()):
                a.mul_(average).add_((1 - average) * p.detach())
    values = averaged if average else [p.detach() for p in model.parameters()]
    return torch.cat([v.flatten() for v in values])


def main():
    lines = [
        "namespace DLCompiler.EndToEnd.Tests.PyTorchParity;",
        "",
        "/// <summary>",
        f"/// All parameters of a small regressor after {STEPS} steps with each optimizer: every seventh element, in the order of the parameters.",
        f"/// Written by optimizers.py, PyTorch {torch.__version__.split('+')[0]}, double precision.",
        "/// </summary>",
        "internal static class OptimizerFigures",
        "{",
    ]
    for case in CASES:
        values = [f"{v:.9g}" for v in train(*case[1:])[::7].tolist()]
        lines += [f"    public const string {case[0]} = \"\"\""]
        for i in range(0, len(values), 10):
            lines += ["        " + " ".join(values[i:i + 10])]
        lines += ["        \"\"\";", ""]
    lines[-1] = "}"
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "OptimizerFigures.cs"), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
