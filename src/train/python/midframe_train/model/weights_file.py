"""Reading and writing of safetensors files: float32 tensors and string metadata, nothing else.

The format: an 8-byte little-endian length, that many bytes of JSON (per tensor: dtype, shape, data_offsets), then the data.
"""
import json
import os
import struct

import numpy as np


def read(path):
    """Returns ({name: float32 array}, {metadata})."""
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < 8 or struct.unpack("<Q", data[:8])[0] > len(data) - 8:
        raise ValueError(f"{path}: not a safetensors file (too short)")
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']}, only F32 is read")
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return tensors, metadata


def write(path, tensors, metadata):
    """Writes atomically; a tensor that holds NaN or infinity is refused and leaves the file as it was."""
    header, blobs, offset = {"__metadata__": metadata}, [], 0
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name], "<f4")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} holds NaN or infinity: {path} not written")
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        blobs.append(array.tobytes())
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # readers that map the file want aligned tensors
    partial = f"{path}.partial"
    with open(partial, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
