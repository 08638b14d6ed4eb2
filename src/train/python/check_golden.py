"""Checks film.py's published form against a golden folder (weights.safetensors, io.safetensors): maximum difference 1e-4."""
import sys

import torch

import safetensors
from film import Film, FilmConfig

GOLDEN = FilmConfig.of({
    "stem": 1, "filters": [4, 8, 16, 32], "levels": 7, "fusion_levels": 5, "specialized_levels": 3,
    "flow_convs": [3, 3, 3, 3], "flow_filters": [4, 8, 8, 16], "fusion_filters": [4, 8, 16, 32], "output": "rgb"})
TOLERANCE = 1e-4


def main(folder):
    film = Film(GOLDEN).eval()
    film.load_state_dict({name: torch.tensor(value) for name, value in safetensors.read(f"{folder}/weights.safetensors")[0].items()})
    golden = {name: torch.tensor(value) for name, value in safetensors.read(f"{folder}/io.safetensors")[0].items()}
    worst = 0.0
    for name, t in (("t050", 0.5), ("t025", 0.25)):
        with torch.no_grad():
            picture, forward, backward = film.rgb(golden["x0"], golden["x1"], torch.full((1, 1, 1, 1), t))
        found = {f"{name}.image": picture}
        for level in range(5):
            found[f"{name}.forward_flow_pyramid.{level}"] = forward[level]
            found[f"{name}.backward_flow_pyramid.{level}"] = backward[level]
        for key in sorted(found.keys() & golden.keys()):
            difference = (found[key] - golden[key]).abs().max().item()
            worst = max(worst, difference)
            print(f"{key:32} {difference:.2e}")
    print("ok" if worst < TOLERANCE else f"FAILED: {worst} is not below {TOLERANCE}")
    return 0 if worst < TOLERANCE else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: check_golden.py FOLDER")
    sys.exit(main(sys.argv[1]))
