"""Small random models of v1's kind, made without PyTorch, for tests that are not about scores."""

import json
import struct

import numpy as np

CLASSES = ["alpha", "beta", "gamma"]
CHANNELS = 4
SEED = 120


def spec(window, fixed_window, classes=CLASSES):
    return {
        "alphabet": "dna",
        "unknown_channel": True,
        "window": window,
        "fixed_window": fixed_window,
        "channels": CHANNELS,
        "stem_kernel": 1,
        "blocks": [{"kind": "gated", "kernel": 3, "dilation": 1}] * 2,
        "final_norm": False,
        "pooling": {
            "kinds": ["mean"],
            "over_padding": fixed_window,
            "heads": 4,
            "score_bound": 6.0,
        },
        "length": {"enabled": False, "cut": "mask"},
        "head": {"norm": False, "hidden": 0},
        "classes": list(classes),
    }


def tensors(seed=SEED, n_classes=len(CLASSES)):
    """Scales, and a seed, under which each class wins its share of random windows."""
    scales = {"norm.bias": 0.1, "classifier.weight": 4, "classifier.bias": 0}
    shapes = {
        "input_proj.weight": (CHANNELS, 5, 1),
        "input_proj.bias": (CHANNELS,),
        "classifier.weight": (n_classes, CHANNELS),
        "classifier.bias": (n_classes,),
    }
    for block in ("blocks.0.", "blocks.1."):
        shapes |= {
            block + "depth_conv.weight": (CHANNELS, 1, 3),
            block + "depth_conv.bias": (CHANNELS,),
            block + "gate.weight": (CHANNELS, CHANNELS, 1),
            block + "gate.bias": (CHANNELS,),
            block + "norm.weight": (CHANNELS,),
            block + "norm.bias": (CHANNELS,),
        }
    random = np.random.default_rng(seed)
    values = {}
    for name, shape in shapes.items():
        drawn = random.normal(size=shape)
        kind = ".".join(name.split(".")[-2:])
        drawn = 1 + 0.2 * drawn if kind == "norm.weight" else drawn * scales.get(kind, 1)
        values[name] = drawn.astype("<f4")
    return values


def safetensors(header, values):
    """The bytes of a .safetensors file; the header may be any object, or bytes taken as given."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + values


def parts(window, fixed_window, classes=CLASSES, seed=SEED):
    """Header and values of a good model, for those who want to spoil one."""
    card = {"name": "tiny", "description": "Random weights.", "license": "MIT"}
    header = {
        "__metadata__": {
            "format": "vio",
            "format_version": "1",
            "spec": json.dumps(spec(window, fixed_window, classes)),
            "card": json.dumps(card),
        }
    }
    values = b""
    for name, tensor in sorted(tensors(seed, len(classes)).items()):
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(values), len(values) + tensor.nbytes],
        }
        values += tensor.tobytes()
    return header, values


def write(path, window, fixed_window, classes=CLASSES, seed=SEED):
    path.write_bytes(safetensors(*parts(window, fixed_window, classes, seed)))
