"""What is trained on, and how it is drawn."""
import unittest

import numpy as np

from midframe_train.data import footage


def clip(name, group, size=(96, 128)):
    frames = np.random.default_rng(1).integers(0, 256, (9, size[0] * 3 // 2, size[1]), np.uint8)
    return footage.Clip(name, group, frames, 30.0, footage.windows(frames, None))


class FootageTest(unittest.TestCase):
    def test_a_group_is_drawn_as_often_whatever_its_number_of_clips(self):
        shares = footage.probabilities([clip("a", "alone"), clip("b", "three"), clip("c", "three"), clip("d", "three")])
        self.assertAlmostEqual(shares[0], shares[1:].sum())

    def test_twenty_groups_are_set_aside_and_none_of_them_is_weighed(self):
        self.assertEqual(len(set(footage.VALIDATION_GROUPS)), 20)
        self.assertFalse(set(footage.VALIDATION_GROUPS) & (set(footage.WEIGHTS) | set(footage.GROUPS.values())))

    def test_a_window_has_no_cut_in_it(self):
        frames = np.repeat(np.arange(8, dtype=np.uint8)[:, None, None] * 3, 96 * 3 // 2, 1).repeat(128, 2)
        frames[5:] += 100
        starts = footage.windows(frames, None)[2]
        self.assertEqual(list(starts), [0, 1, 2, 5])

    def test_edges_fill_a_small_picture_up(self):
        planes = np.arange(12, dtype=np.uint8).reshape(1, 3, 4)
        filled = footage.filled(planes, 5, 6)
        self.assertEqual(filled.shape, (1, 5, 6))
        self.assertTrue((filled[0, 3:, :4] == planes[0, 2]).all())
        self.assertTrue((filled[0, :3, 4:] == planes[0, :, 3:]).all())

    def test_a_resized_picture_keeps_its_mean(self):
        planes = np.random.default_rng(2).integers(0, 256, (3, 2, 64, 64), np.uint8)
        self.assertAlmostEqual(footage.resized(planes, 32, 32).mean(), planes.mean(), delta=1)
