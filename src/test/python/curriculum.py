"""Curriculum Labeling in PyTorch, with the sizes and settings of conf/cifar10-small.conf."""

import math
import time

import numpy as np
import torch

import images
import networks
import scoring
import training

NETWORK = "small-cnn"
LABELED, VALIDATION, POOL = 100, 100, 1000  # images a class
BATCH = 64
LEARNING_RATE = 0.1
STEP_PERCENT = 20
SIZE = 32


class Part:
    """Decoded images with their classes."""

    def __init__(self, examples, classes):
        self.pixels = images.decoded([file for _, file in examples])
        self.labels = torch.tensor([classes.index(name) for name, _ in examples])


class SelfTraining:
    def __init__(self, folder, epochs, seed):
        self.epochs = epochs
        self.random = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        self.labeled, self.validation, self.pool, self.test = self.split(folder)
        self.layout = training.fastest_layout(NETWORK, BATCH, 1)

    def split(self, folder):
        examples = images.labeled(folder, "train")
        classes = sorted({name for name, _ in examples})
        assert len(classes) == networks.CLASSES, classes
        parts = [[], [], []]
        for name in classes:
            own = [example for example in examples if example[0] == name]
            order = torch.randperm(len(own), generator=self.random).tolist()
            for part, count in zip(parts, (LABELED, VALIDATION, POOL)):
                part += [own[i] for i in order[:count]]
                order = order[count:]
        parts.append(images.labeled(folder, "test"))
        return [Part(part, classes) for part in parts]

    def run(self):
        """The test accuracy of the cycle that is best by validation."""
        results = []
        network = None
        for cycle in range(1 + math.ceil(100 / STEP_PERCENT)):
            began = time.perf_counter()
            pixels, labels, weights, found = self.training_set(cycle, network)
            network, validation = self.train(pixels, labels, weights)
            test = self.accuracy(network, self.test)
            results.append((validation, test))
            print(
                f"cycle {cycle}: test {100 * test:.2f} %, validation {100 * validation:.2f} %,"
                f" pseudo-labels {found}, {time.perf_counter() - began:.1f} s",
                flush=True,
            )
        return max(results, key=lambda result: result[0])[1]

    def training_set(self, cycle, network):
        labeled = self.labeled
        if cycle == 0:
            return labeled.pixels, labeled.labels, None, "none"
        confidences, predicted = self.predictions(network, self.pool.pixels)
        percentile = max(0, 100 - STEP_PERCENT * cycle)
        kept = confidences.double() >= np.percentile(confidences.double().numpy(), percentile)
        right = (predicted == self.pool.labels)[kept].double().mean().item()
        pixels = torch.cat([labeled.pixels, self.pool.pixels[kept]])
        labels = torch.cat([labeled.labels, predicted[kept]])
        counts = torch.bincount(labels, minlength=networks.CLASSES).double()
        weights = ((len(labels) - counts) / counts).float()
        return pixels, labels, weights, f"{100 * right:.2f} %"

    def train(self, pixels, labels, weights):
        """The network that is best by validation, the later of equals, and its accuracy there."""
        trainer = training.Trainer(NETWORK, self.layout, LEARNING_RATE)
        bordered = images.padded(pixels)
        steps = math.ceil(len(labels) / BATCH)
        best = -1.0
        for epoch in range(self.epochs):
            trainer.network.train()
            order = torch.randperm(len(labels), generator=self.random)
            for step in range(steps):
                # The last minibatch begins again where the epoch ends, as Syllabus's does.
                at = order[torch.arange(step * BATCH, (step + 1) * BATCH) % len(order)]
                done = (epoch * steps + step) / (self.epochs * steps)
                trainer.learn_at(LEARNING_RATE * (1 + math.cos(math.pi * done)) / 2)
                changed = images.cropped_and_flipped(bordered[at], SIZE, self.random)
                trainer.step(images.planes(changed, self.layout), labels[at], weights)
            accuracy = self.accuracy(trainer.network, self.validation)
            if accuracy >= best:
                best = accuracy
                state = {k: v.clone() for k, v in trainer.network.state_dict().items()}
        trainer.network.load_state_dict(state)
        return trainer.network, best

    def accuracy(self, network, part):
        return (self.predictions(network, part.pixels)[1] == part.labels).double().mean().item()

    def predictions(self, network, pixels):
        """Confidence and class of every image."""
        scorer = scoring.Scorer(network, self.layout)
        with scoring.two_workers() as pool:
            top = list(pool.map(scorer.score, pixels.split(scoring.BATCH)))
        confidences = torch.cat([values[:, 0] for values, _ in top])
        return confidences, torch.cat([classes[:, 0] for _, classes in top])
