"""Trains a model. Run again with the same --out to go on."""
import argparse
import copy
import csv
import math
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch

from midframe_train.data import footage, synthetic
from midframe_train.data.batches import Batches
from midframe_train.data.resident import Resident
from midframe_train.evaluation import triplets
from midframe_train.model import growing, trained
from midframe_train.model.config import CONFIGS
from midframe_train.model.film import Film
from midframe_train.model.warping import warp
from midframe_train.training import losses
from midframe_train.training.captured_steps import CapturedSteps
from midframe_train.training.gradient_helper import GradientHelper

LONGEST_STEP_SECONDS = 30


def has_bfloat16():
    """Whether the device computes in it: a CPU that has to imitate it trains six times as slowly."""
    flags = Path("/proc/cpuinfo")
    return torch.cuda.is_available() or flags.exists() and "bf16" in flags.read_text()


def options(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train train", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--model", choices=[name for name in CONFIGS if CONFIGS[name].output == "blend"], default="film-lite")
    parser.add_argument("--footage", required=True, help="folder with clips/ and triplets/")
    parser.add_argument("--out", required=True, help="state, log and weights")
    parser.add_argument("--cache", default=footage.default_cache())
    parser.add_argument("--minutes", type=float, default=120, help="training time; the learning rate falls to its end over it")
    parser.add_argument("--start-from", help="safetensors to begin with instead of a fresh network: of the same model, a narrower one or a similar one (grow.py)")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--crop", default="192x256", help="height x width, multiples of the model's alignment")
    parser.add_argument("--rate", type=float, default=1e-3, help="peak learning rate")
    parser.add_argument("--warm-up-steps", type=int, default=200)
    parser.add_argument("--synthetic", type=float, default=0.35, help="share of synthetic motion")
    parser.add_argument("--middle", type=float, default=0.6, help="share of samples at t = 1/2")
    parser.add_argument("--reduced-every", type=int, default=4, help="one batch of so many has its motion found at half the size; 0: none")
    parser.add_argument("--laplacian", type=float, default=0.05, help="weight of the bands' absolute error, beside the pixels'")
    parser.add_argument("--logarithmic", type=float, default=0.015, help="weight of the logarithm of each sample's squared error: what PSNR is made of")
    parser.add_argument("--census", type=float, default=0.03, help="weight of the difference in what is brighter than what")
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
    parser.add_argument("--evaluate-minutes", type=float, default=5)
    parser.add_argument("--motion-workers", type=int, default=1, help="processes that render synthetic motion beside the training")
    parser.add_argument("--motion-shards", type=int, default=64, help="size of the synthetic pool; 0 for none")
    return parser.parse_args(arguments)


