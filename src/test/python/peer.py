"""What jobs/benchmark compares Syllabus with: the same work in PyTorch.

    peer.py train NETWORK --batch N    images a second of training on random images

Prints RESULT and a number. OMP_NUM_THREADS says how many threads compute.
"""

import argparse
import os
import time

import torch
from torch.nn import functional

import networks

LAYOUTS = (torch.contiguous_format, torch.channels_last)


def images_per_second(work, warm_up, seconds):
    """Repeats work, which gives its images, first unmeasured, then measured."""

    def repeat(limit):
        began = time.perf_counter()
        images = 0
        passed = 0.0
        while passed < limit:
            images += work()
            passed = time.perf_counter() - began
        return images / passed if passed else 0.0

    repeat(warm_up)
    return repeat(seconds)


def optimizer(network, learning_rate, momentum, l2):
    """SGD with Nesterov momentum; batch norms and biases are free of L2, as in Syllabus."""
    weights = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() <= 1]
    groups = [{"params": weights, "weight_decay": l2}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, learning_rate, momentum, nesterov=True)


class Trainer:
    """A network with its optimizer, in one memory layout."""

    def __init__(self, name, layout, learning_rate=0.1, momentum=0.9, l2=5e-4):
        self.layout = layout
        self.network = networks.network(name).to(memory_format=layout)
        self.optimizer = optimizer(self.network, learning_rate, momentum, l2)

    def step(self, images, labels, class_weights=None):
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.network(images.contiguous(memory_format=self.layout))
        functional.cross_entropy(logits, labels, class_weights).backward()
        self.optimizer.step()


def random_batch(size):
    return torch.rand(size, 3, 32, 32) * 2 - 1, torch.randint(networks.CLASSES, (size,))


def faster_layout(work_in, seconds):
    """The memory layout in which work goes faster on this machine."""
    speeds = {layout: images_per_second(work_in(layout), seconds, seconds) for layout in LAYOUTS}
    return max(speeds, key=speeds.get)


def train(options):
    batches = [
        tuple(t for t in random_batch(options.batch)) for _ in range(max(1, 512 // options.batch))
    ]

    def work_in(layout):
        trainer = Trainer(options.network, layout)
        converted = [(x.contiguous(memory_format=layout), y) for x, y in batches]
        turn = 0

        def work():
            nonlocal turn
            trainer.step(*converted[turn % len(converted)])
            turn += 1
            return options.batch

        return work

    layout = faster_layout(work_in, options.warm_up / 4)
    speed = images_per_second(work_in(layout), options.warm_up / 4, options.seconds)
    print(f"layout {layout}")
    print(f"RESULT {speed:.3f}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    def command(name, work):
        added = commands.add_parser(name)
        added.set_defaults(work=work)
        added.add_argument("--warm-up", type=float, default=20, help="seconds")
        added.add_argument("--seconds", type=float, default=20, help="measured")
        added.add_argument("--epochs", type=int, help="a cycle")
        return added

    training = command("train", train)
    training.add_argument("network", choices=networks.PARAMETERS)
    training.add_argument("--batch", type=int, default=64)
    return parser.parse_args()


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(821)
    chosen = arguments()
    chosen.work(chosen)
