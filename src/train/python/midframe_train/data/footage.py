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
import torch
import torch.nn.functional as F

# Never trained on: what the project measures itself on. ax_london_60fps_240p shows the scene of ax_london_360p.
VALIDATION = ("ax_london_360p", "gopro_max_walk", "sam2_juggle", "h264_flower_720p", "intel_asl_walk")
EXCLUDED = VALIDATION + ("ax_london_60fps_240p",)

# Groups of `more` that are never trained on either, of every kind: what decisions are made by, here and in `midframe eval`.
VALIDATION_GROUPS = tuple(Path(__file__).parents[4].joinpath(
    "main/resources/dev/midframe/quality/material/validation-groups.txt").read_text().split())

# Clips of `clips` that show the same scene or film; every other one is a group of its own.
GROUPS = {"ax_bbb_800x640": "big_buck_bunny", "bbb_1080p60_h264": "big_buck_bunny", "ax_roof_hdr_1080p": "ax_roof", "ax_roof_hlg_1080p": "ax_roof",
          **{f"pose2sim_{camera}": "pose2sim" for camera in ("cam01", "cam02", "cam03", "cam04", "multi_cam04")}}

# How often a group is drawn, 1 unless named: more where it holds many scenes, less where little moves or pictures are repeated.
WEIGHTS = {"droid": 3, "tears_of_steel": 3, "big_buck_bunny": 2.5, "carnd_day": 1.5, "pose2sim": 1.5, "gopro_karma_drone": 1.5,
           "sam2_bedroom": 1.5, "sam2_dog": 1.3, "sam2_blocks": 1.3, "ax_fog_hdr_1080p60": 0.1, "nasa_270p": 0.4, "ax_roof": 1.2,
           "intel_person": 0.6, "intel_asl_book": 0.5, "intel_bottles": 0.3, "jacdac_button_b": 0.3, "ui_scroll": 0.5,
           "godot_balls": 0.5, "godot_blur": 0.5, "tractor_drone": 0.5, "ax_office_man": 0.5, "lerobot_sim_a": 0.5}
FOLDER = "clips"  # of the cache
LONGEST_SIDE = 960  # of a cached clip
MOST_FRAMES = 600  # of a cached clip
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
    group: str
    frames: np.ndarray
    fps: float
    starts: dict  # span in frames -> first frames of windows without a cut, a repeat or a change of pace

    @property
    def size(self):
        return self.frames.shape[1] * 2 // 3, self.frames.shape[2]


def default_cache():
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "midframe-train")


