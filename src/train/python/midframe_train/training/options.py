"""The options of a training run."""
import argparse
from pathlib import Path

import torch

from midframe_train.data import footage
from midframe_train.model.config import CONFIGS


def has_bfloat16():
    """Whether the device computes in it: a CPU that has to imitate it trains six times as slowly."""
    flags = Path("/proc/cpuinfo")
    return torch.cuda.is_available() or flags.exists() and "bf16" in flags.read_text()


def parsed(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train train", description="Trains a model. Run again with the same --out to go on.", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--model", choices=[name for name in CONFIGS if CONFIGS[name].output == "blend"], default="film-lite")
    parser.add_argument("--footage", help="folder with clips/, more/ and triplets/; without it, what the cache holds is trained on and nothing is measured")
    parser.add_argument("--out", required=True, help="state, log and weights")
    parser.add_argument("--cache", default=footage.default_cache())
    parser.add_argument("--minutes", type=float, default=120, help="training time; the learning rate falls to its end over it")
    parser.add_argument("--start-from", help="safetensors to begin with instead of a fresh network: of the same model, a narrower one or a similar one (model/growing.py)")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--crop", default="192x256", help="height x width, multiples of the model's alignment")
    parser.add_argument("--rate", type=float, default=1e-3, help="peak learning rate")
    parser.add_argument("--warm-up-steps", type=int, default=200)
    parser.add_argument("--synthetic", type=float, default=0.35, help="share of synthetic motion")
    parser.add_argument("--middle", type=float, default=0.6, help="share of samples at t = 1/2")
    parser.add_argument("--reduced-every", type=int, default=4, help="one batch of so many has its motion found at half the size; 0: none")
    parser.add_argument("--laplacian", type=float, default=0.05, help="weight of the bands' absolute error, beside the pixels'")
    parser.add_argument("--logarithmic", type=float, default=0.015, help="weight of the logarithm of each sample's squared error: what PSNR is made of")
    parser.add_argument("--census", type=float, default=0, help="weight of the difference in what is brighter than what")
    parser.add_argument("--warped", type=float, default=0.15, help="weight of the warped pictures' loss")
    parser.add_argument("--teacher", help="safetensors of a model of stem 4 that says where real pictures move, as long as flows count")
    parser.add_argument("--flow", type=float, default=0.02, help="weight of the known flows' loss at the start; falls to 0 at 60 %% of the time")
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clip", type=float, default=1.0, help="largest norm of the gradient")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16" if has_bfloat16() else "float32",
                        help="of the convolutions; flows, sampling and weights stay float32")
    parser.add_argument("--processes", type=int, choices=(1, 2), default=2, help="on a CPU: training processes of one thread each")
    parser.add_argument("--threads", type=int, default=2, help="with one process")
    parser.add_argument("--no-graphs", action="store_true", help="on a GPU: launch every kernel of every step anew")
    parser.add_argument("--save-minutes", type=float, default=3)
    parser.add_argument("--evaluate-minutes", type=float, default=5)
    parser.add_argument("--motion-workers", type=int, default=1, help="processes that render synthetic motion beside the training")
    parser.add_argument("--motion-shards", type=int, default=64, help="size of the synthetic pool; 0 for none")
    return parser.parse_args(arguments)
