#!/usr/bin/env bash
# Packs what Midframe needs on a bare GPU machine into pieces small enough to be carried one at a time.
#     src/gpu/pack.sh OUT        after ./midframe tensorrt install, which builds the program, too
# OUT then holds part-00, part-01, ... of a compressed archive: a jlinked Java runtime, TensorRT, midframe.jar with its libraries.
#   TENSORRT=folder of the libraries   PIECE_MB=40   JAVA_HOME=a JDK 25
set -euo pipefail
[[ $# -eq 1 ]] || { sed -n 2,5p "$0" >&2; exit 2; }
out=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
tensorrt=${TENSORRT:-${XDG_DATA_HOME:-$HOME/.local/share}/midframe/tensorrt}
modules=java.base,java.logging,java.management,jdk.management,java.naming,java.xml,java.desktop,java.net.http,jdk.unsupported,jdk.incubator.vector
[[ -x ${JAVA_HOME:-}/bin/jlink ]] || { echo "pack.sh: JAVA_HOME=${JAVA_HOME:-} is no JDK with jlink" >&2; exit 2; }
[[ -f $root/target/midframe.jar ]] || { echo "pack.sh: $root/target/midframe.jar is missing: ./midframe doctor makes it" >&2; exit 2; }
compgen -G "$tensorrt/libnvinfer.so*" > /dev/null || {
  echo "pack.sh: there is no TensorRT in $tensorrt: run ./midframe tensorrt install, or set TENSORRT" >&2
  exit 2
}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$tree/jre"
mkdir "$tree/tensorrt"
# The plugin library and kernels of other GPUs than the one at hand would only cost transfer.
cp "$tensorrt"/libnvinfer.so* "$tensorrt"/libnvonnxparser.so* "$tensorrt"/libnvinfer_builder_resource* "$tree/tensorrt/"
cp "$root/target/midframe.jar" "$tree/"
cp -r "$root/target/lib" "$tree/lib"
mkdir -p "$out"
rm -f "$out"/part-*
tar -C "$tree" -c . | xz -T0 -"${XZ:-6}" | split -b "${PIECE_MB:-40}M" -d - "$out/part-"
ls "$out" | grep -c '^part-' > "$out/parts"
echo "$(cat "$out/parts") pieces of ${PIECE_MB:-40} MB in $out"
