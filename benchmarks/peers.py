#!/usr/bin/env python3
"""DLCompiler beside its peers: one sample of each in turn, so that all see the same machine. Prints one line of JSON a row and peer.

usage: benchmarks/peers.sh [--quick] [--only SUBSTRING] [--threads 1,2] [--level avx512|avx2] [--ceilings]

`peers.sh` prepares what this needs (the build, ONNX Runtime, the models as ONNX files) and calls it with the same arguments. A row reads

    {"workload": "mlp-adam-b32", "threads": 1, "peer": "pytorch", "ratio": 4.1, "peak_percent": 88.0, ...}

"ratio" is the peer's time over DLCompiler's, the median over the rounds; "peak_percent" the floating-point operations that the network needs (how they are
counted: docs/performance.md) over DLCompiler's median time, in percent of what multiply-adds on registers reach in the same rounds. Each round takes a sample
of that ceiling, of DLCompiler and of the peer, of about ten milliseconds. Samples on one thread in which the system took the processor away are dropped, and
counted. A row for which too few are left, or in whose rounds the ceiling itself was not reached (other programs ran), says "disturbed". A row's peers that are
not on this machine are left out, which a line on stderr says.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "DLCompiler.Benchmarks", "bin", "Release", "net10.0", "DLCompiler.Benchmarks.dll")
FETCHED = os.path.join(HERE, ".peers")
SAMPLE_SECONDS = 0.01

GEMMS = [256, 512, 1024, 2048]
QUICK_STEPS = {"mlp-sgd": [32, 128, 512], "mlp-adam": [32, 128, 512], "lenet5-adam": [32, 128, 2048], "cifarcnn-adam": [32, 128], "resnet18-adam": [32]}
ALL_STEPS = {name: [17] + batches for name, batches in QUICK_STEPS.items()}

# Networks over characters: as many sequences as their authors take.
TEXT = {"charlstm-adam": 32, "gpt4x128-adamw": 12, "gpt6x384-adamw": 8, "gpt6x384-decode": 1}
NETWORKS = ["mlp", "lenet5", "cifarcnn", "resnet18"]
ALL_PREDICTIONS = [1, 2, 4, 8, 16, 17]

CEILINGS = ["peak-fma", "read-l1", "read-l2", "read-l3", "read-dram"]


class PeerFailed(Exception):
    """A process ended instead of answering."""


class Peer:
    """A process that measures on demand."""

    def __init__(self, name, command, threads, environment=None):
        self.name, self.command, self.threads, self.environment = name, command, threads, environment
        self.process = None

    def start(self):
        pin = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if self.threads == 1 else []
        self.process = subprocess.Popen(
            pin + self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env={**os.environ, **(self.environment or {})})
        if "ready" not in self.process.stdout.readline():
            self.fail()

    def ask(self, line):
        """The numbers of the answer."""
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(line + "\n")
            answer = self.process.stdout.readline().split()
        except BrokenPipeError:
            answer = []
        if not answer:
            self.fail()
        return [float(number) for number in answer]

    def fail(self):
        self.process.wait()
        self.process = None
        raise PeerFailed("this ended: " + " ".join(self.command))

    def measure(self, workload, batch, repetitions):
        """Seconds per call, and whether the processor was taken away meanwhile."""
        seconds, switches = self.ask(f"{workload} {batch} {repetitions}")
        return seconds, switches > 0

    def repetitions(self, workload, batch):
        """Calls that take about a sample's time."""
        seconds, _ = self.measure(workload, batch, 1)
        if seconds < SAMPLE_SECONDS / 2:
            seconds, _ = self.measure(workload, batch, max(1, round(SAMPLE_SECONDS / 2 / seconds)))
        return max(1, round(SAMPLE_SECONDS / seconds))

    def work(self, workload, batch):
        """Floating-point operations of a call, and bytes that it reads where reading is all it does."""
        return self.ask(f"work {workload} {batch}")

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


class Effort:
    """How long to measure a row: until there are enough undisturbed samples or the time is up, but a few in any case."""

    def __init__(self, quick):
        self.rounds, self.seconds = (30, 6) if quick else (60, 40)
        self.least = 5


# The highest ceiling of the rows so far, by threads.
best_peaks = {}


def row(workload, batch, ours, peers, threads, effort):
    """The lines of one row: one a peer, as dictionaries."""
    flops, _ = ours.work(workload, batch)
    peak_flops, _ = ours.work("peak-fma", 1)
    sides = [(ours, "peak-fma", 1), (ours, workload, batch)] + [(peer, workload, batch) for peer in peers]
    sides = [(side, name, size, side.repetitions(name, size)) for side, name, size in sides]
    clean, disturbed = [], []
    start = time.monotonic()
    while len(clean) < effort.rounds and (time.monotonic() - start < effort.seconds or len(clean) + len(disturbed) < effort.least):
        sample = []
        for side, name, size, repetitions in sides:
            sample.append(side.measure(name, size, repetitions))
            pause(threads)

        # With several threads a worker that yields while it waits counts as preempted: there the median has to do.
        preempted = threads == 1 and any(taken for _, taken in sample)
        (disturbed if preempted else clean).append([seconds for seconds, _ in sample])
    samples = clean if len(clean) >= effort.least else clean + disturbed

    # Not the median, and not much less than any row of the run reached: where other programs run, it is the ceiling that suffers first.
    peaks = [peak_flops / sample[0] for sample in samples]
    best_peaks[threads] = max(best_peaks.get(threads, 0), percentile(peaks, 0.75))
    peak = max(percentile(peaks, 0.75), 0.95 * best_peaks[threads])
    percent = 100 * flops / statistics.median(sample[1] for sample in samples) / peak
    for index, peer in enumerate(peers):
        ratios = [sample[2 + index] / sample[1] for sample in samples]
        line = {
            "workload": workload if workload.startswith("gemm") else f"{workload}-b{batch}", "threads": threads, "peer": peer.name,
            "ratio": significant(statistics.median(ratios)), "peak_percent": round(percent, 1),
            "ratio_p10": significant(percentile(ratios, 0.1)), "ratio_p90": significant(percentile(ratios, 0.9)),
        }
        line.update(spread("dlcompiler_us", [sample[1] * 1e6 for sample in samples]))
        line.update(spread(f"{peer.name}_us", [sample[2 + index] * 1e6 for sample in samples]))
        line["dlcompiler_samples_per_s"] = round(batch / statistics.median(sample[1] for sample in samples))
        line["peak_gflops"] = round(peak / 1e9, 1)
        line.update({"samples": len(samples), "dropped": len(clean) + len(disturbed) - len(samples)})
        if samples is not clean or percentile(peaks, 0.25) < 0.95 * peak:
            line["disturbed"] = True
        yield line


