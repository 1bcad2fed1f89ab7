#!/usr/bin/env python3
"""Turns a PyTorch state_dict (.pt, .pth) into a .safetensors file with the same tensor names.

    scripts/pt_to_safetensors.py model.pt model.safetensors
    vio-train import ...            # gives the weights a spec and makes a model of them

Reads what torch.save(model.state_dict(), ...) wrote, or a checkpoint that holds a state_dict under
"state_dict", "model_state_dict" or "model". Needs torch and numpy.

A .pt file is a pickle, and a pickle can run any program when it is opened. PyTorch 1.13 and later
can refuse such files (weights_only); an older PyTorch cannot, so there --trust is needed.
"""

import argparse
import inspect
import json
import os
import pathlib
import struct
import sys

import numpy as np
import torch

WRAPPERS = ("state_dict", "model_state_dict", "model")
DATA_PARALLEL = "module."


def load(path, trust):
    """What the pickle holds, tensors on the CPU."""
    if not path.is_file():
        sys.exit(f"{path} is no file: give the .pt or .pth file that torch.save wrote")
    options = {"map_location": "cpu"}
    if not trust:
        if "weights_only" not in inspect.signature(torch.load).parameters:
            sys.exit(
                f"PyTorch {torch.__version__} cannot open a pickle safely: use 1.13 or later, or "
                "add --trust for a file that you made yourself"
            )
        options["weights_only"] = True
    elif "weights_only" in inspect.signature(torch.load).parameters:
        options["weights_only"] = False
    try:
        return torch.load(path, **options)
    except Exception as error:  # torch.load raises whatever the pickle makes it raise
        hint = "" if trust else "; a file that you made yourself may need --trust"
        sys.exit(f"{path} cannot be read as a PyTorch file: {error}{hint}")


def find_state_dict(content, path):
    if isinstance(content, torch.nn.Module):
        content = content.state_dict()
    for wrapper in WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
    if not isinstance(content, dict):
        sys.exit(f"{path} holds a {type(content).__name__} where a state_dict was expected")
    return content


def to_arrays(state_dict, path):
    """{name: float32 array}; names lose the prefix that DataParallel puts before all of them."""
    strip = len(DATA_PARALLEL) if all(n.startswith(DATA_PARALLEL) for n in state_dict) else 0
    arrays = {}
    for name, value in state_dict.items():
        if not isinstance(value, torch.Tensor) or not value.is_floating_point():
            sys.exit(f"{path}: '{name}' is no tensor of floating-point numbers")
        array = value.detach().to(torch.float32).contiguous().numpy()
        if not np.isfinite(array).all():
            sys.exit(f"{path}: tensor '{name}' has values that are not finite numbers")
        arrays[name[strip:]] = array
    if not arrays:
        sys.exit(f"{path} holds no tensors")
    return arrays


def safetensors_bytes(arrays):
    """The file format is a length, a JSON header and the values, little-endian, without holes."""
    header, values = {}, b"".join(array.astype("<f4").tobytes() for array in arrays.values())
    offset = 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + values


def write_whole(path, content):
    """Under a temporary name first, so that a half file never has the final one."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        sys.exit(f"{path} cannot be written: {error.strerror}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=pathlib.Path, help="a .pt or .pth file")
    parser.add_argument("output", type=pathlib.Path, help="the .safetensors file to write")
    parser.add_argument("--trust", action="store_true", help="open any pickle, even one with code")
    options = parser.parse_args()
    state_dict = find_state_dict(load(options.input, options.trust), options.input)
    arrays = to_arrays(state_dict, options.input)
    write_whole(options.output, safetensors_bytes(arrays))
    count = sum(array.size for array in arrays.values())
    print(f"{options.output}: {len(arrays)} tensors, {count} values", file=sys.stderr)


if __name__ == "__main__":
    main()
