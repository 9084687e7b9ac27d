"""Draws what OperationTest compares with: Pillow's operations on two images.

    pillow_operations.py FOLDER

writes NAME.png, an image, and NAME-operations.png, a sheet of what Pillow makes of it: a row for each
operation, a column for each of the ten levels, then ten for the other side. Made with Debian's
python3-pil 9.4.0.
"""

import math
import pathlib
import random
import sys

from PIL import Image, ImageEnhance, ImageOps

SIZE = 24
LEVELS = 10


def affine(image, *matrix):
    return image.transform(image.size, Image.AFFINE, matrix, Image.NEAREST)


def factor(level):
    return 0.1 + 0.18 * level


OPERATIONS = {
    "SHEAR_X": lambda image, level, side: affine(image, 1, side * 0.03 * level, 0, 0, 1, 0),
    "SHEAR_Y": lambda image, level, side: affine(image, 1, 0, 0, side * 0.03 * level, 1, 0),
    "TRANSLATE_X": lambda image, level, side: affine(image, 1, 0, side * level, 0, 1, 0),
    "TRANSLATE_Y": lambda image, level, side: affine(image, 1, 0, 0, 0, 1, side * level),
    "ROTATE": lambda image, level, side: image.rotate(side * 3 * level),
    "AUTO_CONTRAST": lambda image, level, side: ImageOps.autocontrast(image),
    "INVERT": lambda image, level, side: ImageOps.invert(image),
    "EQUALIZE": lambda image, level, side: ImageOps.equalize(image),
    "SOLARIZE": lambda image, level, side: ImageOps.solarize(image, 256 - int(25.6 * level)),
    "POSTERIZE": lambda image, level, side: ImageOps.posterize(image, 4 - int(0.4 * level)),
    "CONTRAST": lambda image, level, side: ImageEnhance.Contrast(image).enhance(factor(level)),
    "COLOR": lambda image, level, side: ImageEnhance.Color(image).enhance(factor(level)),
    "BRIGHTNESS": lambda image, level, side: ImageEnhance.Brightness(image).enhance(factor(level)),
    "SHARPNESS": lambda image, level, side: ImageEnhance.Sharpness(image).enhance(factor(level)),
}


def colorful():
    """Waves of all colours, and noise."""
    noise = random.Random(821)

    def channel(x, y, phase):
        wave = math.sin(0.4 * x + phase) * math.cos(0.3 * y - phase)
        return max(0, min(255, round(128 + 100 * wave + noise.gauss(0, 20))))

    return drawn(lambda x, y: tuple(channel(x, y, phase) for phase in (0, 2, 4)))


def pale():
    """Few, near values; one channel has a single one."""
    return drawn(lambda x, y: (100 + (x * y) % 7, 90 + 3 * (x // 6), 120))


def drawn(color):
    image = Image.new("RGB", (SIZE, SIZE))
    image.putdata([color(x, y) for y in range(SIZE) for x in range(SIZE)])
    return image


def sheet(image):
    tiles = Image.new("RGB", (2 * LEVELS * SIZE, len(OPERATIONS) * SIZE))
    for row, operation in enumerate(OPERATIONS.values()):
        for column in range(2 * LEVELS):
            side = 1 if column < LEVELS else -1
            tile = operation(image, column % LEVELS, side)
            tiles.paste(tile, (column * SIZE, row * SIZE))
    return tiles


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, image in {"colorful": colorful(), "pale": pale()}.items():
        image.save(folder / f"{name}.png")
        sheet(image).save(folder / f"{name}-operations.png", optimize=True)
