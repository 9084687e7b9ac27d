"""Scoring JPEGs with PyTorch: decode, normalise, forward, softmax, two most probable classes."""

import collections
import concurrent.futures
import contextlib
import itertools

import torch

import images
import networks
import speed
import training

BATCH = 128


class Scorer:
    def __init__(self, network, layout):
        self.network = network.eval()
        self.layout = layout

    @torch.no_grad()
    def score(self, pixels):
        """The two largest probabilities and their classes, of uint8 [n, height, width, 3]."""
        return torch.softmax(self.network(images.planes(pixels, self.layout)), 1).topk(2)


def two_workers():
    """Two threads, each with one native thread: their number is each thread's own."""
    return concurrent.futures.ThreadPoolExecutor(
        2, initializer=torch.set_num_threads, initargs=(1,)
    )


# Each batch decoded and then scored, decoded by a thread ahead of the network, or two threads that
# each decode and score.
WAYS = ("in turn", "decoded ahead", "two workers")


@contextlib.contextmanager
def scoring(scorer, files, decode, way):
    """The work of one batch after another, over and over."""
    batches = itertools.cycle([files[i : i + BATCH] for i in range(0, len(files), BATCH)])

    def whole(batch):
        scorer.score(decode(batch))
        return len(batch)

    if way == "in turn":
        yield lambda: whole(next(batches))
    elif way == "decoded ahead":
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            pixels = pipelined(pool, decode, batches)

            def ahead():
                ready = next(pixels)
                scorer.score(ready)
                return len(ready)

            yield ahead
    else:
        with two_workers() as pool:
            done = pipelined(pool, whole, batches)
            yield lambda: next(done)


def pipelined(pool, work, batches, depth=4):
    """Results of work on batches in their order, some of them begun ahead."""
    begun = collections.deque(pool.submit(work, next(batches)) for _ in range(depth))
    while True:
        result = begun.popleft().result()
        begun.append(pool.submit(work, next(batches)))
        yield result


def measure(name, folder, warm_up, seconds):
    """Images a second of scoring a folder's files, and of scoring them already decoded."""
    files = images.files(folder)
    network = networks.network(name)
    choices = list(itertools.product(training.LAYOUTS, WAYS))

    def begin(content, decode):
        def work(choice):
            layout, way = choice
            return scoring(Scorer(network.to(memory_format=layout), layout), content, decode, way)

        return work

    def best(work):
        choice = speed.fastest(choices, work, warm_up / len(choices))
        with work(choice) as one_batch:
            return choice, speed.images_per_second(one_batch, 2, seconds)

    return best(begin(files, images.decoded)), best(begin(images.decoded(files), lambda x: x))