class Training:
    """The network, its average, the optimiser, and how far it is: all that a resumed run needs. A step works on the device alone."""

    def __init__(self, options, device):
        config = CONFIGS[options.model]
        self.film, self.options = Film(config), options
        self.film.start_as_mean()
        if options.start_from:
            self.film.load_state_dict(growing.begun(self.film, trained.load(options.start_from)))
        # GPUs compute convolutions fastest with channels last
        self.film.to(device, memory_format=torch.channels_last if device.type == "cuda" else torch.preserve_format)
        self.teacher = trained.load(options.teacher).to(device).requires_grad_(False) if options.teacher else None
        self.average = copy.deepcopy(self.film).requires_grad_(False)
        self.parameters = list(self.film.parameters())
        for parameter in self.parameters:
            parameter.grad = torch.zeros_like(parameter)
        cuda = device.type == "cuda"
        self.optimizer = torch.optim.AdamW(
            [{"params": [parameter for parameter in self.parameters if parameter.dim() > 1], "weight_decay": 1e-4},
             {"params": [parameter for parameter in self.parameters if parameter.dim() <= 1], "weight_decay": 0}],
            lr=torch.tensor(options.rate, device=device) if cuda else options.rate, betas=(0.9, 0.99), capturable=cuda)
        self.flow_weight, self.decay = torch.zeros((), device=device), torch.zeros((), device=device)
        self.captured = CapturedSteps(self.whole_step) if cuda and not options.no_graphs else None
        self.helper, self.step, self.seconds = None, 0, 0.0

    PARTS = ("film", "average", "optimizer")

    def save(self, path):
        state = {part: getattr(self, part).state_dict() for part in self.PARTS}
        torch.save({**state, "step": self.step, "seconds": self.seconds}, f"{path}.partial")
        os.replace(f"{path}.partial", path)

    def load(self, path, device):
        state = torch.load(path, map_location=device)
        for part in self.PARTS:
            getattr(self, part).load_state_dict(state[part])
        self.step, self.seconds = state["step"], state["seconds"]

    def advance(self, batch, progress):
        """One step; returns picture loss, total loss and the gradient's norm, [3]."""
        self.set_rate(rate_at(progress, self.step, self.options))
        self.flow_weight.fill_(flow_weight_at(progress, self.options))
        self.decay.fill_(min(self.options.ema, (1 + self.step) / (10 + self.step)))
        self.progress, self.step = progress, self.step + 1
        if not flow_weight_at(progress, self.options):
            batch = batch._replace(flows=None, flow_weights=None)
        batch = batch.cropped(self.film.config.alignment * batch.reduction)
        if not self.captured:
            return self.whole_step(batch)
        return self.captured.run((batch.reduction, batch.flows is not None), batch).clone()

    def set_rate(self, rate):
        for group in self.optimizer.param_groups:
            if torch.is_tensor(group["lr"]):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate

    def whole_step(self, batch):
        """A gradient that is not finite counts as none."""
        self.optimizer.zero_grad(set_to_none=False)
        found = gradient(self.film, batch, self.flow_weight, self.options, self.teacher)
        if self.helper:
            self.helper.add_gradient(self.film, self.progress)
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.options.clip)
        for parameter in self.parameters:
            parameter.grad.copy_(torch.where(norm.isfinite(), parameter.grad, 0 * self.decay))
        self.optimizer.step()
        if self.helper:
            self.helper.go_on()
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.parameters):
                mean.lerp_(value, 1 - self.decay)
        return torch.stack((*found, norm))


def gradient(film, batch, flow_weight, options, teacher):
    """Adds the parameters' gradients; returns picture loss and total loss."""
    pictures = [torch.cat((planes.chunk(3)[0], planes.chunk(3)[2])) for planes in (batch.y, batch.c)]
    # A captured step keeps no cast weights from the last one.
    with torch.autocast(batch.y.device.type, dtype=torch.bfloat16, enabled=options.precision == "bfloat16", cache_enabled=False):
        if teacher and batch.flows is not None:
            batch = taught(teacher, pictures, batch)
        result = film(*pictures, batch.t, batch.reduction)
    total, picture = losses.loss(result, batch, options, flow_weight)
    total.backward()
    return picture, total.detach()


def taught(teacher, pictures, batch):
    """The batch with flows of its real samples too, as another network finds them, where its two directions agree."""
    with torch.no_grad():
        result = teacher(*pictures, batch.t)
        forward, backward = result.forward[0], result.backward[0]
        own, other = torch.cat((forward, backward)), torch.cat((backward, forward))
        apart = (own + warp(other, own)).abs().sum(1, keepdim=True)
        agree = (apart < 0.5 + 0.05 * own.abs().sum(1, keepdim=True)).float()
        synthetic = batch.flow_weights.amax((1, 2, 3), keepdim=True) > 0
        return batch._replace(flows=torch.where(synthetic, batch.flows, own),
                              flow_weights=torch.where(synthetic, batch.flow_weights, agree))


def rate_at(progress, step, options):
    """Linear warm-up over steps, then half a cosine over the time, down to 1 % of the peak."""
    return options.rate * min(1, (step + 1) / options.warm_up_steps) * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1, progress))) / 2)


def flow_weight_at(progress, options):
    return options.flow * max(0.0, 1 - progress / 0.6)


