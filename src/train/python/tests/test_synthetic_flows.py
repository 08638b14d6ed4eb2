"""The synthetic motion's truth, also after turning and reversing: picture 1 warped by the flow is picture 0, and so back.

Needs no footage: the textures are smooth noise.
"""
import unittest

import numpy as np
import torch
import torch.nn.functional as F

from midframe_train.data import footage, scenes, synthetic
from midframe_train.data.batches import Turn
from midframe_train.model.warping import warp

TURNS = [Turn(*(bool(number >> bit & 1) for bit in range(4))) for number in range(16)]


def noise_clip(random):
    small = torch.from_numpy(random.uniform(0, 255, (1, 1, 90, 120)).astype(np.float32))
    frame = F.interpolate(small, size=(540 * 3 // 2, 960), mode="bicubic", align_corners=False).clamp(0, 255)[0].numpy()
    return footage.Clip("noise", "noise", frame.astype(np.uint8)[:, :810], 30.0, {})


def sharp(random, y, c, t, noise):
    return y, c


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


class SyntheticFlowsTest(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        random = np.random.default_rng(3)
        clips = [noise_clip(random) for _ in range(3)]
        self.samples = [synthetic.sample(random, clips, np.ones(3) / 3, degraded=sharp, kinds={scenes.layered: 1}) for _ in range(8)]

    def test_flows_lead_from_picture_to_picture_in_every_turn(self):
        for turn in TURNS:
            with self.subTest(turn):
                still, forward, backward = np.mean([errors(sample, turn) for sample in self.samples], 0)
                # Occluded places and picture edges cannot be found in the other picture: some difference stays.
                self.assertLess(max(forward, backward), 0.25 * still)

    def test_every_kind_of_scene_has_three_pictures_and_flows(self):
        random = np.random.default_rng(4)
        for kind in scenes.KINDS:
            with self.subTest(kind.__name__):
                sample = synthetic.sample(random, [noise_clip(random)], np.ones(1), kinds={kind: 1})
                self.assertEqual(sample.y.shape, (3, 320, 320))
                self.assertEqual(sample.c.shape, (3, 2, 160, 160))
                self.assertGreater(np.abs(sample.y[0].astype(int) - sample.y[2]).max(), 1)
                self.assertTrue(np.isfinite(sample.flows).all())
                self.assertGreater(sample.flow_weights.mean(), 0.2)
