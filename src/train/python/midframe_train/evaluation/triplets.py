"""RGB PSNR over folders of triplets, of unrounded pictures, as the mean over the triplets."""
import argparse
import subprocess
from pathlib import Path

import numpy as np
import torch

from midframe_train.model import trained
from midframe_train.model.film import interpolated_rgb


def read_rgb(file):
    """[1,3,H,W] float32 in 0..1."""
    size = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", str(file)],
                          check=True, capture_output=True, text=True).stdout
    width, height = (int(part) for part in size.strip().split(",")[:2])
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                         check=True, capture_output=True).stdout
    picture = np.frombuffer(raw, np.uint8).reshape(height, width, 3).astype(np.float32) / 255
    return torch.from_numpy(picture).permute(2, 0, 1)[None].contiguous()


def read(folder):
    """{name: (picture 0, truth, picture 1)}. Layouts: NAME/frame0..2.png, or Middlebury's input/NAME/frame10, 11 and gt/NAME/frame10i11."""
    folder = Path(folder)
    if (folder / "gt").is_dir():
        files = {path.name: (folder / "input" / path.name / "frame10.png", path / "frame10i11.png", folder / "input" / path.name / "frame11.png")
                 for path in sorted((folder / "gt").iterdir())}
    else:
        files = {path.name: tuple(path / f"frame{index}.png" for index in range(3)) for path in sorted(folder.iterdir()) if path.is_dir()}
    return {name: tuple(read_rgb(file) for file in three) for name, three in files.items()}


def psnr(picture, truth):
    return -10 * ((picture.clamp(0, 1) - truth) ** 2).mean().log10().item()


def psnrs(film, triplets, device="cpu"):
    """{name: dB}."""
    film.eval()
    with torch.no_grad():
        return {name: psnr(interpolated_rgb(film, first.to(device), last.to(device), 0.5).cpu(), truth)
                for name, (first, truth, last) in triplets.items()}


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train evaluate-triplets", description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("triplets", nargs="+", help="folders of triplets")
    options = parser.parse_args(arguments)
    film = trained.load(options.weights)
    for folder in options.triplets:
        found = psnrs(film, read(folder))
        for name, value in found.items():
            print(f"{name:16} {value:6.2f} dB")
        print(f"{'mean':16} {np.mean(list(found.values())):6.2f} dB")
