"""What PyTorch on a CPU needs to be at its best; imported before torch.

Three settings, each worth up to a factor of two for small networks:
  * OPENBLAS_CORETYPE, where some machine exports it, can hold OpenBLAS to older instructions than the processor has: removed.
  * OpenBLAS on OpenMP shares torch's threads; its pthread build fights with them for the processors. (Debian: libopenblas0-openmp.)
  * glibc's malloc gives freed tensors back to the system, and the next step faults their pages in again: told not to.
"""
import os
import resource
import sys

MALLOC = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 32),
    "MALLOC_TOP_PAD_": str(1 << 26),
}


# What holds OpenBLAS, oneDNN and torch's own kernels to AVX2.
AVX2 = {"OPENBLAS_CORETYPE": "Haswell", "ONEDNN_MAX_CPU_ISA": "AVX2", "DNNL_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}


def apply(threads, level="avx512", malloc="keep"):
    """Sets the environment, restarting the interpreter where glibc has to see it, and torch's threads. Returns torch.

    malloc "stock" leaves glibc's settings alone, for who looks at memory and not at time.
    """
    if malloc == "keep" and any(os.environ.get(name) != value for name, value in MALLOC.items()):
        os.environ.update(MALLOC)
        os.execv(sys.executable, [sys.executable] + sys.argv)
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    if level == "avx2":
        os.environ.update(AVX2)
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)

    import torch
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    return torch


def involuntary_switches():
    """How often the system took the processor away from this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw
