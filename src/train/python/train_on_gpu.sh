#!/usr/bin/env bash
# Trains on a GPU machine without network and ffmpeg that is at hand for minutes only.
#   train_on_gpu.sh OUT MINUTES PIECE...      PIECE: what `midframe_train pack write` made
# It takes PyTorch with CUDA, NumPy and OpenCV. Afterwards, and every two minutes while it runs,
# OUT holds MODEL.safetensors, steps.csv and the state in parts of 15 MB: `cat state.pt.* > RUN/state.pt`, and a later run goes on.
#   MODEL=film-base-gpu  START=weights to begin with  BATCH=32  CACHE, RUN=folders, the first best in memory  MORE=further options of train
set -euo pipefail
[[ $# -ge 3 ]] || { sed -n 2,7p "$0" >&2; exit 2; }
out=$1 minutes=$2; shift 2
here=$(cd "$(dirname "$0")" && pwd)
model=${MODEL:-film-base-gpu} batch=${BATCH:-32} cache=${CACHE:-/dev/shm/midframe-train} run=${RUN:-/tmp/midframe-train}
start=${START:-$here/../../main/resources/models/film-base.safetensors}
export PYTHONPATH=$here${PYTHONPATH:+:$PYTHONPATH} PYTHONUNBUFFERED=1
mkdir -p "$out" "$run"
python3 -m midframe_train pack read --cache "$cache" "$@"

hand_over() {
  for file in "$model.safetensors" steps.csv; do
    if [[ -f $run/$file ]]; then cp "$run/$file" "$out/$file.partial"; mv "$out/$file.partial" "$out/$file"; fi
  done
  if [[ -f $run/state.pt ]]; then split -b 15M -d "$run/state.pt" "$out/state.pt."; fi
}
(while sleep 60; do hand_over; done) & watcher=$!
trap 'kill $watcher 2>/dev/null || true; hand_over' EXIT
python3 -m midframe_train train --model "$model" --start-from "$start" --out "$run" --cache "$cache" --minutes "$minutes" \
  --batch "$batch" --crop 256x256 --rate 8e-4 --warm-up-steps 200 --synthetic 0.3 --middle 0.8 --flow 0.03 --warped 0.3 \
  --reduced-every 8 --motion-workers 12 --motion-shards 600 --save-minutes 2 --evaluate-minutes 2 ${MORE:-}
