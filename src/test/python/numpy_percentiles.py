"""Prints the cases of ExactPercentileTest: what numpy.percentile gives for float32 values as float64.

Run it with any NumPy since 1.22 and paste what it prints.
"""

import numpy as np

ELEVEN = [0.91, 0.13, 0.57, 0.99, 0.34, 0.78, 0.05, 0.66, 0.42, 0.88, 0.21]
TWENTY_SIX = [0.03 * i for i in range(26)]  # 25 · (28 / 100) is 7.000000000000001
NEAR = [np.float32(0.7), np.nextafter(np.float32(0.7), np.float32(1))]
ACROSS = [np.nextafter(np.float32(0.5), np.float32(0)), np.float32(0.5)]  # differ in the high bits
TINY = [0.0, 1e-45, 1e-40, 1.17549435e-38]

CASES = [
    ("one element, the middle", [0.7], 50),
    ("one element, 0 percent", [0.7], 0),
    ("one element, 100 percent", [0.7], 100),
    ("two elements, below the middle", [0.9, 0.1], 40),
    ("two elements, the middle", [0.9, 0.1], 50),
    ("two elements, above the middle", [0.9, 0.1], 60),
    ("all equal", [0.3, 0.3, 0.3, 0.3, 0.3], 37),
    ("0 percent is the least", ELEVEN, 0),
    ("100 percent is the largest", ELEVEN, 100),
    ("on an order statistic", ELEVEN, 80),
    ("between two, near the lower", ELEVEN, 33),
    ("between two, interpolated from the upper", ELEVEN, 9),
    ("a position that rounding moves off its order statistic", TWENTY_SIX, 28),
    ("ties on both sides", [0.5, 0.9, 0.5, 0.5, 0.1, 0.9], 60),
    ("between a tie and its neighbour", [0.5, 0.9, 0.5, 0.5, 0.1, 0.9], 75),
    ("floats next to each other", NEAR, 50),
    ("neighbours with other high bits", ACROSS, 25),
    ("zero and the least positive float", TINY, 20),
    ("denormal floats", TINY, 70),
    ("certain images", [1.0, 0.25, 1.0, 1.0], 20),
]

for name, values, percent in CASES:
    singles = np.array(values, dtype=np.float32)
    expected = float(np.percentile(singles.astype(np.float64), percent))
    literals = ", ".join(f"{float(x).hex() if 0 < x < 1e-9 else str(x)}f" for x in singles)
    print(f'new Case("{name}", {percent}, {expected.hex()}, {literals}),')
