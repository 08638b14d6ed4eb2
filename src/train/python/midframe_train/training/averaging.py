"""Averages the weights of trainings of which one began with the other's: the mean is often better than either."""
import argparse

import numpy as np

from midframe_train.model import weights_file


def averaged(sources, shares):
    """Tensors and the first one's metadata."""
    weights, metadata = zip(*(weights_file.read(source) for source in sources))
    for source, other in zip(sources, metadata):
        if other.get("film.config") != metadata[0].get("film.config"):
            raise SystemExit(f"{source} is another network than {sources[0]}")
    tensors = {name: np.average([each[name] for each in weights], axis=0, weights=shares).astype(np.float32) for name in weights[0]}
    return tensors, metadata[0]


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train average", description=__doc__)
    parser.add_argument("out", help="safetensors to write")
    parser.add_argument("weights", nargs="+", help="two safetensors or more")
    parser.add_argument("--shares", type=float, nargs="+", help="how much each counts; equally by default")
    options = parser.parse_args(arguments)
    if len(options.weights) < 2 or options.shares and len(options.shares) != len(options.weights):
        parser.error("an average takes two weights or more, and with --shares one share for each")
    weights_file.write(options.out, *averaged(options.weights, options.shares))
