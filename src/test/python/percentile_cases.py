"""Prints the cases of ExactPercentileTest: numpy.percentile of float32 confidences as float64."""

import numpy as np

CASES = [
    ([0.5], 50), ([0.5], 0), ([0.5], 100),
    ([0.1, 0.9], 50), ([0.1, 0.9], 25), ([0.1, 0.9], 99),
    ([0.25] * 7, 80), ([0.25] * 7, 0),
    ([0.9, 0.5, 0.5, 0.1], 50), ([0.9, 0.5, 0.5, 0.1], 80), ([0.5, 0.5, 0.5, 0.9], 60),
    ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 80), ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 60),
    ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 40), ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 20),
    ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 0), ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 100),
    ([0.0, 1e-40, 1.0, 1.0], 33), ([0.99999994, 1.0, 0.9999999], 55),
    ([0.7, 0.1, 0.33333334, 0.9, 0.2, 0.6, 0.8], 37),
]

for values, percent in CASES:
    confidences = np.array(values, dtype=np.float32).astype(np.float64)
    expected = float(np.percentile(confidences, percent)).hex()
    floats = ", ".join(f"{v!r}f" for v in values)
    print(f"        case_({percent}, {expected}, {floats}),")
