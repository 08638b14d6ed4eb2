"""Clips packed for a machine without ffmpeg, and unpacked there."""
import importlib.util
import tempfile
import unittest
from pathlib import Path

import numpy as np

from midframe_train.data import footage, packing


@unittest.skipUnless(importlib.util.find_spec("cv2"), "reading takes OpenCV")
class PackingTest(unittest.TestCase):
    def test_clips_come_out_as_they_went_in_but_for_a_little(self):
        across = np.linspace(20, 235, 160)
        frames = np.stack([np.tile(across + index, (96 * 3 // 2, 1)) for index in range(8)]).astype(np.uint8)
        starts = {str(span): list(range(8 - span)) for span in range(2, footage.LONGEST_SPAN + 1)}
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "from" / footage.FOLDER).mkdir(parents=True)
            targets = [folder / "from" / footage.FOLDER / f"{clip}.npy" for clip in ("a", "b")]
            for target in targets:
                np.save(target, frames)
                footage.describe(target, target.stem, "group", 30.0, starts)
            self.assertEqual(packing.pack(targets, folder / "out", 12, 3000), 2)
            packing.unpack(sorted((folder / "out").glob("piece-*")), folder / "to")
            found = [footage.load(target) for target in footage.prepare(None, folder / "to")]
        self.assertEqual([clip.name for clip in found], ["a", "b"])
        for clip in found:
            self.assertEqual(clip.frames.shape, frames.shape)
            self.assertLess(np.abs(clip.frames.astype(int) - frames).mean(), 1.5)
            self.assertEqual(list(clip.starts[2]), starts["2"])
