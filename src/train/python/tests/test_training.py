"""A training, from a clip to weights, and resumed."""
import subprocess
import tempfile
import unittest
from pathlib import Path

import torch

from midframe_train.model import trained
from midframe_train.training import schedules, train
from midframe_train.training.options import parsed


def training_run(folder, minutes):
    options = parsed(["--model", "film-lite", "--footage", str(folder), "--out", str(folder / "out"), "--cache", str(folder / "cache"),
                      "--minutes", str(minutes), "--batch", "2", "--crop", "64x64", "--motion-shards", "0", "--reduced-every", "0",
                      "--processes", "1", "--threads", "1"])
    train.run(options)
    return options


class TrainingTest(unittest.TestCase):
    def test_a_training_gives_weights_and_goes_on_where_it_was(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "clips" / "pattern").mkdir(parents=True)
            subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x192:rate=30:duration=1", "-c:v", "mpeg4", "-q:v", "3",
                            str(folder / "clips" / "pattern" / "pattern.mp4")], check=True)
            training_run(folder, 0.05)
            first = torch.load(folder / "out" / "state.pt")
            self.assertGreater(first["step"], 0)
            training_run(folder, 0.1)
            second = torch.load(folder / "out" / "state.pt")
            self.assertGreater(second["step"], first["step"])
            self.assertGreaterEqual(second["seconds"], 0.1 * 60)
            film = trained.load(folder / "out" / "film-lite.safetensors")
            for key, value in film.state_dict().items():
                self.assertTrue(torch.equal(value, second["average"][key]), key)

    def test_the_learning_rate_warms_up_and_falls_to_a_hundredth(self):
        options = parsed(["--footage", "none", "--out", "none", "--rate", "0.5", "--warm-up-steps", "10"])
        self.assertAlmostEqual(schedules.rate_at(0, 0, options), 0.05)
        self.assertAlmostEqual(schedules.rate_at(0, 100, options), 0.5)
        self.assertAlmostEqual(schedules.rate_at(1, 100, options), 0.005)

    def test_known_flows_count_less_and_less(self):
        options = parsed(["--footage", "none", "--out", "none", "--flow", "0.1"])
        weights = [schedules.flow_weight_at(progress, options) for progress in (0, 0.3, 0.6, 0.9)]
        for found, expected in zip(weights, (0.1, 0.05, 0, 0)):
            self.assertAlmostEqual(found, expected)
