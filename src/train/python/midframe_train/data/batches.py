"""From drawn crops to training batches: augmentation that changes nothing about the motion's truth."""
from typing import NamedTuple, Optional

import numpy as np
import torch

from midframe_train.data import degradation, footage

GAMMA_SHARE = 0.3  # of the batches
DEGRADED_SHARE = 0.25  # of the real samples: what falls to them is left to chance once more


class Batch(NamedTuple):
    """y [3B,1,H,W] and c [3B,2,H/2,W/2], in codes until they are coloured: all pictures 0, all truths at t, all pictures 1. t [B,1,1,1].
    flows [2B,2,h,w] (forward, backward) and their weights [2B,1,h,w] are zero but for synthetic motion; none where they do not count. reduction: as Film
    takes it."""
    y: torch.Tensor
    c: torch.Tensor
    t: torch.Tensor
    flows: Optional[torch.Tensor]
    flow_weights: Optional[torch.Tensor]
    reduction: int

    def cropped(self, alignment):
        """The upper left part whose sides are multiples of `alignment` pixels."""
        height, width = (side // alignment * alignment for side in self.y.shape[-2:])

        def part(planes, shrink):
            return None if planes is None else planes[..., :height // shrink, :width // shrink]
        return Batch(part(self.y, 1), part(self.c, 2), self.t, part(self.flows, 4), part(self.flow_weights, 4), self.reduction)


class Turn(NamedTuple):
    """One of the eight ways to turn a picture, and whether time runs backward."""
    transposed: bool
    mirrored: bool
    flipped: bool
    reversed: bool

    @staticmethod
    def drawn(random):
        return Turn(*(random.random(4) < (0.5, 0.5, 0.5, 0.5)))

    def planes(self, planes):
        """Planes [..., H, W] of pictures that lie in time order along the first axis."""
        planes = planes[::-1] if self.reversed else planes
        planes = np.swapaxes(planes, -1, -2) if self.transposed else planes
        planes = planes[..., ::-1] if self.mirrored else planes
        return planes[..., ::-1, :] if self.flipped else planes

    def flows(self, flows):
        """Flows [2 (forward, backward), 2 (x, y), h, w]: reversed time swaps the two, a turn also turns the vectors."""
        flows = self.planes(flows)
        flows = flows[:, ::-1] if self.transposed else flows
        sign = np.array([-1 if self.mirrored else 1, -1 if self.flipped else 1], flows.dtype)
        return flows * sign[:, None, None]


class Batches:
    """Draws batches from real clips and, for a share of the samples, from the pool of synthetic motion."""

    def __init__(self, footage, pool, random, size, batch, synthetic_share, middle_share, reduced_every, device):
        self.footage, self.pool, self.random = footage, pool, random
        self.height, self.width = size
        self.batch, self.synthetic_share, self.middle_share = batch, synthetic_share, middle_share
        self.reduced_every, self.drawn = reduced_every, 0
        self.device = device

    def draw(self):
        return coloured(self.codes(), self.random, self.device)

    def codes(self):
        """A batch on the CPU, in codes."""
        random, batch = self.random, self.batch
        self.drawn += 1  # counted, not drawn at random: two processes that wait for each other do equal work
        reduction = 2 if self.reduced_every and self.drawn % self.reduced_every == 0 else 1
        synthetic = random.binomial(batch, self.synthetic_share) if self.pool else 0
        y = np.empty((3, batch, 1, self.height, self.width), np.uint8)
        c = np.empty((3, batch, 2, self.height // 2, self.width // 2), np.uint8)
        t = np.empty(batch, np.float32)
        flows = np.zeros((2, batch, 2, self.height // 4, self.width // 4), np.float32)
        weights = np.zeros((2, batch, 1, self.height // 4, self.width // 4), np.float32)
        for index in range(batch):
            turn = Turn.drawn(random)
            size = (self.width, self.height) if turn.transposed else (self.height, self.width)
            if index < synthetic:
                sample = self.pool.draw(*size)
                flows[:, index] = turn.flows(sample.flows.astype(np.float32))
                weights[:, index, 0] = turn.planes(sample.flow_weights)
            else:
                sample = degraded(random, self.footage.draw(*size, self.middle_share))
            y[:, index, 0], c[:, index] = turn.planes(sample.y), turn.planes(sample.c)
            t[index] = 1 - sample.t if turn.reversed else sample.t
        y, c, flows, weights = (torch.from_numpy(planes).flatten(0, 1) for planes in (y, c, flows, weights))
        return Batch(y, c, torch.from_numpy(t).view(-1, 1, 1, 1), flows, weights, reduction)


def degraded(random, sample):
    """A real sample as a worse camera would have taken it, now and then: grainy, soft, compressed."""
    if random.random() > DEGRADED_SHARE:
        return sample
    y, c = degradation.degraded(random, sample.y.astype(np.float32), sample.c.astype(np.float32), sample.t)
    return sample._replace(y=footage.codes(y), c=footage.codes(c))


def coloured(drawn, random, device):
    """On the device: codes to nominal ranges, with a contrast, a brightness and a hue of each sample's own."""
    y, c, t, flows, weights = (planes if planes is None else planes.to(device, non_blocking=True) for planes in drawn[:-1])
    y, c = y.unflatten(0, (3, -1)), c.unflatten(0, (3, -1))
    batch = y.shape[1]

    def factors(low, high):
        return torch.from_numpy(random.uniform(low, high, (1, batch, 1, 1, 1)).astype(np.float32)).to(device)
    contrast = factors(0.75, 1.15)
    y = y.float().div_(255)
    if random.random() < GAMMA_SHARE:
        y = y.pow_(factors(0.6, 1.8))
    y = y.mul_(contrast).add_((1 - contrast) * factors(0, 1))
    saturation = random.uniform(0.6, 1.4, (1, batch, 2, 1, 1)) * random.choice((-1, 1), (1, batch, 2, 1, 1))
    c = c.float().sub_(128).div_(255).mul_(torch.from_numpy(saturation.astype(np.float32)).to(device))
    c = c.flip(2) if random.random() < 0.5 else c
    return Batch(y.flatten(0, 1), c.flatten(0, 1), t, flows, weights, drawn.reduction)
