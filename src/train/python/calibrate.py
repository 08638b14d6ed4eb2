"""What computing in bytes takes: from where to where the numbers behind each layer go on real pictures, into the weights' own file
(metadata "film.ranges"). A pair of pictures of every training clip, seeded; the outermost numbers of each picture are cut off.
"""
import argparse
import json
import os

import numpy as np
import torch

import evaluate
import evaluate_clips
import footage
import safetensors
from film import Finish, padded

ANSWERS = {"finish.mask": slice(0, 4), "finish.luma": slice(4, 8), "finish.chroma": slice(8, 10)}
OUTERMOST = 3e-4  # share of a picture's numbers beyond a range, at each end


def bytes_layers(film):
    """{name: layer} of those that are computed in bytes and have a range of their own: all that see their surroundings."""
    return {name: layer for name, layer in film.named_modules()
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size[0] > 1}


def widened(found, numbers, outermost=OUTERMOST):
    """The range that holds another one and these numbers, but for the outermost, and 0."""
    beyond = int(numbers.size * outermost)
    ordered = np.partition(numbers, (beyond, numbers.size - 1 - beyond))
    return [min(found[0], float(ordered[beyond])), max(found[1], float(ordered[numbers.size - 1 - beyond]))]


def ranges(film, pairs):
    """{layer: [lowest, highest]} before activations, and of what the last layers see of the decoder and answer.
    pairs: (y [2,1,H,W], c [2,2,H/2,W/2])."""
    found = {name: [0.0, 0.0] for name in [*bytes_layers(film), "finish.features", *ANSWERS]}

    def seen(name):
        def hook(layer, inputs, output):
            found[name] = widened(found[name], output.numpy().ravel())
        return hook

    def finished(finish, inputs, output):
        found["finish.features"] = widened(found["finish.features"], inputs[0][:, Finish.PICTURES:].numpy().ravel())
        for name, channels in ANSWERS.items():  # whole: few places have a residual, and these are what it is for
            found[name] = widened(found[name], output[:, channels].numpy().ravel(), outermost=0)
    hooks = [film.finish.register_forward_hook(finished)]
    hooks += [layer.register_forward_hook(seen(name)) for name, layer in bytes_layers(film).items()]
    with torch.no_grad():
        for y, c in pairs:
            film(padded(y, film.config.alignment), padded(c, film.config.alignment // 2), torch.full((1, 1, 1, 1), 0.5))
    for hook in hooks:
        hook.remove()
    return found


def drawn_pairs(targets, seed):
    random = np.random.default_rng(seed)
    for target in targets:
        frames = np.load(target, mmap_mode="r")
        height, gap = frames.shape[1] * 2 // 3, random.integers(1, 3)
        start = random.integers(len(frames) - gap)
        pair = (evaluate_clips.planes(frames, index, height) for index in (start, start + gap))
        yield tuple(torch.cat(planes) for planes in zip(*pair))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("weights", help="safetensors, changed in place")
    parser.add_argument("--footage", required=True, help="folder with clips/")
    parser.add_argument("--cache", default=os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "midframe-train"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = drawn_pairs(footage.prepare(options.footage, options.cache), options.seed)
    result = ranges(evaluate.load_film(options.weights), pairs)
    tensors, metadata = safetensors.read(options.weights)
    rounded = {name: [float(f"{number:.4g}") for number in pair] for name, pair in result.items()}
    safetensors.write(options.weights, tensors, {**metadata, "film.ranges": json.dumps(rounded, separators=(",", ":"))})
    print(f"{options.weights}: {len(rounded)} ranges")