def spread(name, values):
    """Median, tenth and ninetieth percentile."""
    return {name: significant(statistics.median(values)), f"{name}_p10": significant(percentile(values, 0.1)), f"{name}_p90": significant(percentile(values, 0.9))}


def percentile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)]


def significant(value):
    """Four digits say all there is to say."""
    return float(f"{value:.4g}")


def pause(threads):
    """Lets spinning workers of one side park before the other side is measured."""
    if threads > 1:
        time.sleep(0.01)


def ceilings(ours, threads, level):
    """What the processor does at most: GFLOP/s of multiply-adds on registers, GB/s of reading."""
    for name in CEILINGS:
        flops, size = ours.work(name, 1)
        repetitions = ours.repetitions(name, 1)
        rates = [(flops or size) / ours.measure(name, 1, repetitions)[0] / 1e9 for _ in range(20)]
        yield {"ceiling": name, "threads": threads, "level": level, "unit": "GFLOP/s" if flops else "GB/s", **spread("rate", rates)}


def rows(quick):
    """Workload, batch and the names of the peers."""
    for size in GEMMS:
        yield f"gemm-{size}", size, ["pytorch"]
    for workload, batches in (QUICK_STEPS if quick else ALL_STEPS).items():
        for batch in batches:
            yield workload, batch, ["pytorch"]
    for workload, batch in TEXT.items():
        yield workload, batch, ["pytorch"]
    for network in NETWORKS:
        for batch in [1] if quick else ALL_PREDICTIONS:
            yield f"{network}-infer", batch, ["onnxruntime"] if quick else ["onnxruntime", "pytorch"]


def wanted(only, workload, batch):
    return only in workload or only in f"{workload}-b{batch}"


def processes(threads, level, python):
    """DLCompiler, and the peers that are on this machine."""
    ours = Peer("dlcompiler", ["dotnet", PROGRAM, "serve", str(threads)], threads, {"DOTNET_EnableAVX512": "0"} if level == "avx2" else None)
    peers = {}
    if python is None:
        skip("pytorch: no Python here has torch (Debian: python3-torch libopenblas0-openmp)")
    else:
        peers["pytorch"] = Peer("pytorch", [python, os.path.join(HERE, "pytorch", "serve.py"), str(threads), level], threads)
    server, library = os.path.join(FETCHED, "onnxruntime-serve"), os.path.join(FETCHED, "libonnxruntime.so.1")
    if level == "avx2":
        skip("onnxruntime: it chooses its instructions itself and can't be held to AVX2")
    elif not (os.path.exists(server) and os.path.exists(library) and os.path.exists(os.path.join(FETCHED, "models"))):
        skip("onnxruntime: not prepared; see what peers.sh said")
    else:
        peers["onnxruntime"] = Peer("onnxruntime", [server, library, os.path.join(FETCHED, "models"), str(threads)], threads)
    return ours, peers


def skip(message):
    print("skipped: " + message, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rows and samples: under ten minutes")
    parser.add_argument("--only", default="", metavar="SUBSTRING", help="only rows whose name contains this")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--level", choices=["avx512", "avx2"], default="avx512", help="avx2 holds DLCompiler and PyTorch to AVX2")
    parser.add_argument("--ceilings", action="store_true", help="measure only what the processor does at most")
    parser.add_argument("--python", help="the interpreter that has torch")
    arguments = parser.parse_args()

    for threads in map(int, arguments.threads.split(",")):
        ours, peers = processes(threads, arguments.level, arguments.python)
        if arguments.ceilings or not arguments.quick and not arguments.only:
            for line in ceilings(ours, threads, arguments.level):
                print(json.dumps(line), flush=True)
        for workload, batch, names in [] if arguments.ceilings else rows(arguments.quick):
            present = [peers[name] for name in names if name in peers]
            if not present or not wanted(arguments.only, workload, batch):
                continue
            try:
                for line in row(workload, batch, ours, present, threads, Effort(arguments.quick)):
                    if arguments.level != "avx512":
                        line["level"] = arguments.level
                    print(json.dumps(line), flush=True)
            except PeerFailed as failure:
                skip(f"{workload}-b{batch} on {threads} threads: {failure}")
        for side in [ours, *peers.values()]:
            side.close()


if __name__ == "__main__":
    main()
