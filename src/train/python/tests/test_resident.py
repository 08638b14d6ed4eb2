"""Batches drawn where the pictures lie, as on a GPU; here on the CPU."""
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from midframe_train.data import footage, resident

SIDE = 64


def targets(folder):
    """Two clips of pictures whose luma is 8 for every frame and a ramp beside it, one smaller than a crop."""
    for name, (height, width) in (("large", (96, 160)), ("small", (48, 64))):
        frames = np.empty((9, height * 3 // 2, width), np.uint8)
        frames[:, :height] = np.linspace(0, 100, width)[None, None] + 8 * np.arange(9)[:, None, None]
        frames[:, height:] = 128
        target = Path(folder, f"{name}.npy")
        np.save(target, frames)
        starts = {span: list(range(9 - span)) for span in range(2, footage.LONGEST_SPAN + 1)}
        footage.describe(target, name, name, 30.0, starts)
        yield target


class ResidentTest(unittest.TestCase):
    def test_pictures_follow_one_another_at_their_times_in_small_clips_too(self):
        torch.manual_seed(1)
        with tempfile.TemporaryDirectory() as folder:
            clips = resident.RealClips(list(targets(folder)), np.random.default_rng(1), SIDE, 0.5, torch.device("cpu"))
            y, c, t, flows, weights = clips.draw(40)
        self.assertEqual(y.shape, (3, 40, 1, SIDE, SIDE))
        self.assertEqual(c.shape, (3, 40, 2, SIDE // 2, SIDE // 2))
        first, truth, last = y.float().mean((2, 3, 4))
        self.assertLess((truth - (1 - t) * first - t * last).abs().max(), 1)
        self.assertTrue(((last - first).abs() > 12).all())
        self.assertLess((c.float() - 128).abs().mean(), 1)
        self.assertEqual(weights.abs().max(), 0)

    def test_every_clip_is_held_at_sizes_that_a_crop_fits_in(self):
        self.assertEqual(resident.sizes_of((540, 960), 256), [(360, 640), (540, 960)])
        self.assertEqual(resident.sizes_of((180, 320), 256), [(256, 456)])

    def test_noise_is_of_the_inputs_alone(self):
        torch.manual_seed(1)
        planes = torch.full((3, 400, 1, 8, 8), 100, dtype=torch.uint8)
        found = resident.grainy(planes, np.random.default_rng(1))
        self.assertTrue(torch.equal(found[1], planes[1]))
        noisy = (found[0] != 100).flatten(1).any(1)
        self.assertTrue(10 < noisy.sum() < 90)
        self.assertFalse(torch.equal(found[0][noisy], found[2][noisy]))
