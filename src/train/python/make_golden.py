"""Makes the golden data that the ONNX graph of the blend output is tested with: random weights, two pictures, and what
film.py computes from them. Half of the picture stands still, so that the stillness of both halves is part of the data."""
import itertools
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

import safetensors
from film import Film, FilmConfig

CONFIGS = {
    "film-lite": FilmConfig.of({
        "stem": 4, "filters": [4, 6, 8], "levels": 5, "fusion_levels": 3, "specialized_levels": 3, "flow_convs": [0, 2, 3, 3],
        "flow_filters": [4, 6, 6, 8], "fusion_filters": [4, 6], "finish_filters": 6, "finish_features": 5, "finish_convs": 1,
        "output": "blend"}),
    "film-base": FilmConfig.of({
        "stem": 2, "filters": [4, 6, 8, 10], "levels": 6, "fusion_levels": 5, "specialized_levels": 3,
        "flow_convs": [3, 3, 3, 3], "flow_filters": [4, 6, 8, 10], "fusion_filters": [4, 6, 8, 10], "finish_filters": 8,
        "finish_features": 8, "output": "blend"}),
}
SIZES = {"film-lite": (128, 128), "film-base": (64, 128)}
REDUCTIONS = {"film-lite": (1, 2), "film-base": (1,)}  # where the size is a multiple of what a reduction of 2 needs
SEED = 20261122


def random_film(config):
    film = Film(config).eval()
    with torch.no_grad():
        for predictor in filter(None, (film.predict_flow._predictor, *film.predict_flow._predictors)):
            predictor._convs[-1][0].weight.mul_(2)  # flows of some pixels
        film.fuse.output_conv.weight.mul_(2)
        film.finish.output_conv.weight.mul_(2)
    return film


def pictures(height, width):
    """Smooth noise in the nominal range of luma and of chroma; the right half is the same in both pictures."""
    def noise(channels):
        coarse = torch.rand(1, channels, height // 8, width // 8)
        return F.interpolate(coarse, size=(height, width), mode="bicubic", align_corners=False)
    first = torch.cat((noise(1), noise(2) - 0.5), 1)
    second = torch.roll(first, (2, -3), (2, 3)) + 0.05 * noise(3)
    second[..., width // 2:] = first[..., width // 2:]
    return first, second


def of_code_values(plane, zero, scale):
    """As 8-bit limited-range code values hold it, so that the same pictures can go through an engine's bytes."""
    return ((plane * scale + zero).round().clamp(0, 255) - zero) / scale


def main(name, folder):
    torch.manual_seed(SEED)
    config = CONFIGS[name]
    film = random_film(config)
    first, second = pictures(*SIZES[name])
    io = {}
    for chroma, shrink in (("420", lambda c: F.avg_pool2d(c, 2)), ("444", lambda c: c)):
        planes = {}
        for side, picture in (("first", first), ("second", second)):
            planes[f"{side}.y"] = of_code_values(picture[:, :1], 16, 219)
            planes[f"{side}.c"] = of_code_values(shrink(picture[:, 1:]), 128, 224)
        io.update({f"{chroma}.{key}": value for key, value in planes.items()})
        for reduction, t in itertools.product(reversed(REDUCTIONS[name]), (0.5, 0.25)):
            with torch.no_grad():
                result = film(torch.cat((planes["first.y"], planes["second.y"])),
                              torch.cat((planes["first.c"], planes["second.c"])), torch.full((1, 1, 1, 1), t), reduction)
            key = f"{chroma}.{t}" if reduction == 1 else f"{chroma}.reduced.{t}"
            io[f"{key}.y"], io[f"{key}.c"] = result.y, result.c
    for level in range(config.fusion_levels):  # of the last: 4:4:4, no reduction; flows do not depend on t
        io[f"444.forward.{level}"], io[f"444.backward.{level}"] = result.forward[level], result.backward[level]
    metadata = {"format": "pt", "film.config": config.to_json()}
    safetensors.write(Path(folder) / "weights.safetensors", {k: v.numpy() for k, v in film.state_dict().items()}, metadata)
    safetensors.write(Path(folder) / "io.safetensors", {k: v.numpy() for k, v in io.items()}, {"format": "pt"})
    half = first.shape[-1] // 2
    moved = (result.y[..., :half] - first[..., :1, :, :half]).abs().mean().item()
    print(f"flow up to {result.forward[0].abs().max():.1f} pixels of level 0, mean change {moved:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in CONFIGS:
        sys.exit(f"usage: make_golden.py {'|'.join(CONFIGS)} FOLDER")
    main(*sys.argv[1:])
