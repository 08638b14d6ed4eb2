"""The golden data that the Java graphs are held to is what the network here computes."""
import unittest
from pathlib import Path

import torch

from midframe_train.fixtures import blend_golden
from midframe_train.model import trained, weights_file

RESOURCES = Path(__file__).parents[3] / "test" / "resources"


class BlendGoldenTest(unittest.TestCase):
    def test_the_network_gives_what_the_graphs_are_held_to(self):
        for model, reductions in blend_golden.REDUCTIONS.items():
            folder = RESOURCES / f"{model}-golden"
            known = {name: torch.tensor(value) for name, value in weights_file.read(folder / "io.safetensors")[0].items()}
            found = blend_golden.computed(trained.load(folder / "weights.safetensors"), reductions, known)
            self.assertEqual({name for name in known if "first" not in name and "second" not in name}, set(found))
            for name, value in found.items():
                with self.subTest(f"{model} {name}"):
                    self.assertLess((value - known[name]).abs().max().item(), 1e-4)
