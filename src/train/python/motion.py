"""Synthetic motion with exact truth: textured layers that move over one another.

A point u of a layer is at u + (time - 1/2) * V(u) at a time in 0..1, V = affine + smooth field, in pixels of the picture.
So any time between is exact, and the flow 0 -> 1 at a place of picture 0 is V there. A picture is drawn by inverting this
map (fixed point on a coarse grid), sampling texture and outline at twice the size, and averaging down.
"""
import argparse
import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

import degrade
import masks

SIDE = 320  # pixels of a stored sample
FINE = 2 * SIDE  # it is drawn at this size
COARSE = SIDE // 4  # maps and flows are known at this size
SHARD = 32  # samples a file


class Synthetic(NamedTuple):
    """y, c, t as in footage.Sample; flows [2 (forward, backward), 2 (x, y), H/4, W/4] in pixels of that size, and where they are sure."""
    y: np.ndarray
    c: np.ndarray
    t: float
    flows: np.ndarray
    flow_weights: np.ndarray


class Motion:
    """V(u), u in pixels of the picture."""

    def __init__(self, random, shift, lively):
        self.shift, self.centre = shift, random.uniform(0.2, 0.8, 2) * SIDE
        angle = math.radians(float(np.clip(random.standard_t(2) * 3, -20, 20))) * lively
        zoom = float(np.clip(random.standard_t(2) * 0.03, -0.2, 0.2)) * lively
        shear = random.normal(0, 0.02, 2) * lively
        self.matrix = np.array([[zoom, -math.sin(angle) + shear[0]], [math.sin(angle) + shear[1], zoom]])
        self.waves = []
        if random.random() < 0.5 * lively:
            for _ in range(4):
                length = random.uniform(40, 300)
                direction = random.uniform(0, 2 * np.pi)
                amplitude = random.normal(0, 0.02, 2) * length  # keeps the map one to one
                self.waves.append((np.array([np.cos(direction), np.sin(direction)]) * 2 * np.pi / length, random.uniform(0, 7), amplitude))

    def at(self, x, y):
        dx, dy = x - self.centre[0], y - self.centre[1]
        vx = self.matrix[0, 0] * dx + self.matrix[0, 1] * dy + self.shift[0]
        vy = self.matrix[1, 0] * dx + self.matrix[1, 1] * dy + self.shift[1]
        for wave, phase, amplitude in self.waves:
            swing = np.sin(wave[0] * x + wave[1] * y + phase)
            vx, vy = vx + amplitude[0] * swing, vy + amplitude[1] * swing
        return vx, vy

    def origin(self, moment):
        """For the middles of the coarse pixels at this time: u and V(u), as float32 arrays."""
        axis = (np.arange(COARSE) + 0.5) * 4
        x, y = np.meshgrid(axis, axis)
        ux, uy = x, y
        for _ in range(6):
            vx, vy = self.at(ux, uy)
            ux, uy = x - (moment - 0.5) * vx, y - (moment - 0.5) * vy
        return np.stack((ux, uy)).astype(np.float32), np.stack(self.at(ux, uy)).astype(np.float32)


