"""Makes what the importer's tests read: a small FILM as PyTorch itself saves it, and what PyTorch computes with it.

usage: import_fixtures.py GOLDEN_FOLDER OUTPUT_FOLDER SEEDS_FOLDER
GOLDEN_FOLDER holds weights.safetensors (a FILM of the published form) and io.safetensors (what it computes).
SEEDS_FOLDER takes tiny archives and their pickles, from which Jazzer starts.
"""
import os
import sys
import zipfile
from typing import List

import torch
import torch.nn.functional as F
from torch import nn

import safetensors
from film import Film, FilmConfig

GOLDEN = FilmConfig.of({
    "stem": 1, "filters": [4, 8, 16, 32], "levels": 7, "fusion_levels": 5, "specialized_levels": 3,
    "flow_convs": [3, 3, 3, 3], "flow_filters": [4, 8, 8, 16], "fusion_filters": [4, 8, 16, 32], "output": "rgb"})


def warp(image: torch.Tensor, flow: torch.Tensor) -> torch.Tensor:
    height, width = image.shape[2], image.shape[3]
    x = (torch.arange(width, dtype=torch.float32) * 2 + 1) / width - 1
    y = (torch.arange(height, dtype=torch.float32) * 2 + 1) / height - 1
    grid = torch.stack((flow[:, 0] * (2 / width) + x, flow[:, 1] * (2 / height) + y[:, None]), -1)
    return F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=False)


class ScriptedFilm(nn.Module):
    """The published form in the part of Python that torch.jit.script compiles; modules and their names are film.py's."""

    def __init__(self, film: Film):
        super().__init__()
        self.pyramid_levels = film.config.levels
        self.fusion_pyramid_levels = film.config.fusion_levels
        self.extract = nn.Module()
        self.extract.extract_sublevels = film.extract.extract_sublevels
        self.predict_flow = nn.Module()
        self.predict_flow._predictor = film.predict_flow._predictor
        self.predict_flow._predictors = film.predict_flow._predictors
        self.fuse = nn.Module()
        self.fuse.output_conv = film.fuse.output_conv
        self.fuse.convs = film.fuse.convs

    def features(self, images: List[torch.Tensor]) -> List[torch.Tensor]:
        sublevels: List[List[torch.Tensor]] = []
        for level in range(len(images)):
            image = images[level]
            pyramid: List[torch.Tensor] = []
            for depth, convs in enumerate(self.extract.extract_sublevels.convs):
                if depth < len(images) - level:
                    if depth > 0:
                        image = F.avg_pool2d(image, 2)
                    image = convs(image)
                    pyramid.append(image)
            sublevels.append(pyramid)
        features: List[torch.Tensor] = []
        for level in range(len(images)):
            parts: List[torch.Tensor] = []
            for depth in range(level + 1):
                if depth < len(sublevels[level - depth]):
                    parts.append(sublevels[level - depth][depth])
            features.append(torch.cat(parts, 1))
        return features

    def flows(self, own: List[torch.Tensor], other: List[torch.Tensor]) -> List[torch.Tensor]:
        """Fine to coarse."""
        specialized = len(self.predict_flow._predictors)
        flow = self.predict_flow._predictor(own[-1], other[-1])
        flows = [flow]
        for back in range(len(own) - 1 - specialized):
            level = len(own) - 2 - back
            flow = F.interpolate(flow, scale_factor=2.0, mode="bilinear", align_corners=False) * 2
            flow = flow + self.predict_flow._predictor(own[level], warp(other[level], flow))
            flows.insert(0, flow)
        for index, predictor in enumerate(self.predict_flow._predictors):
            level = specialized - 1 - index
            flow = F.interpolate(flow, scale_factor=2.0, mode="bilinear", align_corners=False) * 2
            flow = flow + predictor(own[level], warp(other[level], flow))
            flows.insert(0, flow)
        return flows

    def forward(self, x0: torch.Tensor, x1: torch.Tensor, batch_dt: torch.Tensor) -> torch.Tensor:
        images0 = [x0]
        images1 = [x1]
        for _ in range(self.pyramid_levels - 1):
            images0.append(F.avg_pool2d(images0[-1], 2))
            images1.append(F.avg_pool2d(images1[-1], 2))
        features0, features1 = self.features(images0), self.features(images1)
        forward, backward = self.flows(features0, features1), self.flows(features1, features0)
        t = batch_dt[..., None, None]
        pyramid: List[torch.Tensor] = []
        for level in range(self.fusion_pyramid_levels):
            to0, to1 = backward[level] * t, forward[level] * (1 - t)
            pyramid.append(torch.cat((warp(torch.cat((images0[level], features0[level]), 1), to0),
                                      warp(torch.cat((images1[level], features1[level]), 1), to1), to0, to1), 1))
        net = pyramid[-1]
        for index, step in enumerate(self.fuse.convs):
            level = pyramid[len(pyramid) - 2 - index]
            net = step[0](F.pad(F.interpolate(net, scale_factor=2.0, mode="nearest"), [0, 1, 0, 1]))
            net = step[2](step[1](torch.cat((level, net), 1)))
        return self.fuse.output_conv(net)


