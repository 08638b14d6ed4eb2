"""Every other frame of the validation clips removed, put back, compared: luma PSNR against blending and ffmpeg's minterpolate."""
import argparse
import subprocess
from pathlib import Path

import numpy as np
import torch

import evaluate
import footage
from film import padded


def planes(frames, index, height):
    """Y [1,1,H,W] in 0..1 and C [1,2,H/2,W/2] in -0.5..0.5 of one frame of full-range I420."""
    frame = frames[index].astype(np.float32)
    c = frame[height:].reshape(1, 2, height // 2, -1)
    return torch.from_numpy(frame[:height] / 255)[None, None], torch.from_numpy((c - 128) / 255)


def generated(film, frames, first, last, height):
    width = frames.shape[2]
    with torch.no_grad():
        y, c = (torch.cat(pair) for pair in zip(planes(frames, first, height), planes(frames, last, height)))
        alignment = film.config.alignment
        result = film(padded(y, alignment), padded(c, alignment // 2), torch.full((1, 1, 1, 1), 0.5))
    return (result.y[0, 0, :height, :width].clamp(0, 1) * 255).round().numpy()


def minterpolated(kept, height):
    """Luma of all frames at twice the rate; aligned so that every second one is a kept frame."""
    width = kept.shape[2]
    command = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", "15", "-i", "-",
               "-vf", "minterpolate=fps=30:scd=none", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    raw = subprocess.run(command, input=kept.tobytes(), check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, *kept.shape[1:])[:, :height].astype(np.float32)


def psnr(picture, truth):
    return 10 * np.log10(255 ** 2 / max(1e-3, np.mean((picture - truth.astype(np.float32)) ** 2)))


def compare(film, file, count):
    """[pairs, 3] PSNRs: the network, blending, minterpolate."""
    width, height, _ = footage.probe(file)
    scaled = (640, height * 640 // width // 4 * 4)
    frames = footage.decode(file, *scaled)[:count | 1]
    height = scaled[1]
    kept, luma = frames[::2], frames[:, :height].astype(np.float32)
    other = minterpolated(kept, height)
    # minterpolate leaves out frames at the ends: find the place of its first one by the kept frames it passes through.
    offset = min(range(0, 5), key=lambda start: np.abs(other[:8:2] - luma[start:start + 8:2]).mean() if start % 2 == 0 else 1e9)
    rows = []
    for index in range(1, len(frames) - 1, 2):
        if 0 <= index - offset < len(other):
            first, last = luma[index - 1], luma[index + 1]
            rows.append((psnr(generated(film, frames, index - 1, index + 1, height), luma[index]),
                         psnr((first + last) / 2, luma[index]), psnr(other[index - offset], luma[index])))
    return np.array(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("footage", help="folder with clips/")
    parser.add_argument("--frames", type=int, default=60, help="of each clip")
    options = parser.parse_args()
    network, means = evaluate.load_film(options.weights), []
    print(f"{'clip':20} {'pairs':>5} {'network':>8} {'blend':>8} {'minterpolate':>13}  mean luma PSNR, dB, 640 wide")
    for name in footage.VALIDATION:
        found = compare(network, footage.media_file(Path(options.footage, "clips", name)), options.frames)
        means.append(found.mean(0))
        print(f"{name:20} {len(found):5} {means[-1][0]:8.2f} {means[-1][1]:8.2f} {means[-1][2]:13.2f}", flush=True)
    print(f"{'mean':20} {'':5} {np.mean(means, 0)[0]:8.2f} {np.mean(means, 0)[1]:8.2f} {np.mean(means, 0)[2]:13.2f}")
