"""The published form of the network against the golden data of the Java tests, which the widely used port computed."""
import unittest
from pathlib import Path

import torch

from midframe_train.fixtures.published_golden import golden_film
from midframe_train.model import weights_file

FOLDER = Path(__file__).parents[3] / "test" / "resources" / "film-golden"
TOLERANCE = 1e-4


class PublishedFormTest(unittest.TestCase):
    def test_gives_the_picture_and_the_flows_of_the_port(self):
        film = golden_film(FOLDER)
        golden = {name: torch.tensor(value) for name, value in weights_file.read(FOLDER / "io.safetensors")[0].items()}
        for name, t in (("t050", 0.5), ("t025", 0.25)):
            with torch.no_grad():
                picture, forward, backward = film.rgb(golden["x0"], golden["x1"], torch.full((1, 1, 1, 1), t))
            found = {f"{name}.image": picture}
            for level in range(5):
                found[f"{name}.forward_flow_pyramid.{level}"] = forward[level]
                found[f"{name}.backward_flow_pyramid.{level}"] = backward[level]
            known = sorted(found.keys() & golden.keys())
            self.assertIn(f"{name}.image", known)
            for key in known:
                with self.subTest(key):
                    self.assertLess((found[key] - golden[key]).abs().max().item(), TOLERANCE)
