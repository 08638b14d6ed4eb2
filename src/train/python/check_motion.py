"""Checks the synthetic motion's truth, also after turning and reversing: picture 1 warped by the flow is picture 0, and so back.

Needs no footage: the textures are smooth noise. python3 check_motion.py
"""
import sys

import numpy as np
import torch
import torch.nn.functional as F

import degrade
import footage
import motion
from batches import Turn
from film import warp

TURNS = [Turn(*(bool(number >> bit & 1) for bit in range(4))) for number in range(16)]


def noise_clip(random):
    small = torch.from_numpy(random.uniform(0, 255, (1, 1, 90, 120)).astype(np.float32))
    frame = F.interpolate(small, size=(540 * 3 // 2, 960), mode="bicubic", align_corners=False).clamp(0, 255)[0].numpy()
    return footage.Clip("noise", frame.astype(np.uint8)[:, :810], 30.0, {})


def errors(sample, turn):
    """Mean luma differences where the flow is sure: unwarped, picture 1 warped to 0, picture 0 warped to 1."""
    y = torch.from_numpy(turn.planes(sample.y).astype(np.float32))[:, None]
    flows = torch.from_numpy(turn.flows(sample.flows.astype(np.float32)))
    sure = torch.from_numpy(turn.planes(sample.flow_weights).astype(np.float32))[:, None]
    flows, sure = F.interpolate(flows, scale_factor=4, mode="bilinear", align_corners=False) * 4, F.interpolate(sure, scale_factor=4)
    first, last = y[:1], y[2:]

    def mean(difference, weights):
        return (difference.abs() * weights).sum().item() / weights.sum().item()
    return (mean(first - last, sure[:1]), mean(warp(last, flows[:1]) - first, sure[:1]), mean(warp(first, flows[1:]) - last, sure[1:]))


def main():
    random = np.random.default_rng(3)
    clips = [noise_clip(random) for _ in range(3)]
    degrade.degraded = lambda random, y, c, t: (y, c)  # the truth of the motion alone
    samples = [motion.sample(random, clips, np.ones(3) / 3) for _ in range(8)]
    worst = 0.0
    for turn in TURNS:
        still, forward, backward = np.mean([errors(sample, turn) for sample in samples], 0)
        print(f"{turn}: unwarped {still:.2f}, forward {forward:.2f}, backward {backward:.2f}")
        worst = max(worst, forward / still, backward / still)
    # Occluded places and picture edges cannot be found in the other picture: some difference stays.
    print("ok" if worst < 0.25 else f"FAILED: warping leaves {worst:.0%} of the difference")
    return 0 if worst < 0.25 else 1


if __name__ == "__main__":
    torch.set_num_threads(1)
    sys.exit(main())
