#!/usr/bin/env bash
# DLCompiler beside PyTorch and ONNX Runtime: builds and fetches what is missing (into benchmarks/.peers), says on stderr what can't be had and is left out,
# and measures. Arguments are those of peers.py: --quick (under ten minutes), --only SUBSTRING, --threads 1,2, --level avx2, --ceilings.
#
# Needs the .NET SDK; for PyTorch, Debian's python3-torch and libopenblas0-openmp; for ONNX Runtime, npm (or DLC_ONNXRUNTIME, the path of a
# libonnxruntime.so) and gcc, and PyTorch, which writes the models' ONNX files.
set -euo pipefail
cd "$(dirname "$0")"
fetched=.peers
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

skip() { echo "skipped: $1" >&2; }

dotnet build -c Release --nologo -v q -clp:NoSummary DLCompiler.Benchmarks >&2

python=""
for candidate in "${DLC_PYTHON:-}" /usr/bin/python3 python3; do
    if [ -n "$candidate" ] && "$candidate" -c "import torch" 2> /dev/null; then python=$candidate; break; fi
done

# The npm package has the shared library for Linux on x64 and ARM in it; nothing of it is run.
fetch_onnxruntime() {
    [ -e "$fetched/libonnxruntime.so.1" ] && return
    mkdir -p "$fetched"
    if [ -n "${DLC_ONNXRUNTIME:-}" ]; then ln -sf "$(realpath "$DLC_ONNXRUNTIME")" "$fetched/libonnxruntime.so.1"; return; fi
    command -v npm > /dev/null || { skip "onnxruntime: neither npm nor DLC_ONNXRUNTIME"; return 1; }
    local architecture
    case "$(uname -m)" in x86_64) architecture=x64 ;; aarch64) architecture=arm64 ;; *) skip "onnxruntime: no library for $(uname -m)"; return 1 ;; esac
    npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$fetched/npm" onnxruntime-node@1.30.0 >&2 || { skip "onnxruntime: npm failed"; return 1; }
    local library
    library=$(find "$fetched/npm/node_modules/onnxruntime-node/bin" -path "*linux/$architecture/libonnxruntime.so.1" | head -1)
    [ -n "$library" ] || { skip "onnxruntime: the package has no library for $architecture"; return 1; }
    ln -sf "$(realpath "$library")" "$fetched/libonnxruntime.so.1"
}

build_server() {
    [ "$fetched/onnxruntime-serve" -nt onnxruntime/serve.c ] && return
    command -v gcc > /dev/null || { skip "onnxruntime: no gcc"; return 1; }
    gcc -O2 -Wall -o "$fetched/onnxruntime-serve" onnxruntime/serve.c -ldl
}

export_models() {
    [ -n "$python" ] || { skip "onnxruntime: no PyTorch to write the models"; return 1; }
    [ -e "$fetched/models/complete" ] && [ "$fetched/models/complete" -nt pytorch/export.py ] && [ "$fetched/models/complete" -nt pytorch/serve.py ] && return
    mkdir -p "$fetched/models"
    "$python" pytorch/export.py "$fetched/models" >&2 && touch "$fetched/models/complete"
}

fetch_onnxruntime && build_server && export_models || true
exec "${python:-python3}" peers.py ${python:+--python "$python"} "$@"
