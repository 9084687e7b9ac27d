#!/usr/bin/env bash
# The runs of src/test/java/io/syllabus/benchmark/COMPARISONS.md, one after another:
#
#   CIFAR10=/data/cifar10 src/test/bash/compare-cifar10.sh recipes|other-classes|published STORE SEED ...
#
# A run that is finished is left alone and one that was cut off goes on, so that the script can be stopped and started
# again. Prints the table of what is finished at the end. RECIPE holds --set options for all runs.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
comparison=$1
store=$2
shift 2

# run NAME CONFIG [OPTION ...]: one run of the seed.
run() {
  local id=$1 config=$2
  shift 2
  if grep -qs '"FINISHED"' "$store/$seed/runs/$id/summary.json"; then
    return
  fi
  # shellcheck disable=SC2086 # the recipe is split on purpose
  "$home/jobs/self-train" --config "$home/conf/$config" --run "$id" --set store="$store/$seed" --set seed="$seed" \
    --set training.workers=2 --set publish.enabled=false ${RECIPE:-} "$@"
}

# What the runs with hard labels have in common.
hard() {
  run "$1" cifar10-small.conf --set training.labeled-per-minibatch=32 "${@:2}"
}

recipes() {
  # Published whatever it came to: what is measured is how far its expected precision is from the real one.
  hard curriculum --set publish.enabled=true --set publish.min-precision=0 --set publish.max-share-ratio=0
  hard at-once --set curriculum.rule=all --set curriculum.step-percent=100
  hard fixed-threshold --set curriculum.rule=fixed-threshold --set curriculum.threshold=0.9
  hard continued --set curriculum.restart=false
  run soft soft-pseudo-labels.conf
  # The labels of the pool, if they were known; and the true labels alone, in as many minibatches as the last cycle.
  hard ceiling --set data.split.labeled-per-class=1100 --set data.split.pool-per-class=1 --set curriculum.max-cycles=0
  hard longer --set training.minibatches-per-epoch=313 --set curriculum.max-cycles=0
}

# Labels for the six animals; a pool of four classes, some of which are no animals (section 4.3 of the paper, after
# Oliver et al., NeurIPS 2018).
other-classes() {
  local animals=bird,cat,deer,dog,frog,horse
  local pools=(cat,deer,dog,frog cat,deer,dog,ship cat,deer,ship,truck cat,airplane,ship,truck
    airplane,automobile,ship,truck)
  local of
  for of in 0 1 2 3 4; do
    local pool=(--set data.split.labeled-classes="$animals" --set data.split.unlabeled-classes="${pools[$of]}")
    hard curriculum-$of-of-4 "${pool[@]}"
    hard at-once-$of-of-4 "${pool[@]}" --set curriculum.rule=all --set curriculum.step-percent=100
  done
}

# The published network and recipe, with as many updates in each cycle, in hours.
published() {
  run published cifar10.conf \
    --set data.split.labeled-per-class=100 --set data.split.validation-per-class=100 \
    --set data.split.pool-per-class=400 --set training.batch-size=64 --set training.epochs=20 \
    --set training.minibatches-per-epoch=60 --set training.labeled-per-minibatch=16 \
    --set training.weight-averaging.start-epoch=14 --set training.weight-averaging.every-epochs=2
}

for seed in "$@"; do
  "$comparison"
done

python3 - "$comparison" "$store" "$@" <<'PYTHON'
import json
import pathlib
import statistics
import sys

comparison, store, *seeds = sys.argv[1:]


def summary(name, seed):
    path = pathlib.Path(store, seed, "runs", name, "summary.json")
    found = json.loads(path.read_text()) if path.exists() else {}
    return found if found.get("state") == "FINISHED" else None


def percent(value):
    return 100 * value


def chosen(run):
    return percent(run["testAccuracy"])


def first(run):
    return percent(run["cycles"][0]["testAccuracy"])


def expected_precision(run):
    return percent(run["labels"]["expectedPrecision"])


def precision(run):
    return percent(run["labels"]["precision"])


def of_other_classes(run):
    return ", ".join(f"{cycle['selectedOfOtherClasses']:,}" for cycle in run["cycles"][1:])


def row(title, name, figure):
    runs = [summary(name, seed) for seed in seeds]
    values = [figure(run) for run in runs if run]
    cells = [f"{figure(run):.1f}" if run else "" for run in runs]
    mean = f"{statistics.mean(values):.1f}" if len(values) == len(seeds) else ""
    print("|", " | ".join([title, *cells, mean]), "|")


def head(*columns):
    print("| |", " | ".join(columns), "|")
    print("|---|" + "---|" * len(columns))


if comparison == "recipes":
    head(*(f"seed {seed}" for seed in seeds), "mean")
    row("labeled only", "curriculum", first)
    row("labeled only, in as many minibatches as the last cycle", "longer", first)
    row("Curriculum Labeling", "curriculum", chosen)
    row("the pool all at once", "at-once", chosen)
    row("fixed threshold 0.9", "fixed-threshold", chosen)
    row("continued, not restarted", "continued", chosen)
    row("soft pseudo-labels", "soft", chosen)
    row("all labels", "ceiling", first)
    row("expected precision of the curriculum's labels", "curriculum", expected_precision)
    row("their precision", "curriculum", precision)
elif comparison == "other-classes":
    head(*(f"seed {seed}" for seed in seeds), "mean")
    for share in range(5):
        pool = f"{25 * share} % of the pool"
        row(f"{pool}: labeled only", f"curriculum-{share}-of-4", first)
        row(f"{pool}: Curriculum Labeling", f"curriculum-{share}-of-4", chosen)
        row(f"{pool}: all at once", f"at-once-{share}-of-4", chosen)
    for share in range(1, 4):
        for seed in seeds:
            run = summary(f"curriculum-{share}-of-4", seed)
            if run:
                print(f"{25 * share} %, seed {seed}, of other classes in each cycle:", of_other_classes(run))
else:
    head("selected", "pseudo-label accuracy", "validation", "test")
    for seed in seeds:
        run = summary("published", seed)
        for cycle in run["cycles"] if run else []:
            figures = [cycle[key] for key in ("pseudoLabelAccuracy", "validationAccuracy", "testAccuracy")]
            shown = ["" if figure is None else f"{percent(figure):.1f}" for figure in figures]
            print("|", " | ".join([f"cycle {cycle['cycle']}", f"{cycle['selected']:,}", *shown]), "|")
PYTHON
