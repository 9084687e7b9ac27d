"""What jobs/benchmark compares Syllabus with: the same work in PyTorch.

    peer.py train NETWORK [--batch N]      images a second of training on random images
    peer.py score NETWORK --images FOLDER  images a second of scoring a folder's JPEGs
    peer.py self-train --data FOLDER       a whole run of conf/cifar10-small.conf, in seconds

Prints RESULT and a number, and ALSO, a number and its name. OMP_NUM_THREADS says how many threads
compute.
"""

import argparse
import os
import time

import torch

import curriculum
import networks
import scoring
import training


def train(options):
    speed = training.measure(options.network, options.batch, options.warm_up, options.seconds)
    print(f"RESULT {speed:.3f}")


def score(options):
    (way, whole), (way_of_decoded, decoded) = scoring.measure(
        options.network, options.images, options.warm_up, options.seconds
    )
    print(f"fastest: {way}, of decoded images {way_of_decoded}")
    print(f"RESULT {whole:.3f}")
    print(f"ALSO {decoded:.3f} images/s of decoded images")


def self_train(options):
    began = time.perf_counter()
    accuracy = curriculum.SelfTraining(options.data, options.epochs, options.seed).run()
    print(f"RESULT {time.perf_counter() - began:.3f}")
    print(f"ALSO {100 * accuracy:.2f} test accuracy, per cent")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    def command(name, work):
        added = commands.add_parser(name)
        added.set_defaults(work=work)
        added.add_argument("--warm-up", type=float, default=20, help="seconds, not measured")
        added.add_argument("--seconds", type=float, default=20, help="measured, at least")
        added.add_argument("--epochs", type=int, default=30, help="a cycle")
        return added

    training_command = command("train", train)
    training_command.add_argument("network", choices=networks.PARAMETERS)
    training_command.add_argument("--batch", type=int, default=64)
    scoring_command = command("score", score)
    scoring_command.add_argument("network", choices=networks.PARAMETERS)
    scoring_command.add_argument("--images", required=True)
    self_training_command = command("self-train", self_train)
    self_training_command.add_argument("--data", required=True)
    self_training_command.add_argument("--seed", type=int, default=821)
    return parser.parse_args()


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(821)
    chosen = arguments()
    chosen.work(chosen)
