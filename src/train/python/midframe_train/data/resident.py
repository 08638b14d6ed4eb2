"""Training material held on a GPU: batches are drawn there, by a few operations over all their samples at once.

Real clips and synthetic motion lie there as they lie in the cache; a crop, however it is turned, is a table of places in them.
"""
import math
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from midframe_train.data import footage
from midframe_train.data import synthetic
from midframe_train.data.batches import Batch, coloured

GRAINY_SHARE = 0.1  # of the real samples
FRAMES_AT_ONCE = 32  # resized together
CHOICE = 2  # candidates for every real sample that is taken: those that move come first
LOOK_SECONDS = 2


class Crops(NamedTuple):
    """Of every sample the way it is turned ([N] booleans, see batches.Turn) and where its crop begins, in luma pixels."""
    transposed: torch.Tensor
    mirrored: torch.Tensor
    flipped: torch.Tensor
    reversed: torch.Tensor
    top: torch.Tensor
    left: torch.Tensor

    def places(self, side, stride, shrink=1, every=1):
        """[N, side, side]: where in a plane of rows of `stride` every pixel of a crop lies, both sides divided by `shrink`."""
        side, steps = side // shrink, torch.arange(0, side // shrink, every, device=self.top.device)
        down, across = (torch.where(turned[:, None], side - 1 - steps, steps) for turned in (self.flipped, self.mirrored))
        down, across, transposed = down[:, :, None], across[:, None, :], self.transposed[:, None, None]
        rows, columns = torch.where(transposed, across, down), torch.where(transposed, down, across)
        top, left = (edge[:, None, None] // shrink for edge in (self.top, self.left))
        stride = stride[:, None, None] // shrink if torch.is_tensor(stride) else stride // shrink
        return (top + rows) * stride + left + columns

    def in_order(self, three):
        """[N, 3], in time order, or backward where time is reversed."""
        return torch.where(self.reversed[:, None], three.flip(1), three)

    def picked(self, chosen):
        return Crops(*(part[chosen] for part in self))


class Resident:
    """Draws batches of square crops, as batches.Batches does, with as many synthetic samples in every one."""

    def __init__(self, targets, pool, random, side, batch, synthetic_share, middle_share, reduced_every, device):
        self.clips = RealClips(targets, random, side, middle_share, device)
        self.pool = SyntheticPool(pool, random, device)
        self.random, self.side, self.batch, self.device = random, side, batch, device
        self.synthetic, self.reduced_every, self.drawn = round(batch * synthetic_share), reduced_every, 0

    def draw(self):
        self.drawn += 1
        reduction = 2 if self.reduced_every and self.drawn % self.reduced_every == 0 else 1
        self.pool.refresh()
        synthetic = self.synthetic if len(self.pool) else 0
        parts = [self.clips.draw(self.batch - synthetic)] + ([self.pool.draw(synthetic, self.side)] if synthetic else [])
        y, c, t, flows, weights = (torch.cat(part, axis) for part, axis in zip(zip(*parts), (1, 1, 0, 1, 1)))
        drawn = Batch(y.flatten(0, 1), c.flatten(0, 1), t.view(-1, 1, 1, 1), flows.flatten(0, 1), weights.flatten(0, 1), reduction)
        return coloured(drawn, self.random, self.device)


def crops(random, top, left, device):
    turns = [torch.from_numpy(random.random(len(top)) < 0.5) for _ in range(4)]
    return Crops(*(part.to(device) for part in (*turns, torch.from_numpy(top), torch.from_numpy(left))))


def sizes_of(size, side):
    """The sizes at which a clip is held: its own and a smaller one, none too small for a crop."""
    least = side / min(size)
    factors = {max(1.0, least), max(2 / 3, least)}
    return [tuple(math.ceil(length * factor / 4) * 4 for length in size) for factor in sorted(factors)]


def resized(clip, size, device):
    """uint8 [N, height * 3 / 2, width] of a clip at another size."""
    frames = torch.from_numpy(np.array(clip.frames))
    if size == clip.size:
        return frames.to(device)
    (own_height, own_width), (height, width), found = clip.size, size, []

    def scaled(planes, shrink):
        planes = F.interpolate(planes.float(), size=(height // shrink, width // shrink), mode="bilinear", align_corners=False, antialias=True)
        return planes.add_(0.5).clamp_(0, 255).byte()
    for part in frames.split(FRAMES_AT_ONCE):
        part = part.to(device)
        y = scaled(part[:, None, :own_height], 1).reshape(-1, height, width)
        c = scaled(part[:, own_height:].reshape(-1, 2, own_height // 2, own_width // 2), 2).reshape(-1, height // 2, width)
        found.append(torch.cat((y, c), 1))
    return torch.cat(found)


def grainy(planes, random):
    """uint8 [3, N, K, H, W]: some samples with a sensor's noise, independent in the two pictures; their truth stays clean."""
    strengths = random.uniform(0.5, 6, planes.shape[1]) * (random.random(planes.shape[1]) < GRAINY_SHARE)
    strengths = torch.from_numpy(strengths.astype(np.float32)).to(planes.device).view(-1, 1, 1, 1)
    noisy = [(each + strengths * torch.randn(each.shape, device=each.device)).add_(0.5).clamp_(0, 255).byte() for each in planes[::2]]
    return torch.stack((noisy[0], planes[1], noisy[1]))


class RealClips:
    def __init__(self, targets, random, side, middle_share, device):
        clips = [clip for clip in map(footage.load, targets) if len(clip.starts[2])]
        versions = [(clip, size) for clip in clips for size in sizes_of(clip.size, side)]
        self.codes = torch.cat([resized(clip, size, device).flatten() for clip, size in versions])
        clips, sizes = zip(*versions)
        self.random, self.side, self.middle_share, self.device = random, side, middle_share, device
        self.probabilities = footage.probabilities(clips)
        self.sizes = np.array(sizes)
        self.begins = np.concatenate(([0], np.cumsum([len(clip.frames) * height * width * 3 // 2 for clip, (height, width) in versions])))
        self.gaps = np.cumsum([footage.gap_shares(clip.fps) for clip in clips], 1)
        spans = range(2, footage.LONGEST_SPAN + 1)
        self.starts = np.concatenate([clip.starts[span] for clip in clips for span in spans])
        self.counts = np.array([[0, 0] + [len(clip.starts[span]) for span in spans] for clip in clips])
        self.first = (np.cumsum(self.counts) - self.counts.flatten()).reshape(self.counts.shape)

    def draw(self, count):
        clip, span, index, start, top, left = self.candidates(CHOICE * count)
        height, width = self.sizes[clip].T
        frames = self.begins[clip][:, None] + (start[:, None] + np.stack((0 * span, index, span), 1)) * (height * width * 3 // 2)[:, None]
        frames, height, width, t = (torch.from_numpy(part).to(self.device) for part in (frames, height, width, (index / span).astype(np.float32)))
        cut = crops(self.random, top, left, self.device)
        chosen = self.moving(cut, frames, width, count)
        cut, frames, height, width, t = cut.picked(chosen), frames[chosen], height[chosen], width[chosen], t[chosen]
        frames = cut.in_order(frames).T[:, :, None, None]
        y = self.codes[frames + cut.places(self.side, width)][:, :, None]
        quarter = (height * width // 4)[None, :, None, None]
        chroma = frames + 4 * quarter + cut.places(self.side, width, 2)
        c = torch.stack((self.codes[chroma], self.codes[chroma + quarter]), 2)
        y, c = (grainy(planes, self.random) for planes in (y, c))
        t = torch.where(cut.reversed, 1 - t, t)
        none = torch.zeros(2, count, 3, self.side // 4, self.side // 4, device=self.device)
        return y, c, t, none[:, :, :2], none[:, :, 2:]

    def candidates(self, count):
        """Of `count` crops: clip, frames from picture 0 to 1, which of them is the truth, the first frame, top and left."""
        random, more = self.random, 2 * count  # some clips have no window of so long a span
        clip = random.choice(len(self.sizes), more, p=self.probabilities)
        gap = 1 + (random.random(more)[:, None] > self.gaps[clip][:, :3]).sum(1)
        middle = random.random(more) < self.middle_share
        span = np.where(middle, 2 * gap, np.clip(2 * gap + random.integers(-1, 2, more), 3, footage.LONGEST_SPAN))
        index = np.where(middle, gap, random.integers(1, span))
        found = np.flatnonzero(self.counts[clip, span])
        found = np.resize(found, count)
        clip, span, index = clip[found], span[found], index[found]
        start = self.starts[self.first[clip, span] + random.integers(self.counts[clip, span])]
        top, left = (random.integers((side - self.side) // 2 + 1) * 2 for side in self.sizes[clip].T)
        return clip, span, index, start, top, left

    def moving(self, cut, frames, width, count):
        """Which candidates to take: drawn without repeats, the more likely the more of them moves."""
        coarse = cut.places(self.side, width, every=4)
        first, last = (self.codes[frames[:, index, None, None] + coarse].float() for index in (0, 2))
        likely = (((first - last).abs().mean((1, 2)) - footage.STILL_DIFFERENCE) / 4).clamp(0.1, 1)
        race = torch.from_numpy(self.random.exponential(size=len(likely)).astype(np.float32)).to(self.device) / likely
        return race.argsort()[:count]


class SyntheticPool:
    """What the workers of data.motion have drawn so far, taken in a piece at a time between two batches."""

    def __init__(self, folder, random, device):
        self.folder, self.random, self.device = Path(folder), random, device
        self.taken, self.waiting, self.looked = set(), [], -1e9
        self.parts = None

    def __len__(self):
        return len(self.taken) * synthetic.SHARD

    def refresh(self):
        if not self.waiting and time.monotonic() - self.looked > LOOK_SECONDS and self.folder.is_dir():
            self.looked = time.monotonic()
            self.waiting = sorted(path for path in self.folder.glob("shard-*") if path.name not in self.taken)
        if not self.waiting:
            return
        shard = self.waiting.pop(0)
        arrays = [torch.from_numpy(np.load(shard / f"{part}.npy")) for part in synthetic.Pool.PARTS]
        if self.parts is None:
            self.parts = [[] for _ in arrays]
        for part, array in zip(self.parts, arrays):
            part.append(array.to(self.device))
        self.taken.add(shard.name)

    def draw(self, count, side):
        """y, c, t, flows and weights as RealClips.draw gives them."""
        random = self.random
        top, left = (random.integers((synthetic.SIDE - side) // 4 + 1, size=count) * 4 for _ in range(2))
        cut = crops(random, top, left, self.device)
        shards, samples = random.integers(len(self.taken), size=count), random.integers(synthetic.SHARD, size=count)
        y, c, t, flows, weights = (torch.stack([part[shard][sample] for shard, sample in zip(shards, samples)]) for part in self.parts)
        t = t.float()

        def cropped(planes, shrink):  # [N, K, S, S]
            places = cut.places(side, synthetic.SIDE, shrink).flatten(1)[:, None].expand(-1, planes.shape[1], -1)
            return planes.flatten(2).gather(2, places).unflatten(2, (side // shrink, side // shrink))

        def in_order(planes):
            return torch.where(cut.reversed.view(-1, *[1] * (planes.dim() - 1)), planes.flip(1), planes)
        y = in_order(cropped(y, 1)).transpose(0, 1)[:, :, None]
        c = in_order(cropped(c.flatten(1, 2), 2).unflatten(1, (3, 2))).transpose(0, 1)
        flows = in_order(cropped(flows.flatten(1, 2), 4).unflatten(1, (2, 2)).float())
        flows = torch.where(cut.transposed.view(-1, 1, 1, 1, 1), flows.flip(2), flows)
        signs = torch.stack([1 - 2 * turned.float() for turned in (cut.mirrored, cut.flipped)], 1)
        flows = flows * signs[:, None, :, None, None]
        weights = in_order(cropped(weights, 4).float())
        return y, c, torch.where(cut.reversed, 1 - t, t), flows.transpose(0, 1), weights.transpose(0, 1)[:, :, None]
