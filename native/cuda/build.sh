#!/bin/sh
# Compiles film_kernels.cu to the PTX that Midframe loads, and has every GPU's assembler look at it. Needs CUDA 13's nvcc.
#     native/cuda/build.sh [FILE]    FILE: where the PTX goes, its place among the resources by default
set -eu
cd "$(dirname "$0")"
target=${1:-../../src/main/resources/dev/midframe/tensorrt/run/film_kernels.ptx}

# Drivers know no PTX newer than their own CUDA: 8.0 is that of the oldest one that TensorRT works with, 12.0.
nvcc --ptx -O3 -std=c++17 -arch=compute_75 -o "$target" film_kernels.cu
sed -i -e 's/^\.version .*/.version 8.0/' -e '/^\/\/ .*Compiler Build ID/d' -e '/^\/\/ Cuda compilation tools/d' \
    -e '/^\/\/ Based on NVVM/d' "$target"
for gpu in sm_75 sm_80 sm_86 sm_89 sm_90 sm_100 sm_120; do
    ptxas -arch=$gpu -O3 --warn-on-spills -o /dev/null "$target"
done
