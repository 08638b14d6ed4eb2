"""Training material from real clips: decoding into a cache, and drawing of (frame 0, frame at t, frame 1) crops.

A cached clip is one uint8 array [frames, height * 3 / 2, width] of I420 pictures in full range:
Y = code / 255, Cb and Cr = (code - 128) / 255.
"""
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

# Never trained on: what the project measures itself on. ax_london_60fps_240p shows the scene of ax_london_360p.
VALIDATION = ("ax_london_360p", "gopro_max_walk", "sam2_juggle", "h264_flower_720p", "intel_asl_walk")
EXCLUDED = VALIDATION + ("ax_london_60fps_240p",)

# How often a clip is drawn, 1 unless named: five angles of one scene together count little more than one clip.
WEIGHTS = {"ax_fog_hdr_1080p60": 0.1, "nasa_270p": 0.4, "ax_roof_hdr_1080p": 0.4, "intel_person": 0.6, "intel_asl_book": 0.5,
           "pose2sim_cam01": 0.3, "pose2sim_cam02": 0.3, "pose2sim_cam03": 0.3, "pose2sim_cam04": 0.3,
           "pose2sim_multi_cam04": 0.3, "gopro_karma_drone": 1.5, "sam2_bedroom": 1.5, "sam2_dog": 1.3, "sam2_blocks": 1.3}
LONG_SIDES = (960, 640)  # a downscaled clip is sharper and less compressed than a small one
LONGEST_SPAN = 8  # frames from picture 0 to picture 1
CUT_DIFFERENCE = 18.0  # mean absolute luma difference of neighbours, in code values
STILL_DIFFERENCE = 1.0


class Sample(NamedTuple):
    """Crops of three pictures: y uint8 [3, H, W], c uint8 [3, 2, H/2, W/2], in the order 0, t, 1."""
    y: np.ndarray
    c: np.ndarray
    t: float


@dataclass
class Clip:
    name: str
    frames: np.ndarray
    fps: float
    starts: dict  # span in frames -> first frames of windows without a cut, a repeat or a change of pace

    @property
    def size(self):
        return self.frames.shape[1] * 2 // 3, self.frames.shape[2]


def media_file(folder):
    files = [file for file in sorted(Path(folder).iterdir()) if not file.name.startswith(("LICENSE", "ORIGIN"))]
    return files[0] if files else None


def probe(file):
    """Returns (width, height, frames per second)."""
    output = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,avg_frame_rate",
         "-of", "json", str(file)], check=True, capture_output=True).stdout
    stream = json.loads(output)["streams"][0]
    numerator, denominator = (int(part) for part in stream["avg_frame_rate"].split("/"))
    return stream["width"], stream["height"], numerator / denominator if denominator else 30.0


def times(file):
    """Presentation times in seconds of every frame, or None where the stream has none."""
    output = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", str(file)],
        check=True, capture_output=True, text=True).stdout
    try:
        return np.sort(np.array([float(line.strip(",")) for line in output.split() if line]))
    except ValueError:
        return None


