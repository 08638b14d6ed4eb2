"""The clips that decisions are made by: every other frame removed, put back, compared with blending and ffmpeg's minterpolate.

RGB PSNR of 8-bit 4:2:0 pictures, 640 pixels wide at most. A group counts once, however many clips it has.
"""
import argparse
import json
import math
import subprocess
from pathlib import Path

import numpy as np
import torch

from midframe_train.data import footage
from midframe_train.evaluation import comparison
from midframe_train.model import trained
from midframe_train.model.film import padded

LONGEST_SIDE = 640
FRAMES = 91  # of a clip


def frames_of(source):
    """[N, H * 3 / 2, W] of full-range I420, and the first frames of its windows of three."""
    size = footage.probe(source.file)[:2]
    frames = footage.decode(source.file, size, footage.scaled_size(*size, LONGEST_SIDE), FRAMES)
    stamps = footage.times(source.file)
    return frames, footage.windows(frames, None if stamps is None else stamps[:FRAMES])[2]


def rgb(frame):
    """[3, H, W] in 0..255 of one frame of full-range I420."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    y = frame[:height].astype(np.float32)
    cb, cr = frame[height:].reshape(2, height // 2, width // 2).repeat(2, 1).repeat(2, 2).astype(np.float32) - 128
    picture = np.stack((y + 1.402 * cr, y - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587, y + 1.772 * cb))
    return picture.clip(0, 255)


def psnr(frame, truth):
    return 10 * math.log10(255 ** 2 / max(1e-2, np.mean((rgb(frame) - rgb(truth)) ** 2)))


def generated(film, first, last):
    height, width = first.shape[0] * 2 // 3, first.shape[1]
    y, c = (torch.cat(planes) for planes in zip(*map(footage.planes, (first, last))))
    with torch.no_grad():
        result = film(padded(y, film.config.alignment), padded(c, film.config.alignment // 2), torch.full((1, 1, 1, 1), 0.5))
    y, c = result.y[0, 0, :height, :width], result.c[0, :, :height // 2, :width // 2]
    codes = torch.cat((y * 255, (c * 255 + 128).reshape(height // 2, width)))
    return codes.round().clamp(0, 255).byte().numpy()


def blended(first, last):
    return ((first.astype(np.uint16) + last + 1) // 2).astype(np.uint8)


def minterpolated(kept):
    """{index in the whole clip: the frame that ffmpeg's minterpolate, with its defaults, puts between two kept ones}."""
    height, width = kept.shape[1] * 2 // 3, kept.shape[2]
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", "15",
               "-i", "-", "-vf", "minterpolate=fps=30", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    raw = subprocess.run(command, input=kept.tobytes(), check=True, capture_output=True).stdout
    made = np.frombuffer(raw, np.uint8).reshape(-1, *kept.shape[1:])
    # It leaves out frames at the ends: its first one is the kept frame that it equals.
    begin = min(range(min(4, len(kept) - 1)), key=lambda start: np.abs(made[0].astype(np.int16) - kept[start]).mean())
    return {2 * begin + place: frame for place, frame in enumerate(made) if place % 2}


def others(frames, places):
    """{place: [blend, minterpolate]} in dB; places that minterpolate gives nothing for are left out."""
    made = minterpolated(frames[::2])
    return {place: [psnr(blended(frames[place - 1], frames[place + 1]), frames[place]), psnr(made[place], frames[place])]
            for place in places if place in made}


def spread(things, most):
    return [things[round(index)] for index in np.linspace(0, len(things) - 1, min(most, len(things)))] if things else []


def measured(film, source, most, cache):
    """[[model, blend, minterpolate], ...] in dB of up to `most` pairs; what does not depend on the model is kept in the cache."""
    frames, starts = frames_of(source)
    kept = Path(cache, f"{source.name}-{most}.json")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        known = others(frames, [int(start) + 1 for start in starts if start % 2 == 0])
        kept.write_text(json.dumps({place: known[place] for place in spread(sorted(known), most)}))
    known = sorted((int(place), values) for place, values in json.loads(kept.read_text()).items())
    return [[psnr(generated(film, frames[place - 1], frames[place + 1]), frames[place]), *values] for place, values in known]


def validation_sources(path, most_clips, old):
    """{group: sources}: of the groups set aside, or of the old validation clips, each a group of its own."""
    names = footage.VALIDATION if old else footage.VALIDATION_GROUPS
    found = {name: [source for source in footage.sources(path) if name == (source.name if old else source.group)] for name in names}
    return {name: spread(sources, most_clips) for name, sources in found.items()}


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train evaluate-groups", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("footage", help="folder with clips/ and more/")
    parser.add_argument("--old", action="store_true", help="the five old validation clips instead of the groups")
    parser.add_argument("--pairs", type=int, default=10, help="of a clip, spread over it")
    parser.add_argument("--clips", type=int, default=4, help="of a group")
    parser.add_argument("--out", help="file for the result, as JSON")
    parser.add_argument("--against", help="an earlier --out to compare with")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", default=footage.default_cache())
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    film, groups, cache = trained.load(options.weights), {}, Path(options.cache, "validation")
    for group, sources in validation_sources(options.footage, options.clips, options.old).items():
        clips = [measured(film, source, options.pairs, cache) for source in sources]
        if any(clips):
            groups[group] = [pairs for pairs in clips if pairs]
    if not groups:
        raise SystemExit(f"{options.footage} has none of the clips set aside")
    print("\n".join(comparison.report(groups)))
    if options.out:
        Path(options.out).write_text(json.dumps(groups))
    if options.against:
        print(comparison.against(groups, json.loads(Path(options.against).read_text())))
