#!/usr/bin/env bash
# Builds with CUDA and starts that build on a machine without a GPU, in a copy of the sources: it must say that there is no
# driver, go on with the processor under network.device = auto and refuse under gpu. Fetches 2.4 GB, once.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
if command -v nvidia-smi >/dev/null; then
  echo "Skipped: this machine has NVIDIA's driver"
  exit
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -C "$home" --exclude=./target --exclude=./.git -c . | tar -C "$copy" -x
cd "$copy"
mvn -q -B -ntp -Pcuda process-classes

# expect DEVICE CODE SENTENCE: the exit code of a tiny run, and what it says.
expect() {
  local device=$1 code=$2 sentence=$3 found=0
  jobs/self-train --run "$device" --set network.device="$device" --set data.generate.train-per-class=6 \
    --set data.image-size=20 --set data.split.labeled-per-class=2 --set data.split.validation-per-class=2 \
    --set data.split.pool-per-class=2 --set training.epochs=1 --set training.batch-size=4 \
    --set curriculum.max-cycles=0 --set publish.enabled=false >said.txt 2>&1 || found=$?
  if ((found != code)) || ! grep -qF "$sentence" said.txt; then
    cat said.txt
    echo "network.device = $device: expected exit code $code and \"$sentence\", found exit code $found"
    exit 1
  fi
  grep -F "$sentence" said.txt
}

none="there is no NVIDIA driver (nvidia-smi does not answer)"
expect auto 0 "Networks are computed on the processor, since $none"
expect gpu 2 "network.device = gpu cannot be had: $none"
