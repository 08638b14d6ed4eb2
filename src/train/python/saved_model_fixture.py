"""Makes the SavedModel that the importer's tests read: the golden FILM's weights as TensorFlow itself saves them, under
the names that film_net gives its variables (google-research/frame-interpolation). Needs TensorFlow; made with 2.21.

usage: saved_model_fixture.py GOLDEN_FOLDER OUTPUT_FOLDER
"""
import os
import shutil
import sys
import tempfile

import tensorflow as tf

import safetensors

FLOW_LEVELS = ("0", "1", "2", "shared")
FLOW_PREDICTORS = ("_predictors.2", "_predictors.1", "_predictors.0", "_predictor")  # the port's order is coarse to fine


def layers():
    """(TensorFlow's name, the port's name) in the order in which film_net makes its layers."""
    for index in range(8):
        yield f"feat_net/sub_extractor/cfeat_conv_{index}", f"extract.extract_sublevels.convs.{index // 2}.{index % 2}.0"
    for level, predictor in zip(FLOW_LEVELS, FLOW_PREDICTORS):
        for index in range(5):
            yield f"predict_flow/flow_predictor_{level}/conv_{index}", f"predict_flow.{predictor}._convs.{index}.0"
    for index in range(12):
        suffix = f"_{index}" if index else ""
        yield f"fusion/conv2d{suffix}", f"fuse.convs.{3 - index // 3}.{index % 3}.0"
    yield "fusion/conv2d_12", "fuse.output_conv"


def main(golden, output):
    weights, _ = safetensors.read(f"{golden}/weights.safetensors")
    model = tf.Module()
    model.weights = []
    for theirs, ours in layers():
        kernel = weights[f"{ours}.weight"].transpose(2, 3, 1, 0)
        model.weights.append(tf.Variable(kernel, name=f"{theirs}/kernel"))
        model.weights.append(tf.Variable(weights[f"{ours}.bias"], name=f"{theirs}/bias"))
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(model, folder)
        shutil.copytree(f"{folder}/variables", f"{output}/variables", dirs_exist_ok=True)
    print("\n".join(sorted(os.listdir(f"{output}/variables"))))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
