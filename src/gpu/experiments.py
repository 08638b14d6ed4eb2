"""What PyTorch can tell of a GPU without TensorRT: one experiment a call, its figures as JSON.

    python3 src/gpu/experiments.py NAME [--seconds S] [--dry-run] > NAME.json

--dry-run works on the CPU, in 32-bit floats and small, to see that an experiment runs: its figures mean nothing.
"""

import argparse
import json
import sys
import time

import torch
import torch.nn.functional as functional

from film_layers import FILTERS, FUSION_LEVELS, LEVELS, convolutions, feature_channels, fusion_channels
from kernels import TAIL, Kernels


class Bench:
    def __init__(self, dry: bool, seconds: float):
        self.dry = dry
        self.device = "cpu" if dry else "cuda"
        self.type = torch.float32 if dry else torch.float16
        self.height, self.width = (64, 128) if dry else (1088, 1920)
        self.until = time.monotonic() + seconds

    def features(self, pictures, channels, level, dtype=None):
        shape = (pictures, channels, self.height >> level, self.width >> level)
        made = torch.randn(shape, device=self.device).to(dtype or self.type)
        return made.contiguous(memory_format=torch.channels_last)

    def weights(self, *shape):
        made = torch.randn(shape, device=self.device).to(self.type) / shape[1] ** 0.5
        return made.contiguous(memory_format=torch.channels_last)

    def milliseconds(self, work, runs=10):
        """The median of some runs after two for warming up."""
        if self.dry:
            begin = time.perf_counter()
            work()
            return 1e3 * (time.perf_counter() - begin)
        for _ in range(2):
            work()
        events = [(torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)) for _ in range(runs)]
        for begin, end in events:
            begin.record()
            work()
            end.record()
        torch.cuda.synchronize()
        return sorted(begin.elapsed_time(end) for begin, end in events)[runs // 2]


@torch.inference_mode()
def layers(bench: Bench) -> dict:
    """Every convolution of the published size alone: what FP16 cannot go below."""
    torch.backends.cudnn.benchmark = True
    found = []
    seen = {}
    for layer in convolutions():
        if time.monotonic() > bench.until:
            return {"complete": False, "layers": found}
        if layer not in seen:
            picture = bench.features(layer.pictures, layer.inputs, layer.level)
            weight = bench.weights(layer.outputs, layer.inputs, layer.size, layer.size)
            seen[layer] = bench.milliseconds(lambda: functional.conv2d(picture, weight, padding=layer.size // 2))
        flop = layer.flop(bench.height, bench.width)
        found.append({**vars(layer), "ms": seen[layer], "tflops": flop / seen[layer] / 1e9})
    parts = {part: sum(row["ms"] for row in found if row["part"] == part) for part in ("FEATURES", "FLOW", "FUSION")}
    return {"complete": True, "ms": parts, "ms_all": sum(parts.values()), "layers": found}


@torch.inference_mode()
def warps(bench: Bench) -> dict:
    """Our kernels against sampling in 64 bits, and how fast they move memory."""
    kernels = Kernels(bench.device)
    found = []
    for dtype in (torch.float16, torch.float32):
        for level in range(LEVELS if not bench.dry else 2):
            channels = feature_channels(level)
            first, second = (bench.features(1, channels, level, dtype) for _ in range(2))
            images = [bench.features(1, 8, level, dtype) for _ in range(2)]
            flows = 9 * torch.randn(2, 2, *first.shape[2:], device=bench.device)
            warped = torch.empty(
                2, channels, *first.shape[2:], dtype=dtype, device=bench.device, memory_format=torch.channels_last
            )
            row = {"type": str(dtype), "level": level, "channels": channels}
            ms = bench.milliseconds(lambda: kernels.warp_others(first, second, flows, warped))
            moved = 2 * warped.nbytes if hasattr(warped, "nbytes") else 2 * warped.numel() * warped.element_size()
            row |= {"warp_ms": ms, "warp_gb_s": moved / ms / 1e6}
            expected = _warped(torch.cat((second, first)), flows)
            row["warp_error"] = _error(warped, expected)
            if level < FUSION_LEVELS:
                moment = torch.tensor([0.25], device=bench.device)
                aligned = torch.empty(
                    1,
                    2 * channels + TAIL,
                    *first.shape[2:],
                    dtype=dtype,
                    device=bench.device,
                    memory_format=torch.channels_last,
                )
                ms = bench.milliseconds(
                    lambda: kernels.fusion_input(first, second, *images, flows, moment, aligned)
                )
                moved = (2 * first.numel() + aligned.numel()) * aligned.element_size()
                row |= {"fusion_input_ms": ms, "fusion_input_gb_s": moved / ms / 1e6}
                row["fusion_input_error"] = _error(aligned, _aligned(first, second, images, flows, 0.25))
            found.append(row)
    coarse = torch.randn(2, 2, bench.height // 2, bench.width // 2, device=bench.device)
    fine = torch.empty(2, 2, bench.height, bench.width, device=bench.device)
    kernels.enlarge_flow(coarse, fine)
    if not bench.dry:
        torch.cuda.synchronize()
    expected = 2 * functional.interpolate(coarse.double(), scale_factor=2, mode="bilinear", align_corners=False)
    worst = {"half": 0.0, "float": 0.0, "flow": _error(fine, expected)}
    for row in found:
        kind = "half" if "16" in row["type"] else "float"
        worst[kind] = max(worst[kind], row["warp_error"], row.get("fusion_input_error", 0))
    # A half has eleven bits; features are standard normal, here up to about 6.
    right = worst["half"] < 4e-3 and worst["float"] < 1e-4 and worst["flow"] < 1e-5
    return {"right": right, "worst": worst, "rows": found}


def _warped(pictures, flows):
    height, width = pictures.shape[2:]
    flows = flows.double()
    x = torch.arange(width, device=flows.device) + 0.5 + flows[:, 0]
    y = (torch.arange(height, device=flows.device) + 0.5)[:, None] + flows[:, 1]
    grid = torch.stack((2 * x / width - 1, 2 * y / height - 1), -1)
    return functional.grid_sample(pictures.double(), grid, "bilinear", "border", align_corners=False)


def _aligned(first, second, images, flows, moment):
    to_first = moment * flows[1:]
    to_second = (1 - moment) * flows[:1]
    pictures = [_warped(first, to_first), _warped(second, to_second)]
    pictures += [_warped(images[0][:, :3], to_first), _warped(images[1][:, :3], to_second)]
    pictures += [to_first.double(), to_second.double()]
    return torch.cat((*pictures, torch.zeros(1, 6, *first.shape[2:], device=flows.device)), 1)


def _error(found, expected):
    scale = expected.abs().clamp(min=1)
    return ((found.double() - expected).abs() / scale).max().item()


@torch.inference_mode()
def algebra(bench: Bench) -> dict:
    """What aligned channels, half of a layer a frame, and a transposed convolution are worth."""
    torch.backends.cudnn.benchmark = True
    found = {}
    for level in range(FUSION_LEVELS - 1):
        outputs = FILTERS[level]
        plain = fusion_channels(level) + outputs
        aligned = 2 * feature_channels(level) + TAIL + outputs
        for name, inputs in (("as it is", plain), ("aligned", aligned)):
            picture = bench.features(1, inputs, level)
            weight = bench.weights(outputs, inputs, 3, 3)
            found[f"fusion {level} {name} {inputs}"] = bench.milliseconds(
                lambda: functional.conv2d(picture, weight, padding=1)
            )
        both = 2 * feature_channels(level)
        filters = max(32, FILTERS[level] // 2)
        for name, inputs in (("both halves", both), ("other half", both // 2)):
            picture = bench.features(2, inputs, level)
            weight = bench.weights(filters, inputs, 3, 3)
            found[f"flow {level} {name}"] = bench.milliseconds(lambda: functional.conv2d(picture, weight, padding=1))
        inputs = FILTERS[level + 1] if level + 2 < FUSION_LEVELS else 2 * feature_channels(level + 1) + TAIL
        picture = bench.features(1, inputs, level + 1)
        phases = bench.weights(4 * outputs, inputs, 2, 2)
        taps = bench.weights(inputs, outputs, 3, 3)
        found[f"enlarging {level} by phases"] = bench.milliseconds(
            lambda: functional.pixel_shuffle(functional.conv2d(functional.pad(picture, (0, 1, 0, 1)), phases), 2)
        )
        found[f"enlarging {level} transposed"] = bench.milliseconds(
            lambda: functional.conv_transpose2d(picture, taps, stride=2, padding=1, output_padding=1)
        )
    return {"ms": found}


@torch.inference_mode()
def fp8(bench: Bench) -> dict:
    """Matrix products as large as the widest layers', in FP16 and in FP8 (E4M3)."""
    if bench.dry:
        return {"skipped": "PyTorch multiplies FP8 on GPUs alone"}
    found = []
    one = torch.ones((), device=bench.device)
    widest = sorted(set(convolutions()), key=lambda layer: -layer.flop(bench.height, bench.width))[:8]
    for layer in widest:
        rows = layer.pictures * (bench.height >> layer.level) * (bench.width >> layer.level)
        inner = -(-layer.inputs // 16) * 16 * layer.size**2
        a = torch.randn(rows, inner, device=bench.device, dtype=torch.float16)
        b = torch.randn(layer.outputs, inner, device=bench.device, dtype=torch.float16)
        half = bench.milliseconds(lambda: a @ b.T)
        a8, b8 = a.to(torch.float8_e4m3fn), b.to(torch.float8_e4m3fn)
        eighth = bench.milliseconds(
            lambda: torch._scaled_mm(a8, b8.T, scale_a=one, scale_b=one, out_dtype=torch.float16)
        )
        flop = 2 * rows * inner * layer.outputs
        found.append({**vars(layer), "fp16_tflops": flop / half / 1e9, "fp8_tflops": flop / eighth / 1e9})
    return {"layers": found}


EXPERIMENTS = {"layers": layers, "warps": warps, "algebra": algebra, "fp8": fp8}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=EXPERIMENTS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    bench = Bench(options.dry_run, options.seconds)
    device = "CPU, dry run" if options.dry_run else torch.cuda.get_device_name()
    result = {"experiment": options.name, "device": device, "torch": torch.__version__}
    result |= EXPERIMENTS[options.name](bench)
    json.dump(result, sys.stdout, indent=1)
    return 0 if result.get("right", True) else 1


if __name__ == "__main__":
    sys.exit(main())
