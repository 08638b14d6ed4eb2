"""A quarter of an hour on a GPU: what PyTorch can tell, while Midframe and TensorRT arrive in pieces; then what TensorRT does.

    python3 src/gpu/quarter_hour.py OUT                    everything, where Midframe is installed (./midframe gpu-check works)
    python3 src/gpu/quarter_hour.py OUT --piece FILE --parts N [--rows NAME,...]
                                                           one call of several on a bare machine: takes a piece, runs rows
    python3 src/gpu/quarter_hour.py OUT --dry-run          everything that needs no GPU, small: does it run?
    python3 src/gpu/quarter_hour.py --plan                 the calls, with their commands

Every row leaves its figures in OUT as soon as it is done, and TensorRT's timings with them, so that nothing is measured twice.
A row that fails or takes too long ends by itself; the rest go on, and the exit code is 1.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BARE = Path("/tmp/midframe-gpu")
LIMIT = 14.5 * 60


@dataclass(frozen=True)
class Row:
    name: str
    seconds: int
    why: str
    check: str = ""  # what gpu-check is asked; empty: an experiment of PyTorch's of the row's name
    kernels: bool = False


ROWS = (
    Row("layers", 75, "every convolution of the published size alone: what FP16 cannot go below"),
    Row("warps", 60, "our kernels against sampling in 64 bits, and their share of the memory's speed"),
    Row("algebra", 60, "aligned channels, the own half once a frame, the transposed convolution"),
    Row("fp8", 60, "the widest layers in FP8"),
    Row("lite", 60, "is the picture right?", "--models film-lite --sizes 192x128 --precisions fp16,fp32 --level 1"),
    Row(
        "lite-kernels",
        60,
        "and with our kernels?",
        "--models film-lite --sizes 192x128 --precisions fp16,fp32 --level 1",
        kernels=True,
    ),
    Row(
        "published-parts",
        150,
        "where the time goes",
        "--models published --sizes 1920x1080 --precisions fp16 --level 1 --parts FUSION,FLOW,FEATURES --profile --seconds 2",
    ),
    Row(
        "published-kernels",
        150,
        "the pair, cut at the warps",
        "--models published --sizes 1920x1080 --precisions fp16 --level 1",
        kernels=True,
    ),
    Row("published", 120, "the pair as it was", "--models published --sizes 1920x1080 --precisions fp16 --level 1"),
    Row(
        "base-gpu",
        120,
        "film-base-gpu at 4K",
        "--models film-base-gpu --sizes 3840x2160 --precisions fp16 --level 1",
        kernels=True,
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--rows", help="only these, by name")
    parser.add_argument("--piece", type=Path, help="a part of what pack.sh has made")
    parser.add_argument("--parts", type=int, default=0, help="how many there are")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--plan", action="store_true")
    options = parser.parse_args()
    if options.plan:
        return plan()
    if options.out is None:
        parser.error("OUT is missing")
    names = options.rows.split(",") if options.rows else [] if options.piece else [row.name for row in ROWS]
    unknown = set(names) - {row.name for row in ROWS}
    if unknown:
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in ROWS)}")
    options.out.mkdir(parents=True, exist_ok=True)
    if options.piece:
        take(options.piece, options.parts)
    until = time.monotonic() + LIMIT
    good = True
    for row in ROWS:
        if row.name in names:
            good &= run(row, options.out, until, options.dry_run)
    return 0 if good else 1


def run(row: Row, out: Path, until: float, dry: bool) -> bool:
    left = min(row.seconds, until - time.monotonic())
    if left < 5:
        print(f"{row.name}: no time is left", flush=True)
        return False
    result = out / f"{row.name}.json"
    environment = dict(os.environ)
    if row.check:
        if dry:
            print(f"{row.name}: needs a GPU ({row.why})", flush=True)
            return True
        launcher = midframe(environment)
        if not launcher:
            print(f"{row.name}: Midframe is not here yet, nor all of its pieces", flush=True)
            return False
        warps = ["--warps", "kernels"] if row.kernels else []
        command = [*launcher, "gpu-check", *row.check.split(), *warps, "--json", str(result)]
        log = sys.stdout
    else:
        command = [sys.executable, str(HERE / "experiments.py"), row.name, "--seconds", str(int(left) - 4)]
        command += ["--dry-run"] if dry else []
        log = result.open("w")
    begin = time.monotonic()
    try:
        # gpu-check writes what it has when it is asked to end.
        process = subprocess.Popen(command, stdout=log, env=environment)
        try:
            code = process.wait(left)
        except subprocess.TimeoutExpired:
            process.send_signal(2)
            try:
                code = process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait()
    finally:
        if log is not sys.stdout:
            log.close()
    print(f"{row.name}: exit code {code} after {time.monotonic() - begin:.0f} s ({row.why})", flush=True)
    keep_timings(environment, out)
    return code == 0


def midframe(environment: dict) -> list[str]:
    """The command, or nothing where it is not all there."""
    if not (BARE / "pieces").exists():
        return [str(ROOT / "midframe")]
    if not (BARE / "complete").exists():
        return []
    environment["MIDFRAME_TENSORRT"] = str(BARE / "tensorrt")
    environment["LD_LIBRARY_PATH"] = str(BARE / "tensorrt")
    environment["XDG_CACHE_HOME"] = str(BARE / "cache")
    return [
        str(BARE / "jre/bin/java"),
        "--enable-native-access=ALL-UNNAMED",
        "--add-modules=jdk.incubator.vector",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        f"{BARE / 'midframe.jar'}:{BARE / 'lib'}/*",
        "dev.midframe.cli.Midframe",
    ]


def take(piece: Path, parts: int) -> None:
    """Keeps a piece, and with the first one begins to unpack: what is there is unpacked while the next ones travel."""
    pieces = BARE / "pieces"
    pieces.mkdir(parents=True, exist_ok=True)
    shutil.copy(piece, pieces / f"{piece.name}.partial")
    (pieces / f"{piece.name}.partial").rename(pieces / piece.name)
    if not piece.name.endswith("-00"):
        return
    names = " ".join(f"part-{number:02}" for number in range(parts))
    script = (
        f"for part in {names}; do until [ -f pieces/$part ]; do sleep 0.2; done; cat pieces/$part; done"
        " | xz -dc -T0 | tar -x && touch complete"
    )
    # Its own session: it goes on when this call has ended.
    subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=BARE,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=(BARE / "unpacking.log").open("w"),
    )


def keep_timings(environment: dict, out: Path) -> None:
    cache = Path(environment.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "midframe/engines"
    for timing in cache.glob("*.timing"):
        shutil.copy(timing, out / timing.name)


def plan() -> int:
    for row in ROWS:
        print(f"{row.name:18} at most {row.seconds:3} s  {row.why}")
        print(f"{'':18} " + (f"gpu-check {row.check}" + (" --warps kernels" if row.kernels else "") if row.check else "PyTorch"))
    print(f"{sum(row.seconds for row in ROWS) / 60:.1f} minutes if every row takes its longest")
    return 0


if __name__ == "__main__":
    sys.exit(main())
