#!/usr/bin/env python3
"""Writes the networks as ONNX files for ONNX Runtime: input "x" of [N, …], output "y" of [N, 10], N symbolic.

usage: export.py FOLDER
"""
import os
import sys
import warnings

import torch

from networks import NETWORKS

warnings.filterwarnings("ignore")
torch.manual_seed(0)
for name, (build, shape) in NETWORKS.items():
    torch.onnx.export(
        build().eval(), torch.rand(1, *shape), os.path.join(sys.argv[1], name + ".onnx"), opset_version=13, input_names=["x"], output_names=["y"],
        dynamic_axes={"x": {0: "N"}, "y": {0: "N"}})
