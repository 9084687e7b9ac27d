"""Training a network with PyTorch as Syllabus trains it."""

import contextlib

import torch
from torch.nn import functional

import networks
import speed

LAYOUTS = (torch.contiguous_format, torch.channels_last)


class Trainer:
    """A network in one memory layout, and SGD with Nesterov momentum."""

    def __init__(self, name, layout, learning_rate=0.1, momentum=0.9, l2=5e-4):
        self.layout = layout
        self.network = networks.network(name).to(memory_format=layout)
        # Batch norms and biases are free of L2, as in Syllabus.
        parameters = list(self.network.parameters())
        groups = [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": l2},
            {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.SGD(groups, learning_rate, momentum, nesterov=True)

    def step(self, images, labels, class_weights=None):
        """One step on images in this layout; the loss is the weighted mean."""
        self.optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(self.network(images), labels, class_weights).backward()
        self.optimizer.step()

    def learn_at(self, rate):
        for group in self.optimizer.param_groups:
            group["lr"] = rate


@contextlib.contextmanager
def on_random_images(name, layout, batch):
    """The work of one step after another on random images."""
    trainer = Trainer(name, layout)
    images = (torch.rand(512, 3, 32, 32) * 2 - 1).split(batch)
    batches = [x.contiguous(memory_format=layout) for x in images]
    labels = torch.arange(512).remainder(networks.CLASSES).split(batch)
    turn = 0

    def step():
        nonlocal turn
        at = turn % len(batches)
        trainer.step(batches[at], labels[at])
        turn += 1
        return batch

    yield step


def fastest_layout(name, batch, seconds):
    return speed.fastest(LAYOUTS, lambda layout: on_random_images(name, layout, batch), seconds)


def measure(name, batch, warm_up, seconds):
    """Images a second."""
    layout = fastest_layout(name, batch, warm_up / 3)
    with on_random_images(name, layout, batch) as step:
        return speed.images_per_second(step, warm_up / 3, seconds)
