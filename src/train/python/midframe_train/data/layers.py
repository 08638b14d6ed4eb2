"""What synthetic scenes are made of: pieces of real frames, plain colours and points of light, each with an outline and a motion."""
import math

import numpy as np
import torch
import torch.nn.functional as F

from midframe_train.data.motion import COARSE, SIDE


def enlarged(origin, side):
    return F.interpolate(torch.from_numpy(origin)[None], size=(side, side), mode="bilinear", align_corners=False)[0]


class ClipTexture:
    """A piece of a frame of a clip, turned and scaled."""

    def __init__(self, random, clip, scale=None, gain=1.0):
        height, width = clip.size
        frame = clip.frames[random.integers(len(clip.frames))]
        self.y = torch.from_numpy(frame[:height].astype(np.float32))[None, None] * gain
        self.c = torch.from_numpy(frame[height:].reshape(1, 2, height // 2, width // 2).astype(np.float32))
        self.size, self.scale = (width, height), scale or random.uniform(0.8, 1.8)
        self.angle = random.uniform(0, 2 * np.pi) if random.random() < 0.3 else 0
        self.place = random.uniform(0.25, 0.75, 2) * (width, height)

    def drawn(self, origin, side):
        """Y [1, 1, side, side] and C [1, 2, side / 2, side / 2] in codes."""
        return self.sampled(self.y, enlarged(origin, side)), self.sampled(self.c, enlarged(origin, side // 2))

    def sampled(self, planes, u):
        cos, sin = math.cos(self.angle) * self.scale, math.sin(self.angle) * self.scale
        dx, dy = u[0] - SIDE / 2, u[1] - SIDE / 2
        x = (dx * cos - dy * sin + self.place[0]) * (2 / self.size[0]) - 1
        y = (dx * sin + dy * cos + self.place[1]) * (2 / self.size[1]) - 1
        return F.grid_sample(planes, torch.stack((x, y), -1)[None], padding_mode="reflection", align_corners=False)


class PlainTexture:
    def __init__(self, y, cb=128.0, cr=128.0):
        self.colour = (y, cb, cr)

    def drawn(self, origin, side):
        y = torch.full((1, 1, side, side), float(self.colour[0]))
        return y, torch.tensor(self.colour[1:], dtype=torch.float32).view(1, 2, 1, 1).expand(1, 2, side // 2, side // 2)


class Outline:
    """A raster [R, R] in 0..1 over a square (left, top, side) of the layer."""

    def __init__(self, raster, box):
        self.raster, self.box = torch.from_numpy(raster)[None, None], box

    def coverage(self, layer, moment, origin, side):
        """[1, 1, side, side] in 0..1."""
        left, top, length = self.box
        u = enlarged(origin, side)
        place = torch.stack(((u[0] - left) / length * 2 - 1, (u[1] - top) / length * 2 - 1), -1)
        return F.grid_sample(self.raster, place[None], align_corners=False)

    def solid(self, coverage):
        """Where the layer is what one sees, [1, COARSE, COARSE]."""
        return F.adaptive_avg_pool2d(coverage, COARSE)[0].numpy() > 0.5


class Everywhere:
    """The outline of what lies behind all else."""

    def coverage(self, layer, moment, origin, side):
        return None


class Lights:
    """Points of light: soft discs of a size and a strength of their own, that move with the layer."""

    def __init__(self, random, count, largest):
        self.places = random.uniform(-0.6, 1.6, (count, 2)) * SIDE  # beyond the edges too: pans bring them in
        self.radii = np.exp(random.uniform(math.log(0.5), math.log(largest), count))
        self.strengths = random.uniform(0.25, 1, count)

    def coverage(self, layer, moment, origin, side):
        scale, planes = side / SIDE, np.zeros((side, side), np.float32)
        v = np.stack(layer.motion.at(*self.places.T), 1)
        for (x, y), radius, strength in zip((self.places + (moment - 0.5) * v) * scale, self.radii * scale, self.strengths):
            reach = 3 * radius + 1
            left, right, top, bottom = (int(np.clip(edge, 0, side)) for edge in (x - reach, x + reach + 1, y - reach, y + reach + 1))
            if left < right and top < bottom:
                across, down = np.arange(left, right) + 0.5 - x, np.arange(top, bottom) + 0.5 - y
                disc = strength * np.exp(-(across[None] ** 2 + down[:, None] ** 2) / (2 * radius ** 2))
                planes[top:bottom, left:right] = np.maximum(planes[top:bottom, left:right], disc)
        return torch.from_numpy(planes)[None, None]

    def solid(self, coverage):
        return F.adaptive_max_pool2d(coverage, COARSE)[0].numpy() > 0.4


class Layer:
    def __init__(self, texture, motion, outline=None):
        self.texture, self.motion, self.outline = texture, motion, outline or Everywhere()


def picture(layers, moment, side):
    """Layers from back to front: Y [SIDE, SIDE] and C [2, SIDE/2, SIDE/2] in codes, drawn at `side` pixels and averaged down."""
    y = c = None
    for layer in layers:
        origin, _ = layer.motion.origin(moment)
        coverage = layer.outline.coverage(layer, moment, origin, side)
        layer_y, layer_c = layer.texture.drawn(origin, side)
        if coverage is None:
            y, c = layer_y, layer_c
        else:
            y = y + coverage * (layer_y - y)
            c = c + F.avg_pool2d(coverage, 2) * (layer_c - c)
    return F.adaptive_avg_pool2d(y, SIDE)[0, 0].numpy(), F.adaptive_avg_pool2d(c, SIDE // 2)[0].numpy()


def velocity(layers, moment):
    """V [2, COARSE, COARSE] of what one sees."""
    seen = None
    for layer in layers:
        origin, v = layer.motion.origin(moment)
        coverage = layer.outline.coverage(layer, moment, origin, SIDE)
        seen = v if coverage is None else np.where(layer.outline.solid(coverage), v, seen)
    return seen
