"""Averages the weights of trainings that began with the same ones: python3 average.py OUT.safetensors WEIGHTS WEIGHTS..."""
import sys

import numpy as np

import safetensors


def main(target, sources):
    weights, metadata = zip(*(safetensors.read(source) for source in sources))
    for source, other in zip(sources, metadata):
        if other.get("film.config") != metadata[0].get("film.config"):
            raise SystemExit(f"{source} is another network than {sources[0]}")
    averaged = {name: np.mean([each[name] for each in weights], axis=0, dtype=np.float64).astype(np.float32) for name in weights[0]}
    safetensors.write(target, averaged, metadata[0])


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit("usage: average.py OUT.safetensors WEIGHTS WEIGHTS...")
    main(sys.argv[1], sys.argv[2:])