def append(path, row):
    fresh = not path.exists()
    with open(path, "a", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow(row.keys())
        writer.writerow(row.values())


def run(options):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    helped = device.type == "cpu" and options.processes > 1
    torch.set_num_threads(1 if helped else options.threads)
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    training = Training(options, device)
    state = out / "state.pt"
    if state.exists():
        training.load(state, device)
        print(f"going on from step {training.step}, {training.seconds / 60:.1f} minutes", flush=True)
    clips = footage.prepare(options.footage, options.cache)
    workers = synthetic.start_workers(options.cache, options.motion_shards, options.motion_workers) if options.motion_shards else []

    sides, pool = tuple(int(side) for side in options.crop.split("x")), Path(options.cache, synthetic.FOLDER)

    def batches_of(process):
        # A resumed run and the other process draw other samples, not the same again.
        random = np.random.default_rng((options.seed, process, training.step))
        rest = options.batch // (2 if helped else 1), options.synthetic, options.middle, options.reduced_every, device
        if device.type == "cuda":
            return Resident(clips, pool, random, min(sides), *rest)
        return Batches(footage.Footage(clips, random), synthetic.Pool(pool, random), random, sides, *rest)

    def helpers_gradient(film, batch, progress):
        batch = batch.cropped(film.config.alignment * batch.reduction)
        gradient(film, batch, flow_weight_at(progress, options), options, training.teacher)
    training.helper = GradientHelper(training.film, lambda: batches_of(1), helpers_gradient) if helped else None
    folder = Path(options.footage, "triplets", "middlebury_others")
    known = triplets.read(folder) if folder.is_dir() else {}
    try:
        loop(training, batches_of(0), known, out, options, device)
    except (KeyboardInterrupt, SystemExit):
        training.save(state)
        raise
    finally:
        if training.helper:
            training.helper.stop()
        for worker in workers:
            worker.terminate()


def loop(training, batches, known, out, options, device):
    """Time counts, measuring and saving too, but no time in which the process was stopped."""
    budget, recent, saved, evaluated = options.minutes * 60, [], training.seconds, training.seconds
    before = time.monotonic()
    while training.seconds < budget:
        recent.append(training.advance(batches.draw(), training.seconds / budget))
        if len(recent) == 100:
            report(training, torch.stack(recent).cpu(), out)
            recent = []
        if training.seconds - saved > 180:
            saved = training.seconds
            training.save(out / "state.pt")
        if training.seconds - evaluated > options.evaluate_minutes * 60:
            evaluated = training.seconds
            measure(training, known, out, options, device)
        now = time.monotonic()
        training.seconds, before = training.seconds + min(now - before, LONGEST_STEP_SECONDS), now
    training.save(out / "state.pt")
    measure(training, known, out, options, device)


def report(training, found, out):
    """found [N, 3], as advance gives it."""
    finite = found[found[:, 2].isfinite()]
    if len(finite) < 0.8 * len(found):
        raise SystemExit("the gradient stays infinite: lower --rate; the last saved state is unharmed")
    means = finite.mean(0).numpy().round(5)
    append(out / "steps.csv", {"step": training.step, "minutes": round(training.seconds / 60, 2),
                               **dict(zip(("picture_loss", "total_loss", "gradient_norm"), means))})
    print(f"step {training.step}, {training.seconds / 60:.1f} min, picture and total loss, gradient norm {means}", flush=True)


def measure(training, known, out, options, device):
    trained.save(training.average, out / f"{options.model}.safetensors", training.step)
    if known:
        found = triplets.psnrs(training.average, known, device)
        mean = float(np.mean(list(found.values())))
        append(out / "log.csv", {"step": training.step, "minutes": round(training.seconds / 60, 2),
                                 "middlebury_other_rgb_psnr_db": round(mean, 3), "worst_db": round(min(found.values()), 3)})
        print(f"== step {training.step}: Middlebury-other {mean:.2f} dB", flush=True)


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the helper and the workers end too
    run(options(arguments))
