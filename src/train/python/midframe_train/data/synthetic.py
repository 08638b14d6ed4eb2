"""Synthetic motion with exact truth: samples of the scenes, and the pool in which workers keep them."""
import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from midframe_train.data import degradation, footage, scenes
from midframe_train.data.layers import picture, velocity
from midframe_train.data.motion import SIDE

SHARD = 32  # samples a file
FOLDER = "synthetic"


class Synthetic(NamedTuple):
    """y, c, t as in footage.Sample; flows [2 (forward, backward), 2 (x, y), H/4, W/4] in pixels of that size, and where they are sure."""
    y: np.ndarray
    c: np.ndarray
    t: float
    flows: np.ndarray
    flow_weights: np.ndarray


def moments_of(scene, moment):
    """When the shutter is open, closely enough that a moving edge leaves no copies."""
    if not scene.exposure:
        return [moment]
    way = scene.exposure * max(layer.motion.fastest() for layer in scene.layers)
    return moment + scene.exposure * np.linspace(-0.5, 0.5, int(np.clip(way / 1.5, 3, 16)))


def exposed(scene, moment):
    """Y [SIDE, SIDE] and C [2, SIDE/2, SIDE/2] in codes."""
    moments = moments_of(scene, moment)
    # Sharp pictures are drawn at twice the size, so that no edge is jagged; what is blurred needs none of that.
    drawn = [picture(scene.layers, each, 2 * SIDE if len(moments) == 1 else SIDE) for each in moments]
    return [np.mean(parts, 0) for parts in zip(*drawn)]


def sample(random, clips, weights, degraded=degradation.degraded, kinds=scenes.KINDS):
    scene = scenes.drawn(random, lambda: clips[random.choice(len(clips), p=weights)], kinds)
    t = 0.5 if random.random() < 0.7 else float(random.choice((1 / 3, 2 / 3, 0.25, 0.75, 0.2, 0.4, 0.6, 0.8, random.uniform(0.1, 0.9))))
    y, c = (np.stack(planes) for planes in zip(*(exposed(scene, moment) for moment in (0.0, t, 1.0))))
    v0, middle, v1 = (velocity(scene.layers, moment) for moment in (0.0, 0.5, 1.0))
    agreed = [np.hypot(*(v - middle)) < 1 + 0.1 * np.hypot(*v) for v in (v0, v1)]
    y, c = degraded(random, y, c, t, scene.noise)
    return Synthetic(footage.codes(y), footage.codes(c), t, np.stack((v0, -v1)).astype(np.float16) / 4, np.stack(agreed).astype(np.uint8))


class Pool:
    """Samples that workers have drawn: folders of arrays, each complete as soon as it has its name."""
    PARTS = ("y", "c", "t", "flows", "flow_weights")

    def __init__(self, folder, random):
        self.folder, self.random, self.shards, self.looked = Path(folder), random, [], -1e9

    def __bool__(self):
        self.refresh()
        return bool(self.shards)

    def refresh(self):
        if time.monotonic() - self.looked < 30:
            return
        self.looked = time.monotonic()
        names = sorted(path for path in self.folder.glob("shard-*") if path.is_dir()) if self.folder.is_dir() else []
        if len(names) != len(self.shards):
            self.shards = [[np.load(name / f"{part}.npy", mmap_mode="r") for part in self.PARTS] for name in names]

    def draw(self, height, width):
        random = self.random
        y, c, t, flows, weights = (part[index] for index in [random.integers(SHARD)] for part in self.shards[random.integers(len(self.shards))])
        top, left = (int(random.integers((SIDE - side) // 4 + 1)) * 4 for side in (height, width))

        def crop(planes, divisor):
            return planes[..., top // divisor:(top + height) // divisor, left // divisor:(left + width) // divisor]
        return Synthetic(crop(y, 1), crop(c, 2), float(t), crop(flows, 4), crop(weights, 4))


def start_workers(cache, shards, workers):
    """Processes at the lowest priority that fill the pool up to its size and end."""
    command = [sys.executable, "-m", __name__, "--cache", cache, "--shards", str(shards)]
    return [subprocess.Popen([*command, "--worker", str(worker), "--workers", str(workers)], stdin=subprocess.DEVNULL)
            for worker in range(workers)]


def work(cache, shards, worker, workers):
    os.nice(10)
    torch.set_num_threads(1)
    clips = [footage.load(target) for target in sorted(Path(cache, footage.FOLDER).glob("*.npy"))]
    weights = footage.probabilities(clips)
    folder = Path(cache, FOLDER)
    for shard in range(worker, shards, workers):
        target = folder / f"shard-{shard:04d}"
        if target.exists():
            continue
        random = np.random.default_rng((8, shard))
        samples = [sample(random, clips, weights) for _ in range(SHARD)]
        partial = folder / f"partial-{shard:04d}"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for index, part in enumerate(Pool.PARTS):
            np.save(partial / f"{part}.npy", np.stack([np.asarray(one[index]) for one in samples]))
        os.rename(partial, target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--shards", type=int, required=True)
    parser.add_argument("--worker", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    work(given.cache, given.shards, given.worker, given.workers)
