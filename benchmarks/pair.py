#!/usr/bin/env python3
"""DLCompiler and PyTorch side by side: one sample of each in turn, so that both see the same machine; medians, and the median of the paired ratios.

usage: pair.py [--threads 1,2] [--batches 32,128] [--workloads mlp-adam,lenet5-adam] [--rounds 40]

Needs the .NET SDK and PyTorch for --python (Debian: python3-torch libopenblas0-openmp). Samples on one thread in which the system took the processor away
are dropped, and counted. Prints a line of JSON per row; "ratio" is PyTorch's time over DLCompiler's.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.join(HERE, "DLCompiler.Benchmarks")
PROGRAM = os.path.join(PROJECT, "bin", "Release", "net10.0", "DLCompiler.Benchmarks.dll")
SAMPLE_SECONDS = 0.01


class Peer:
    """A process that measures on demand."""

    def __init__(self, command, threads):
        pin = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if threads == 1 else []
        self.process = subprocess.Popen(pin + command + [str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        if "ready" not in self.process.stdout.readline():
            sys.exit("this did not start: " + " ".join(command))

    def measure(self, workload, batch, repetitions):
        """Seconds per call, and whether the processor was taken away meanwhile."""
        self.process.stdin.write(f"{workload} {batch} {repetitions}\n")
        seconds, switches = self.process.stdout.readline().split()
        return float(seconds), int(switches) > 0

    def repetitions(self, workload, batch):
        """Calls that take about a sample's time."""
        self.measure(workload, batch, 20)
        return max(1, round(SAMPLE_SECONDS / self.measure(workload, batch, 20)[0]))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def pair(ours, peer, workload, batch, threads, rounds):
    """One row of the table."""
    our_repetitions, peer_repetitions = ours.repetitions(workload, batch), peer.repetitions(workload, batch)
    samples, dropped = [], 0
    while len(samples) < rounds and dropped < 20 * rounds:
        a, a_preempted = ours.measure(workload, batch, our_repetitions)
        pause(threads)
        b, b_preempted = peer.measure(workload, batch, peer_repetitions)
        pause(threads)

        # With several threads a worker that yields while it waits counts as preempted: there the median has to do.
        if threads == 1 and (a_preempted or b_preempted):
            dropped += 1
        else:
            samples.append((a, b))
    if not samples:
        sys.exit("no sample was undisturbed: the machine is too busy")

    our_time, peer_time = (statistics.median(times) for times in zip(*samples))
    ratios = sorted(b / a for a, b in samples)
    return {
        "workload": workload, "threads": threads, "batch": batch,
        "dlcompiler_us": round(our_time * 1e6, 2), "pytorch_us": round(peer_time * 1e6, 2),
        "dlcompiler_samples_per_s": round(batch / our_time), "pytorch_samples_per_s": round(batch / peer_time),
        "ratio": round(statistics.median(ratios), 2),
        "ratio_p10": round(ratios[len(ratios) // 10], 2), "ratio_p90": round(ratios[len(ratios) * 9 // 10], 2),
        "samples": len(samples), "dropped": dropped,
    }


def pause(threads):
    """Lets spinning workers of one side park before the other side is measured."""
    if threads > 1:
        time.sleep(0.01)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--batches", default="32,128")
    parser.add_argument("--workloads", default="mlp-adam,lenet5-adam")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--python", default="/usr/bin/python3", help="the interpreter that has torch")
    parser.add_argument("--no-build", action="store_true")
    arguments = parser.parse_args()
    if not arguments.no_build:
        subprocess.run(["dotnet", "build", "-c", "Release", "--nologo", "-v", "q", PROJECT], check=True, stdout=sys.stderr)

    for threads in map(int, arguments.threads.split(",")):
        ours = Peer(["dotnet", PROGRAM, "serve"], threads)
        peer = Peer([arguments.python, os.path.join(HERE, "pytorch", "serve.py")], threads)
        for workload in arguments.workloads.split(","):
            for batch in map(int, arguments.batches.split(",")):
                print(json.dumps(pair(ours, peer, workload, batch, threads, arguments.rounds)), flush=True)
        ours.close()
        peer.close()


if __name__ == "__main__":
    main()