def decode(file, width, height):
    """All frames as full-range I420 of this size."""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-noautorotate", "-i", str(file), "-map", "0:v:0", "-fps_mode", "passthrough",
               "-vf", f"scale={width}:{height}:flags=area:out_range=full", "-pix_fmt", "yuvj420p", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    size = width * height * 3 // 2
    return np.frombuffer(raw[: len(raw) // size * size], np.uint8).reshape(-1, height * 3 // 2, width)


def scaled_sizes(width, height):
    longest = max(width, height)
    sides = [side for side in LONG_SIDES if side * 4 / 3 <= longest] or [min(longest, LONG_SIDES[0])]
    # Multiples of 4: chroma planes stay whole, and a crop can begin at any even place.
    return [(width * side // longest // 4 * 4, height * side // longest // 4 * 4) for side in sides]


def prepare(footage, cache):
    """Decodes what the cache lacks; returns the training clips' cache files."""
    cache = Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    found = []
    for folder in sorted(Path(footage, "clips").iterdir()):
        file = media_file(folder) if folder.name not in EXCLUDED else None
        if file is None:
            continue
        width, height, fps = probe(file)
        for scaled in scaled_sizes(width, height):
            target = cache / f"{folder.name}-{scaled[0]}x{scaled[1]}.npy"
            if not target.exists():
                print(f"decoding {target.name}", flush=True)
                partial = target.with_suffix(".partial")
                with open(partial, "wb") as output:
                    np.save(output, decode(file, *scaled))
                stamps = times(file)
                target.with_suffix(".json").write_text(json.dumps(
                    {"clip": folder.name, "fps": fps, "times": None if stamps is None else stamps.tolist()}))
                os.replace(partial, target)
            found.append(target)
    if not found:
        raise SystemExit(f"no training clips under {footage}/clips")
    return found


def load(target):
    about = json.loads(target.with_suffix(".json").read_text())
    frames = np.load(target, mmap_mode="r")
    return Clip(about["clip"], frames, about["fps"], windows(frames, about["times"]))


def windows(frames, stamps):
    """For every span up to LONGEST_SPAN, the frames at which a window of even motion may begin."""
    height = frames.shape[1] * 2 // 3
    small = frames[:, 4:height:8, 4::8].astype(np.int16)
    steps = np.abs(np.diff(small, axis=0)).mean((1, 2))
    usual = np.array([np.median(steps[max(0, i - 4): i + 5]) for i in range(len(steps))])
    bad = (steps > CUT_DIFFERENCE) & (steps > 3.5 * usual)
    bad |= (steps < 0.4) & (steps < 0.25 * usual)
    if stamps is not None and len(stamps) == len(frames):
        pace = np.diff(stamps)
        bad |= np.abs(pace - np.median(pace)) > 0.1 * np.median(pace)
    count = np.concatenate(([0], np.cumsum(bad)))
    found = {}
    for span in range(2, LONGEST_SPAN + 1):
        starts = np.arange(max(0, len(frames) - span))
        found[span] = starts[count[starts + span] == count[starts]]
    return found


def probabilities(clips):
    """How often each is drawn: versions of one clip share its weight."""
    names = [clip.name for clip in clips]
    weights = np.array([WEIGHTS.get(name, 1.0) / names.count(name) for name in names])
    return weights / weights.sum()


def gap_shares(fps):
    """How often pictures are 1, 2, 3 and 4 times two frames apart."""
    return (0.15, 0.25, 0.3, 0.3) if fps > 45 else (0.45, 0.3, 0.15, 0.1) if fps > 20 else (0.8, 0.2, 0, 0)


class Footage:
    """Draws crops from the clips of a cache."""

    def __init__(self, targets, random):
        self.random = random
        self.clips = [clip for clip in map(load, targets) if len(clip.starts[2]) and min(clip.size) >= 64]
        self.probabilities = probabilities(self.clips)

    def draw(self, height, width, middle_share):
        """A crop with motion in it. middle_share: how often t is 1/2."""
        for _ in range(6):
            sample = self.candidate(height, width, middle_share)
            if sample is None:
                continue
            difference = np.abs(sample.y[0, ::4, ::4].astype(np.int16) - sample.y[2, ::4, ::4]).mean()
            if self.random.random() < np.clip((difference - STILL_DIFFERENCE) / 4, 0.1, 1):
                return sample
        return sample or self.draw(height, width, middle_share)

    def candidate(self, height, width, middle_share):
        random = self.random
        clip = self.clips[random.choice(len(self.clips), p=self.probabilities)]
        clip_height, clip_width = clip.size
        if clip_height < height or clip_width < width:
            return None
        span, index = self.span(clip.fps, middle_share)
        starts = clip.starts[span]
        if not len(starts):
            return None
        start = starts[random.integers(len(starts))]
        top = random.integers((clip_height - height) // 2 + 1) * 2
        left = random.integers((clip_width - width) // 2 + 1) * 2
        picked = [clip.frames[start + offset] for offset in (0, index, span)]
        y = np.stack([frame[top:top + height, left:left + width] for frame in picked])
        chroma = [frame[clip_height:].reshape(2, clip_height // 2, clip_width // 2) for frame in picked]
        c = np.stack([planes[:, top // 2:(top + height) // 2, left // 2:(left + width) // 2] for planes in chroma])
        return Sample(y, c, index / span)

    def span(self, fps, middle_share):
        """How many frames from picture 0 to 1, and which of them is the truth."""
        gap = self.random.choice(4, p=gap_shares(fps)) + 1
        if self.random.random() < middle_share:
            return 2 * gap, gap
        span = min(LONGEST_SPAN, max(3, 2 * gap + self.random.integers(-1, 2)))
        return span, self.random.integers(1, span)