def golden_film(folder):
    film = Film(GOLDEN).eval()
    weights, _ = safetensors.read(f"{folder}/weights.safetensors")
    film.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    return film


def unusually_stored(state):
    """The same values as views: all biases in one storage, the 3x3 kernels channels-last, the 1x1 kernels transposed."""
    biases = [name for name, tensor in state.items() if tensor.dim() == 1]
    joined = torch.cat([state[name] for name in biases])
    offset, views = 0, {}
    for name in biases:
        views[name] = joined[offset:offset + len(state[name])]
        offset += len(state[name])
    for name, tensor in state.items():
        if tensor.dim() == 4:
            last = tensor.contiguous(memory_format=torch.channels_last)
            transposed = tensor.transpose(0, 1).contiguous().transpose(0, 1)
            views[name] = transposed if tensor.shape[2] == 1 else last
    return {name: views[name] for name in state}


def write_seeds(folder):
    """Tiny archives of both kinds, and the pickles in them."""
    for target in ("archives", "pickles", "picklesInArchives"):
        os.makedirs(f"{folder}/{target}", exist_ok=True)
    torch.save({"fuse.output_conv.weight": torch.ones(1, 2, 1, 1), "b": torch.ones(2, 2).t()}, f"{folder}/archives/state_dict.pt")
    torch.jit.script(nn.Conv2d(1, 1, 1)).save(f"{folder}/archives/script.pt")
    for name in ("state_dict", "script"):
        with zipfile.ZipFile(f"{folder}/archives/{name}.pt") as archive:
            (record,) = [record for record in archive.namelist() if record.endswith("/data.pkl")]
            for target in ("pickles", "picklesInArchives"):
                with open(f"{folder}/{target}/{name}.pkl", "wb") as file:
                    file.write(archive.read(record))


def main(golden, output, seeds):
    torch.manual_seed(0)
    write_seeds(seeds)
    film = golden_film(golden)
    io, _ = safetensors.read(f"{golden}/io.safetensors")
    x0, x1 = (torch.tensor(io[name]) for name in ("x0", "x1"))
    with torch.no_grad():
        scripted = torch.jit.script(ScriptedFilm(film))
        for name, t in (("t050", 0.5), ("t025", 0.25)):
            worst = (scripted(x0, x1, torch.full((1, 1), t)) - torch.tensor(io[f"{name}.image"])).abs().max().item()
            print(f"{name}: the scripted network is within {worst:.1e} of the golden picture")
            assert worst < 1e-5
        scripted.save(f"{output}/film_fp32.pt")
        torch.save(unusually_stored(film.state_dict()), f"{output}/state_dict_views.pt")

        half = golden_film(golden).half()
        torch.jit.script(ScriptedFilm(half)).save(f"{output}/film_fp16.pt")
        torch.save(half.state_dict(), f"{output}/state_dict_fp16.pt")
        # The CPU has no half-precision convolutions: the reference computes in float32 with the rounded weights.
        half_io = {"x0": x0[..., :64, :64], "x1": x1[..., :64, :64]}
        half_io["t050.image"] = ScriptedFilm(half.float())(half_io["x0"], half_io["x1"], torch.full((1, 1), 0.5))
        safetensors.write(f"{output}/film_fp16_io.safetensors", {k: v.numpy() for k, v in half_io.items()}, {"format": "pt"})


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
