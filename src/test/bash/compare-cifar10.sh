#!/usr/bin/env bash
# The runs of src/test/java/io/syllabus/benchmark/COMPARISONS.md, one after another:
#
#   CIFAR10=/data/cifar10 src/test/bash/compare-cifar10.sh STORE SEED ...
#
# A run that is finished is left alone and one that was cut off goes on, so that the script can be stopped and started
# again. Prints the table at the end. RECIPE holds --set options for all runs.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
store=$1
shift

# run NAME SEED CONFIG [OPTION ...]
run() {
  local id=$1-$2 seed=$2 config=$3
  shift 3
  if grep -qs '"FINISHED"' "$store/runs/$id/summary.json"; then
    return
  fi
  # shellcheck disable=SC2086 # the recipe is split on purpose
  "$home/jobs/self-train" --config "$home/conf/$config" --run "$id" --set store="$store" --set seed="$seed" \
    --set training.workers=2 --set publish.enabled=false ${RECIPE:-} "$@"
}

# What the runs with hard labels have in common.
hard() {
  run "$@" --set training.labeled-per-minibatch=16
}

for seed in "$@"; do
  hard curriculum "$seed" cifar10-small.conf
  hard at-once "$seed" cifar10-small.conf --set curriculum.rule=all --set curriculum.step-percent=100
  hard fixed-threshold "$seed" cifar10-small.conf --set curriculum.rule=fixed-threshold \
    --set curriculum.threshold=0.9
  hard continued "$seed" cifar10-small.conf --set curriculum.restart=false
  run soft "$seed" soft-pseudo-labels.conf
  # The labels of the pool, if they were known; and the true labels alone, in as many minibatches as the last cycle.
  hard ceiling "$seed" cifar10-small.conf --set data.split.labeled-per-class=1100 --set data.split.pool-per-class=1 \
    --set curriculum.max-cycles=0
  hard longer "$seed" cifar10-small.conf --set training.minibatches-per-epoch=208 --set curriculum.max-cycles=0
done

python3 - "$store" "$@" <<'PYTHON'
import json
import pathlib
import statistics
import sys

store, *seeds = sys.argv[1:]


def cycles(name, seed):
    return json.loads(pathlib.Path(store, "runs", f"{name}-{seed}", "summary.json").read_text())


def chosen(name):
    return [100 * cycles(name, seed)["testAccuracy"] for seed in seeds]


def first(name):
    return [100 * cycles(name, seed)["cycles"][0]["testAccuracy"] for seed in seeds]


rows = {
    "labeled only": first("curriculum"),
    "labeled only, in as many minibatches as the last cycle": first("longer"),
    "Curriculum Labeling": chosen("curriculum"),
    "the pool all at once": chosen("at-once"),
    "fixed threshold 0.9": chosen("fixed-threshold"),
    "continued, not restarted": chosen("continued"),
    "soft pseudo-labels": chosen("soft"),
    "all labels": first("ceiling"),
}
print("| |", " | ".join(f"seed {seed}" for seed in seeds), "| mean |")
print("|---|" + "---|" * (len(seeds) + 1))
for name, values in rows.items():
    shown = " | ".join(f"{value:.1f}" for value in values)
    print(f"| {name} | {shown} | {statistics.mean(values):.1f} |")
PYTHON
