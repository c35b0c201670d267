#!/usr/bin/env python3
"""How the cost of a network grows with the batch, the width and the depth: measures (DLCompiler.Growth), keeps the figures as lines of JSON, and draws them.

usage: growth.py [--from FILE] [--only batch|width|depth|layers] [--no-build]

Writes docs/images/growth-batch.svg, growth-width.svg, growth-depth.svg and growth-layers.svg. With --from nothing is measured: FILE holds lines of an earlier run, which prints
them.
"""
import argparse
import json
import math
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.join(HERE, "DLCompiler.Growth")
PROGRAM = os.path.join(PROJECT, "bin", "Release", "net10.0", "DLCompiler.Growth.dll")
IMAGES = os.path.join(HERE, "..", "docs", "images")

SWEEPS = {
    "batch": "LeNet-5, batch 1 to 4096",
    "width": "784-width-10, width 16 to 4096, batch 32",
    "layers": "transformer of 1 to 64 layers of 128 features, batch 8",
    "depth": "784-128-…-128-10, 1 to 200 hidden layers, batch 32",
}

# Title, unit, what to divide by, and the series: name in the file, label, colour.
PANELS = [
    ("build", "ms", 1, [("generator_ms", "generator", "#0b6bcb"), ("compiler_ms", "C# compiler", "#c2410c")]),
    ("emitted text, four levels", "kB", 1e3, [("emitted_bytes", "", "#0b6bcb")]),
    ("JIT, first step", "ms", 1, [("jit_ms", "", "#0b6bcb")]),
    ("kernels of a level", "", 1, [("kernels", "", "#0b6bcb")]),
    ("arena", "kB", 1e3, [("arena_bytes", "", "#0b6bcb")]),
    ("step on one thread", "µs a sample", 1, [("us_per_sample", "", "#0b6bcb")]),
]
WIDTH, HEIGHT, COLUMNS = 280, 190, 3
LEFT, RIGHT, TOP, BOTTOM = 58, 20, 34, 34


def number(value):
    """A label: 0.1, 20, 3,000."""
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def decades(values):
    """The powers of ten around the values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def panel(column, line, points, title, unit, divisor, series):
    """One small plot, both axes logarithmic."""
    left, top = column * WIDTH + LEFT, 30 + line * HEIGHT + TOP
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    xs = [point["value"] for point in points]
    low, high = decades([point[key] / divisor for point in points for key, _, _ in series])

    def x(value):
        return left + width * math.log(value / xs[0]) / math.log(xs[-1] / xs[0])

    def y(value):
        return top + height * (1 - (math.log10(value) - low) / (high - low))

    out = [f'<text x="{left}" y="{top - 10}" class="title">{title}{", " + unit if unit else ""}</text>']
    for power in range(low, high + 1):
        out.append(f'<line x1="{left}" y1="{y(10 ** power):.1f}" x2="{left + width}" y2="{y(10 ** power):.1f}" class="grid"/>')
        out.append(f'<text x="{left - 6}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{number(10.0 ** power)}</text>')
    for value in (xs[0], xs[len(xs) // 2], xs[-1]):
        out.append(f'<text x="{x(value):.1f}" y="{top + height + 16}" text-anchor="middle">{number(value)}</text>')
    for index, (key, label, color) in enumerate(series):
        places = [(x(point["value"]), y(point[key] / divisor)) for point in points]
        out.append(f'<polyline points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in places)}" stroke="{color}" class="line"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.2" fill="{color}"/>' for a, b in places]
        if label:
            out.append(f'<text x="{left + width}" y="{top - 10 + 13 * index}" text-anchor="end" fill="{color}" style="fill:{color}">{label}</text>')
    return out


def draw(name, points):
    """The plots of one sweep."""
    width, height = COLUMNS * WIDTH, 30 + HEIGHT * math.ceil(len(PANELS) / COLUMNS)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="How costs grow: {SWEEPS[name]}">',
        "<style>text { font: 11px system-ui, sans-serif; fill: #444 } .title { font-weight: 600; fill: #111 } .head { font-size: 14px; font-weight: 600; fill: #111 } "
        ".grid { stroke: #ddd } .line { fill: none; stroke-width: 1.6 }</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" class="head">{SWEEPS[name]}</text>',
    ]
    for index, (title, unit, divisor, series) in enumerate(PANELS):
        out += panel(index % COLUMNS, index // COLUMNS, points, title, unit, divisor, series)
    with open(os.path.join(IMAGES, f"growth-{name}.svg"), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(out + ["</svg>"]) + "\n")


def measure(names):
    """Lines of JSON as they come."""
    with subprocess.Popen(["dotnet", PROGRAM, "growth"] + names, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            yield json.loads(line)
    if process.returncode:
        sys.exit(process.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", metavar="FILE", help="draw these figures")
    parser.add_argument("--only", choices=list(SWEEPS))
    parser.add_argument("--no-build", action="store_true")
    arguments = parser.parse_args()
    names = [arguments.only] if arguments.only else list(SWEEPS)
    if arguments.source:
        with open(arguments.source, encoding="utf-8") as file:
            points = [json.loads(line) for line in file]
    else:
        if not arguments.no_build:
            subprocess.run(["dotnet", "build", "-c", "Release", "--nologo", "-v", "q", PROJECT], check=True, stdout=sys.stderr)
        points = list(measure(names))
    for name in names:
        draw(name, [point for point in points if point["sweep"] == name])


if __name__ == "__main__":
    main()