def planes(frame):
    """Y [1, 1, H, W] in 0..1 and C [1, 2, H/2, W/2] in -0.5..0.5 of one frame of full-range I420."""
    height = frame.shape[0] * 2 // 3
    codes = frame.astype(np.float32)
    c = codes[height:].reshape(1, 2, height // 2, -1)
    return torch.from_numpy(codes[:height] / 255)[None, None], torch.from_numpy((c - 128) / 255)


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


def decode(file, size, scaled, most_frames=MOST_FRAMES):
    """Its frames as full-range I420 of the scaled size; where that is hardly smaller, cut and not resampled."""
    fitted = f"crop={scaled[0]}:{scaled[1]}:0:0," if max(side - other for side, other in zip(size, scaled)) < 4 else ""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-noautorotate", "-i", str(file), "-map", "0:v:0", "-fps_mode", "passthrough",
               "-frames:v", str(most_frames), "-vf", f"{fitted}scale={scaled[0]}:{scaled[1]}:flags=area:out_range=full",
               "-pix_fmt", "yuvj420p", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    frame = scaled[0] * scaled[1] * 3 // 2
    return np.frombuffer(raw[: len(raw) // frame * frame], np.uint8).reshape(-1, scaled[1] * 3 // 2, scaled[0])


def scaled_size(width, height, longest_side=LONGEST_SIDE):
    longest = max(width, height)
    side = min(longest, longest_side)
    # Multiples of 4: chroma planes stay whole, and a crop can begin at any even place.
    return width * side // longest // 4 * 4, height * side // longest // 4 * 4


class Source(NamedTuple):
    name: str
    group: str
    file: Path


def sources(footage):
    """All clips of the footage: those of `clips`, and those of `more`, where it is there."""
    found = []
    for folder in sorted(Path(footage, "clips").iterdir()):
        file = media_file(folder)
        if file:
            found.append(Source(folder.name, GROUPS.get(folder.name, folder.name), file))
    more = Path(footage, "more")
    if (more / "manifest.json").exists():
        found += [Source(clip["id"], clip["group"], more / clip["file"]) for clip in json.loads((more / "manifest.json").read_text())]
    return found


def prepare(footage, cache):
    """Decodes what the cache lacks; returns the training clips' cache files. Without footage: what the cache holds."""
    folder = Path(cache, FOLDER)
    if footage is None:
        return sorted(folder.glob("*.npy")) or fail(f"no training clips under {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    targets = []
    for source in sources(footage):
        if source.name in EXCLUDED or source.group in VALIDATION_GROUPS:
            continue
        width, height, fps = probe(source.file)
        scaled = scaled_size(width, height)
        target = folder / f"{source.name}-{scaled[0]}x{scaled[1]}.npy"
        if not target.exists():
            print(f"decoding {target.name}", flush=True)
            partial = target.with_suffix(".partial")
            with open(partial, "wb") as output:
                np.save(output, decode(source.file, (width, height), scaled))
            stamps = times(source.file)
            starts = windows(np.load(partial, mmap_mode="r"), None if stamps is None else stamps[:MOST_FRAMES])
            describe(target, source.name, source.group, fps, {span: found.tolist() for span, found in starts.items()})
            os.replace(partial, target)
        targets.append(target)
    return targets or fail(f"no training clips under {footage}/clips")


def fail(message):
    raise SystemExit(message)


def describe(target, name, group, fps, starts):
    target.with_suffix(".json").write_text(json.dumps({"clip": name, "group": group, "fps": fps, "starts": starts}))


def load(target):
    """A clip of the cache."""
    about = json.loads(target.with_suffix(".json").read_text())
    starts = {int(span): np.array(found, int) for span, found in about["starts"].items()}
    return Clip(about["clip"], about["group"], np.load(target, mmap_mode="r"), about["fps"], starts)


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
    """How often each is drawn: the clips of a group share its weight."""
    groups = [clip.group for clip in clips]
    weights = np.array([WEIGHTS.get(group, 1.0) / groups.count(group) for group in groups])
    return weights / weights.sum()


def gap_shares(fps):
    """How often pictures are 1, 2, 3 and 4 times two frames apart."""
    return (0.05, 0.15, 0.3, 0.5) if fps > 100 else (0.15, 0.25, 0.3, 0.3) if fps > 45 else (0.5, 0.3, 0.12, 0.08) if fps > 20 else (0.9, 0.1, 0, 0)


class Footage:
    """Draws crops from the clips of a cache."""

    def __init__(self, targets, random):
        self.random = random
        self.clips = [clip for clip in map(load, targets) if len(clip.starts[2]) and min(clip.size) >= 160]
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
        span, index = self.span(clip.fps, middle_share)
        starts = clip.starts[span]
        if not len(starts):
            return None
        start = starts[random.integers(len(starts))]
        shrink = self.shrink(clip.size, (height, width))
        source_height, source_width = (min(side, int(wanted * shrink) // 2 * 2) for side, wanted in zip(clip.size, (height, width)))
        top = random.integers((clip_height - source_height) // 2 + 1) * 2
        left = random.integers((clip_width - source_width) // 2 + 1) * 2
        picked = [clip.frames[start + offset] for offset in (0, index, span)]
        y = np.stack([frame[top:top + source_height, left:left + source_width] for frame in picked])
        chroma = [frame[clip_height:].reshape(2, clip_height // 2, clip_width // 2) for frame in picked]
        c = np.stack([planes[:, top // 2:(top + source_height) // 2, left // 2:(left + source_width) // 2] for planes in chroma])
        if shrink == 1:
            return Sample(filled(y, height, width), filled(c, height // 2, width // 2), index / span)
        return Sample(resized(y, height, width), resized(c, height // 2, width // 2), index / span)

    def shrink(self, size, wanted):
        """How many pixels of a clip one of the crop takes. 1, or what makes a small clip fill the crop, or any."""
        fits = min(side / crop for side, crop in zip(size, wanted))
        drawn = 1.0 if self.random.random() < 0.5 else np.exp(self.random.uniform(np.log(0.7), np.log(2)))
        return 1.0 if fits < 1 and self.random.random() < 0.3 else min(drawn, fits)

    def span(self, fps, middle_share):
        """How many frames from picture 0 to 1, and which of them is the truth."""
        gap = self.random.choice(4, p=gap_shares(fps)) + 1
        if self.random.random() < middle_share:
            return 2 * gap, gap
        span = min(LONGEST_SPAN, max(3, 2 * gap + self.random.integers(-1, 2)))
        return span, self.random.integers(1, span)


def filled(planes, height, width):
    """Edges repeated up to this size, as the program fills pictures up."""
    missing = height - planes.shape[-2], width - planes.shape[-1]
    return np.pad(planes, [(0, 0)] * (planes.ndim - 2) + [(0, side) for side in missing], mode="edge") if any(missing) else planes


def resized(planes, height, width):
    """uint8 [..., H, W] at another size, smaller ones without aliasing."""
    flat = torch.from_numpy(planes.reshape(1, -1, *planes.shape[-2:]).astype(np.float32))
    scaled = F.interpolate(flat, size=(height, width), mode="bilinear", align_corners=False, antialias=True)
    return scaled.add_(0.5).clamp_(0, 255).byte().numpy().reshape(*planes.shape[:-2], height, width)


def codes(planes):
    return np.clip(planes + 0.5, 0, 255).astype(np.uint8)
