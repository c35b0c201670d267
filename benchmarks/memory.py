#!/usr/bin/env python3
"""What training takes of memory: the peak resident set of a fresh process that trains, DLCompiler's and PyTorch's, and how DLCompiler's plan compares with
what it has in use at a time. One line of JSON each.

usage: memory.py [--batch 128] [--steps 20] [--python /usr/bin/python3] [--no-build]

The resident set is VmHWM of /proc/PID/status after the steps: code, runtime and libraries as well as tensors. PyTorch is taken with malloc as it comes and as
peers.py tunes it, and the smaller of the two counts. "arena_ratio" is the training arena's bytes over those in use in its fullest phase, below which no plan
can go.
"""
import argparse
import glob
import json
import os
import subprocess
import sys

from peers import HERE, PROGRAM, Peer

# By name, the model; and its batch where that is not the argument: one sequence of 4,096 characters.
WORKLOADS = {"lenet5-adam": "LeNet5", "resnet18-adam": "ResNet18", "gpt1x128-adamw": "CharGpt1x128"}
BATCHES = {"gpt1x128-adamw": 1}
GROWTH = os.path.join(HERE, "DLCompiler.Growth")
ANALYSIS = os.path.join(GROWTH, "bin", "Release", "net10.0", "DLCompiler.Growth.dll")


def peak_megabytes(name, command, workload, batch, steps):
    """The peak resident set of a process that trains this and nothing else."""
    process = Peer(name, command, threads=1)
    process.measure(workload, batch, steps)
    with open(f"/proc/{process.process.pid}/status", encoding="ascii") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    process.close()
    return kilobytes / 1024


def arenas(batch):
    """The training functions' arenas, by model."""
    models = sorted(glob.glob(os.path.join(HERE, "DLCompiler.Benchmarks", "Models", "*.cs")))
    lines = subprocess.run(["dotnet", ANALYSIS, "arena", str(batch)] + models, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {line["model"]: line for line in map(json.loads, lines) if line["function"] == "Train"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--python", default="/usr/bin/python3", help="the interpreter that has torch")
    parser.add_argument("--no-build", action="store_true")
    arguments = parser.parse_args()
    for project in [] if arguments.no_build else [os.path.join(HERE, "DLCompiler.Benchmarks"), GROWTH]:
        subprocess.run(["dotnet", "build", "-c", "Release", "--nologo", "-v", "q", project], check=True, stdout=sys.stderr)

    serve = [arguments.python, os.path.join(HERE, "pytorch", "serve.py"), "1", "avx512"]
    for workload, model in WORKLOADS.items():
        batch = BATCHES.get(workload, arguments.batch)
        ours = peak_megabytes("dlcompiler", ["dotnet", PROGRAM, "serve", "1"], workload, batch, arguments.steps)
        theirs = {malloc: peak_megabytes("pytorch", serve + [malloc], workload, batch, arguments.steps) for malloc in ("stock", "keep")}
        plan = arenas(batch)[model]
        print(json.dumps({
            "memory": workload, "batch": batch, "dlcompiler_mb": round(ours, 1), "pytorch_mb": round(min(theirs.values()), 1),
            "share_of_pytorch": round(ours / min(theirs.values()), 3), "pytorch_stock_malloc_mb": round(theirs["stock"], 1),
            "pytorch_tuned_malloc_mb": round(theirs["keep"], 1), "arena_bytes": plan["arena_bytes"], "live_bytes": plan["live_bytes"],
            "arena_ratio": plan["ratio"], "scratch_bytes_per_thread": plan["scratch_bytes_per_thread"],
        }), flush=True)


if __name__ == "__main__":
    main()
