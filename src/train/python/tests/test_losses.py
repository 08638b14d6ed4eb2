"""What the losses reward."""
import unittest

import torch

from midframe_train.training import losses


class LossesTest(unittest.TestCase):
    def test_of_two_noisy_pictures_the_mean_is_the_best_answer(self):
        torch.manual_seed(1)
        truth = torch.full((2, 1, 64, 64), 0.5)
        first, last = (truth + 0.05 * torch.randn_like(truth) for _ in range(2))
        nothing = torch.zeros(2, 2, 32, 32)
        for loss in (lambda y: losses.logarithmic(y - truth, nothing), lambda y: losses.charbonnier(y - truth), lambda y: losses.laplacian(y - truth)):
            self.assertLess(loss((first + last) / 2), min(loss(first), loss(last)))

    def test_a_clean_sample_counts_as_much_as_a_noisy_one(self):
        nothing, error = torch.zeros(1, 2, 8, 8), torch.full((1, 1, 16, 16), 0.1)
        halved = [losses.logarithmic(scale * error / 2, nothing) - losses.logarithmic(scale * error, nothing) for scale in (1.0, 0.2)]
        self.assertAlmostEqual(halved[0].item(), halved[1].item(), delta=0.15)

    def test_census_sees_edges_and_not_brightness(self):
        torch.manual_seed(1)
        picture = torch.rand(1, 1, 32, 32)
        self.assertLess(losses.census(picture + 0.1, picture), 1e-6)
        self.assertGreater(losses.census(picture.flip(3), picture), 0.1)
