"""Trains a model. Run again with the same --out to go on."""
import csv
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
from midframe_train.model import trained
from midframe_train.training.gradient_helper import GradientHelper
from midframe_train.training.options import parsed
from midframe_train.training.schedules import flow_weight_at
from midframe_train.training.state import Training, gradient

LONGEST_STEP_SECONDS = 30


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
    folder = options.footage and Path(options.footage, "triplets", "middlebury_others")
    known = triplets.read(folder) if folder and folder.is_dir() else {}
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
        if training.seconds - saved > options.save_minutes * 60:
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
    run(parsed(arguments))
