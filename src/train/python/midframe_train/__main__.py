"""python3 -m midframe_train COMMAND ...: training, evaluation and preparation of the models; COMMAND --help says more."""
import importlib
import sys

COMMANDS = {
    "train": "training.train",
    "average": "training.averaging",
    "calibrate": "training.calibration",
    "evaluate-groups": "evaluation.groups",
    "evaluate-triplets": "evaluation.triplets",
    "pack": "data.packing",
    "curve": "evaluation.curve",
    "blend-golden": "fixtures.blend_golden",
    "torch-archives": "fixtures.torch_archives",
    "saved-model": "fixtures.saved_model",
}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python3 -m midframe_train {{{','.join(COMMANDS)}}} ...")
    importlib.import_module(f"midframe_train.{COMMANDS[sys.argv[1]]}").main(sys.argv[2:])


if __name__ == "__main__":
    main()
