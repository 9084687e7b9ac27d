"""Images as bytes, decoded, and as what a network takes."""

import io
import pathlib
import tarfile

import numpy as np
import torch
from PIL import Image


def labeled(folder, part):
    """(class name, bytes) of all images of a part, train or test: class folders or a tar of them."""
    root = pathlib.Path(folder)
    if (root / part).is_dir():
        return [(p.parent.name, p.read_bytes()) for p in sorted((root / part).glob("*/*"))]
    tars = sorted(p for p in root.glob(f"*{part}*") if ".tar" in p.name or p.suffix == ".tgz")
    if len(tars) != 1:
        raise SystemExit(f"{folder} needs a folder {part}/ or one *{part}*.tar, found {len(tars)}")
    with tarfile.open(tars[0], "r|*") as tar:
        return [
            (pathlib.PurePath(entry.name).parent.name, tar.extractfile(entry).read())
            for entry in tar
            if entry.isfile()
        ]


def decoded(files):
    """Files as one uint8 tensor [images, height, width, 3]."""
    return torch.from_numpy(
        np.stack([np.asarray(Image.open(io.BytesIO(file)).convert("RGB")) for file in files])
    )


def planes(pixels, layout):
    """uint8 [n, height, width, 3] as float [n, 3, height, width] in [-1, 1]."""
    scaled = pixels.permute(0, 3, 1, 2).to(torch.float32).div_(127.5).sub_(1)
    return scaled.contiguous(memory_format=layout)


def padded(pixels, padding=4):
    """The images with a border that reflects them, the edge not repeated."""
    positions = torch.arange(-padding, pixels.shape[1] + padding).abs()
    last = pixels.shape[1] - 1
    positions = last - (last - positions).abs()
    return pixels[:, positions][:, :, positions]


def cropped_and_flipped(padded_pixels, size, random):
    """A square at a random place of each padded image, every other one mirrored."""
    count = padded_pixels.shape[0]
    offsets = padded_pixels.shape[1] - size + 1
    top, left = torch.randint(offsets, (2, count, 1), generator=random)
    mirrored = torch.randint(2, (count, 1), generator=random).bool()
    steps = torch.arange(size)
    rows = top + steps
    columns = left + torch.where(mirrored, size - 1 - steps, steps)
    every = torch.arange(count)[:, None, None]
    return padded_pixels[every, rows[:, :, None], columns[:, None, :]]


def files(folder):
    """The bytes of a folder's files, in the order of their names."""
    return [path.read_bytes() for path in sorted(pathlib.Path(folder).iterdir())]
