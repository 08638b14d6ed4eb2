"""The decoded training clips in small pieces, for a GPU machine that has neither network nor ffmpeg.

A piece is a folder of videos. Each shows the planes of a cached clip as they lie there, one below the other, as a grey picture: what
decodes it need know nothing of colour.
"""
import argparse
import json
import subprocess
from pathlib import Path

import numpy as np

from midframe_train.data import footage

LONGEST_SIDE = 640
FRAMES = 120
ABOUT = "clips.json"


def reduced(clip):
    """uint8 [N, height * 3 / 2, width] of a clip at the size and length at which it is packed."""
    height, width = clip.size
    scaled_width, scaled_height = footage.scaled_size(width, height, LONGEST_SIDE)
    frames = np.array(clip.frames[:FRAMES])
    if (scaled_height, scaled_width) == clip.size:
        return frames
    y = footage.resized(frames[:, :height], scaled_height, scaled_width)
    c = footage.resized(frames[:, height:].reshape(-1, 2, height // 2, width // 2), scaled_height // 2, scaled_width // 2)
    return np.concatenate((y, c.reshape(-1, scaled_height // 2, scaled_width)), 1)


def encode(frames, file, quality):
    height, width = frames.shape[1:]
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-color_range", "pc", "-s", f"{width}x{height}", "-r", "30",
               "-i", "-", "-c:v", "libx264", "-preset", "medium", "-crf", str(quality), "-pix_fmt", "gray", "-color_range", "pc", str(file)]
    subprocess.run(command, input=frames.tobytes(), check=True)


def pack(targets, out, quality, piece_bytes):
    """Writes out/piece-00 and so on, each below piece_bytes."""
    piece, used, about = -1, piece_bytes, {}
    for target in targets:
        clip, encoded = footage.load(target), Path(out, "encoding.mp4")
        Path(out).mkdir(parents=True, exist_ok=True)
        frames = reduced(clip)
        encode(frames, encoded, quality)
        size = encoded.stat().st_size
        if size > piece_bytes:
            raise SystemExit(f"{target.name}: {size} bytes packed, more than a piece; raise --quality's number")
        if used + size > piece_bytes:
            piece, used, about = piece + 1, 0, {}
        folder = Path(out, f"piece-{piece:02}")
        folder.mkdir(exist_ok=True)
        encoded.rename(folder / f"{clip.name}.mp4")
        starts = {span: [int(start) for start in found if start + span < len(frames)] for span, found in clip.starts.items()}
        about[clip.name] = {"group": clip.group, "fps": clip.fps, "starts": starts}
        (folder / ABOUT).write_text(json.dumps(about))
        used += size
    return piece + 1


def decoded(file):
    import cv2  # on the GPU machine alone
    video, frames = cv2.VideoCapture(str(file)), []
    while True:
        more, picture = video.read()
        if not more:
            break
        frames.append(picture[:, :, 0])
    if not frames:
        raise SystemExit(f"{file}: no frames in it")
    return np.stack(frames)


def unpack(pieces, cache):
    """Puts the clips of these pieces where `train` looks for them."""
    folder = Path(cache, footage.FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for piece in pieces:
        for name, clip in json.loads(Path(piece, ABOUT).read_text()).items():
            target = folder / f"{name}.npy"
            np.save(target, decoded(Path(piece, f"{name}.mp4")))
            footage.describe(target, name, clip["group"], clip["fps"], clip["starts"])


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train pack", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("write", help="pieces from footage", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    packing.add_argument("--footage", required=True, help="folder with clips/ and more/")
    packing.add_argument("--out", required=True)
    packing.add_argument("--quality", type=int, default=21, help="libx264's constant rate factor; larger is smaller")
    packing.add_argument("--megabytes", type=float, default=50, help="of a piece at most")
    reading = commands.add_parser("read", help="pieces into a cache; needs OpenCV")
    reading.add_argument("pieces", nargs="+")
    for command in (packing, reading):
        command.add_argument("--cache", default=footage.default_cache())
    options = parser.parse_args(arguments)
    if options.command == "read":
        unpack(options.pieces, options.cache)
    else:
        count = pack(footage.prepare(options.footage, options.cache), options.out, options.quality, options.megabytes * 2 ** 20)
        print(f"{options.out}: {count} pieces")
