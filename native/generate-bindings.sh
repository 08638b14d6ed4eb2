#!/bin/sh
# Generates the Java classes of cuda_driver.h and tensorrt.h. Needs jextract (for JDK 25) on the PATH.
#     native/generate-bindings.sh [FOLDER]    FOLDER: where the sources go, src/main/java by default
set -eu
cd "$(dirname "$0")"
target=$(realpath -m "${1:-../src/main/java}")

generate() { # HEADER PACKAGE
    find "$target/$(echo "$2" | tr . /)" -name '*.java' ! -name package-info.java -delete 2>/dev/null || true
    jextract --output "$target" --target-package "$2" "$1"
}
generate cuda_driver.h dev.midframe.ffi.cuda.generated
generate tensorrt.h dev.midframe.ffi.tensorrt.generated