class Layer:
    """A piece of a frame of a clip (or a plain colour), an outline (none: covers all), and a motion."""

    def __init__(self, random, clip, motion, box):
        self.motion, self.box, self.plain = motion, box, None
        height, width = clip.size
        frame = clip.frames[random.integers(len(clip.frames))]
        self.y = torch.from_numpy(frame[:height].astype(np.float32))[None, None]
        self.c = torch.from_numpy(frame[height:].reshape(1, 2, height // 2, width // 2).astype(np.float32))
        self.size, self.scale, self.angle = (width, height), random.uniform(0.8, 1.8), random.uniform(0, 2 * np.pi) if random.random() < 0.3 else 0
        self.place = random.uniform(0.25, 0.75, 2) * (width, height)
        if box is not None:
            self.mask = torch.from_numpy(masks.drawn(random))[None, None] * float(random.uniform(0.5, 1) if random.random() < 0.1 else 1)
            if random.random() < 0.25:
                self.plain = random.uniform((0, 80, 80), (255, 176, 176))
            self.gain = random.uniform(0.6, 1.3)
        else:
            self.gain = 1.0

    def drawn(self, origin):
        """origin: u at the coarse grid. Returns y, c and coverage at the fine size (c and its coverage at half of it)."""
        fine = F.interpolate(torch.from_numpy(origin)[None], size=(FINE, FINE), mode="bilinear", align_corners=False)[0]
        half = F.interpolate(torch.from_numpy(origin)[None], size=(SIDE, SIDE), mode="bilinear", align_corners=False)[0]
        if self.plain is None:
            y, c = self.textured(self.y, fine), self.textured(self.c, half)
        else:
            y = torch.full((1, 1, FINE, FINE), float(self.plain[0]))
            c = torch.tensor(self.plain[1:], dtype=torch.float32).view(1, 2, 1, 1).expand(1, 2, SIDE, SIDE)
        coverage = None
        if self.box is not None:
            left, top, side = self.box
            place = torch.stack(((fine[0] - left) / side * 2 - 1, (fine[1] - top) / side * 2 - 1), -1)
            coverage = F.grid_sample(self.mask, place[None], align_corners=False)
        return y * self.gain, c, coverage

    def textured(self, planes, u):
        cos, sin = math.cos(self.angle) * self.scale, math.sin(self.angle) * self.scale
        dx, dy = u[0] - SIDE / 2, u[1] - SIDE / 2
        x = (dx * cos - dy * sin + self.place[0]) * (2 / self.size[0]) - 1
        y = (dx * sin + dy * cos + self.place[1]) * (2 / self.size[1]) - 1
        return F.grid_sample(planes, torch.stack((x, y), -1)[None], padding_mode="reflection", align_corners=False)


def shift_of(random, least=0.3, most=80.0):
    length, direction = math.exp(random.uniform(math.log(least), math.log(most))), random.uniform(0, 2 * np.pi)
    return length * np.array([math.cos(direction), 0.7 * math.sin(direction)])  # real motion is mostly sideways


def scene(random, clips, weights):
    """Back to front."""
    def clip():
        return clips[random.choice(len(clips), p=weights)]
    base = shift_of(random, 0.2, 64) if random.random() < 0.7 else np.zeros(2)
    lively = 1.0 if random.random() < 0.7 and base.any() else 0.0  # often a standing camera
    layers = [Layer(random, clip(), Motion(random, base, lively), None)]
    for _ in range(random.choice(5, p=(0.1, 0.3, 0.3, 0.2, 0.1))):
        side = math.exp(random.uniform(math.log(16), math.log(300)))
        box = (*(random.uniform(-0.1, 0.9, 2) * SIDE - side * 0.25), side)
        shift = shift_of(random) + (base if random.random() < 0.5 else 0)
        layers.append(Layer(random, clip(), Motion(random, shift, 1.0), box))
    if random.random() < 0.2:  # a caption or a display that stays while all else moves
        side = random.uniform(40, 250)
        box = (*(random.uniform(0, 0.8, 2) * SIDE), side)
        layers.append(Layer(random, clip(), Motion(random, np.zeros(2), 0.0), box))
    return layers


def picture(layers, moment):
    """Y [SIDE, SIDE] and C [2, SIDE/2, SIDE/2] in codes, and V of the top layer at the coarse grid."""
    for index, layer in enumerate(layers):
        origin, v = layer.motion.origin(moment)
        layer_y, layer_c, coverage = layer.drawn(origin)
        if index == 0:
            y, c, top = layer_y, layer_c, v
            continue
        y = y + coverage * (layer_y - y)
        c = c + F.avg_pool2d(coverage, 2) * (layer_c - c)
        solid = F.avg_pool2d(coverage, FINE // COARSE)[0].numpy() > 0.5
        top = np.where(solid, v, top)
    return F.avg_pool2d(y, 2)[0, 0].numpy(), F.avg_pool2d(c, 2)[0].numpy(), top


def sample(random, clips, weights):
    layers = scene(random, clips, weights)
    t = 0.5 if random.random() < 0.6 else float(random.choice((1 / 3, 2 / 3, 0.25, 0.75, 0.2, 0.4, 0.6, 0.8, random.uniform(0.1, 0.9))))
    exposure = random.uniform(0.1, 0.4) if random.random() < 0.08 else 0
    found = []
    for moment in (0.0, t, 1.0):
        moments = [moment] if not exposure else moment + exposure * np.linspace(-0.5, 0.5, 5)
        drawn = [picture(layers, at) for at in moments]
        found.append([np.mean([part[index] for part in drawn], 0) for index in range(2)] + [drawn[len(drawn) // 2][2]])
    v0, v1 = found[0][2], found[2][2]
    middle = picture_v(layers, 0.5)
    agreed = [(np.hypot(*(v - middle)) < 1 + 0.1 * np.hypot(*v)) for v in (v0, v1)]
    y, c = np.stack([part[0] for part in found]), np.stack([part[1] for part in found])
    y, c = degrade.degraded(random, y, c, t)
    return Synthetic(np.clip(y + 0.5, 0, 255).astype(np.uint8), np.clip(c + 0.5, 0, 255).astype(np.uint8), t,
                     np.stack((v0, -v1)).astype(np.float16) / 4, np.stack(agreed).astype(np.uint8))


def picture_v(layers, moment):
    """V of the top layer alone, without drawing textures."""
    top = None
    for layer in layers:
        origin, v = layer.motion.origin(moment)
        if top is None:
            top = v
            continue
        left, a, side = layer.box
        u = torch.from_numpy(origin)
        place = torch.stack(((u[0] - left) / side * 2 - 1, (u[1] - a) / side * 2 - 1), -1)
        top = np.where(F.grid_sample(layer.mask, place[None], align_corners=False)[0].numpy() > 0.5, v, top)
    return top


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


def start_workers(options):
    """Processes at the lowest priority that fill the pool up to its size and end."""
    command = [sys.executable, __file__, "--cache", options.cache, "--shards", str(options.motion_shards)]
    return [subprocess.Popen([*command, "--worker", str(worker), "--workers", str(options.motion_workers)], stdin=subprocess.DEVNULL)
            for worker in range(options.motion_workers)]


def work(cache, shards, worker, workers):
    import footage
    os.nice(10)
    torch.set_num_threads(1)
    clips = [footage.load(target) for target in sorted(Path(cache).glob("*.npy"))]
    largest = {}
    for clip in clips:  # of each clip the largest version: textures are drawn smaller anyway
        if clip.frames[0].size > getattr(largest.get(clip.name), "frames", np.zeros((1, 0)))[0].size:
            largest[clip.name] = clip
    clips = list(largest.values())
    weights = np.array([footage.WEIGHTS.get(clip.name, 1.0) for clip in clips])
    folder = Path(cache, "motion")
    for shard in range(worker, shards, workers):
        target = folder / f"shard-{shard:04d}"
        if target.exists():
            continue
        random = np.random.default_rng((7, shard))
        samples = [sample(random, clips, weights / weights.sum()) for _ in range(SHARD)]
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
