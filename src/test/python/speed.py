"""How fast work goes when it is repeated."""

import time


def images_per_second(work, warm_up, seconds):
    """Repeats work, which does a piece and gives its images, first unmeasured, then measured."""
    repeated(work, warm_up)
    return repeated(work, seconds)


def repeated(work, limit):
    began = time.perf_counter()
    images = 0
    passed = 0.0
    while passed < limit:
        images += work()
        passed = time.perf_counter() - began
    return images / passed if passed else 0.0


def fastest(choices, begin, seconds):
    """Of several ways to do the same, the one that is fastest on this machine.

    begin(choice) gives a context manager of the work done that way.
    """
    speeds = {}
    for choice in choices:
        with begin(choice) as work:
            speeds[choice] = images_per_second(work, seconds / 2, seconds / 2)
    return max(speeds, key=speeds.get)
