"""What computing in int8 takes: the activation ranges of each layer on real pictures, into the weights' own file (metadata
"film.ranges"). A pair of pictures of every training clip, seeded. The outermost values of each picture are cut off, and the widest
clips count for nothing: one clip of extremes would make the steps of all others coarse.
"""
import argparse
import json

import numpy as np
import torch

from midframe_train.data import footage
from midframe_train.model import trained, weights_file
from midframe_train.model.film import BlendHead, padded

HEAD_OUTPUTS = {"finish.mask": slice(0, 4), "finish.luma": slice(4, 8), "finish.chroma": slice(8, 10)}
OUTERMOST = 3e-4  # share of a picture's values beyond a range, at each end
COVERED = 0.95  # share of clips that a range holds at each end; of what the blend head gives it holds all


def quantized_layers(film):
    """{name: layer} of those that are computed in int8 and have a range of their own: all that see their surroundings."""
    return {name: layer for name, layer in film.named_modules()
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size[0] > 1}


def limits(values, outermost=OUTERMOST):
    """The range of values but for the outermost, and 0."""
    beyond = int(values.size * outermost)
    ordered = np.partition(values, (beyond, values.size - 1 - beyond))
    return [min(0.0, float(ordered[beyond])), max(0.0, float(ordered[values.size - 1 - beyond]))]


def covering(found, covered=COVERED):
    """The range that holds so large a share of ranges, at each end."""
    lows, highs = zip(*found)
    return [float(np.quantile(lows, 1 - covered)), float(np.quantile(highs, covered))]


def activation_ranges(film, pairs):
    """{layer: [lowest, highest]} before activations, and of what the blend head sees of the decoder and gives.
    pairs: (y [2,1,H,W], c [2,2,H/2,W/2])."""
    found = {name: [] for name in [*quantized_layers(film), "finish.features", *HEAD_OUTPUTS]}

    def seen(name):
        def hook(layer, inputs, output):
            found[name].append(limits(output.numpy().ravel()))
        return hook

    def finished(finish, inputs, output):
        found["finish.features"].append(limits(inputs[0][:, BlendHead.PICTURES:].numpy().ravel()))
        for name, channels in HEAD_OUTPUTS.items():  # whole: few places have a residual, and these are what it is for
            found[name].append(limits(output[:, channels].numpy().ravel(), outermost=0))
    hooks = [film.finish.register_forward_hook(finished)]
    hooks += [layer.register_forward_hook(seen(name)) for name, layer in quantized_layers(film).items()]
    with torch.no_grad():
        for y, c in pairs:
            film(padded(y, film.config.alignment), padded(c, film.config.alignment // 2), torch.full((1, 1, 1, 1), 0.5))
    for hook in hooks:
        hook.remove()
    return {name: covering(ranges, 1.0 if name in HEAD_OUTPUTS else COVERED) for name, ranges in found.items()}


def drawn_pairs(targets, seed):
    random = np.random.default_rng(seed)
    for target in targets:
        frames = np.load(target, mmap_mode="r")
        gap = random.integers(1, 3)
        start = random.integers(len(frames) - gap)
        yield tuple(torch.cat(pair) for pair in zip(*(footage.planes(frames[index]) for index in (start, start + gap))))


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train calibrate", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("weights", help="safetensors, changed in place")
    parser.add_argument("--footage", required=True, help="folder with clips/")
    parser.add_argument("--cache", default=footage.default_cache())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    pairs = drawn_pairs(footage.prepare(options.footage, options.cache), options.seed)
    found = activation_ranges(trained.load(options.weights), pairs)
    tensors, metadata = weights_file.read(options.weights)
    rounded = {name: [float(f"{number:.4g}") for number in pair] for name, pair in found.items()}
    weights_file.write(options.weights, tensors, {**metadata, "film.ranges": json.dumps(rounded, separators=(",", ":"))})
    print(f"{options.weights}: {len(rounded)} ranges")
