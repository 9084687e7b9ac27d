"""Writes what PretrainedFileTest reads: a small model as Keras 2 saves it, and what it says of an image.

    keras_model.py FOLDER

writes small-keras.h5 and small-keras-probabilities.txt. Made with Debian's python3-h5py and python3-numpy.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

SIZE, CHANNELS, FILTERS, CLASSES = 8, 3, 4, 5
EPSILON = 1e-3


def layer(class_name, name, inputs, **config):
    inbound = [[[source, 0, 0, {}] for source in inputs]] if inputs else []
    return {
        "class_name": class_name,
        "name": name,
        "config": {"name": name, "trainable": True, "dtype": "float32", **config},
        "inbound_nodes": inbound,
    }


def convolution(name, source):
    return layer(
        "Conv2D", name, [source], filters=FILTERS, kernel_size=[3, 3], strides=[1, 1], padding="same",
        data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="linear", use_bias=True,
        kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}},
        bias_initializer={"class_name": "Zeros", "config": {}}, kernel_regularizer=None,
        bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None,
    )


def norm(name, source):
    return layer(
        "BatchNormalization", name, [source], axis=[3], momentum=0.99, epsilon=EPSILON, center=True, scale=True,
        beta_initializer={"class_name": "Zeros", "config": {}},
        gamma_initializer={"class_name": "Ones", "config": {}},
        moving_mean_initializer={"class_name": "Zeros", "config": {}},
        moving_variance_initializer={"class_name": "Ones", "config": {}},
        beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None,
    )


MODEL = {
    "class_name": "Functional",
    "config": {
        "name": "small",
        "layers": [
            layer("InputLayer", "image", [], batch_input_shape=[None, SIZE, SIZE, CHANNELS], sparse=False, ragged=False),
            convolution("conv", "image"),
            norm("norm", "conv"),
            layer("Activation", "relu", ["norm"], activation="relu"),
            layer("GlobalAveragePooling2D", "mean", ["relu"], data_format="channels_last"),
            layer(
                "Dense", "predictions", ["mean"], units=CLASSES, activation="softmax", use_bias=True,
                kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}},
                bias_initializer={"class_name": "Zeros", "config": {}}, kernel_regularizer=None,
                bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None,
            ),
        ],
        "input_layers": [["image", 0, 0]],
        "output_layers": [["predictions", 0, 0]],
    },
}


def weights(random):
    def drawn(*shape):
        return random.standard_normal(shape).astype(np.float32)

    return {
        "conv": {"kernel:0": drawn(3, 3, CHANNELS, FILTERS), "bias:0": drawn(FILTERS)},
        "norm": {
            "gamma:0": drawn(FILTERS), "beta:0": drawn(FILTERS), "moving_mean:0": drawn(FILTERS),
            "moving_variance:0": np.abs(drawn(FILTERS)) + 0.5,
        },
        "relu": {},
        "mean": {},
        "image": {},
        "predictions": {"kernel:0": drawn(FILTERS, CLASSES), "bias:0": drawn(CLASSES)},
    }


def probabilities(values, image):
    """Of one image, [height, width, channels]."""
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    kernel = values["conv"]["kernel:0"]
    out = np.zeros((SIZE, SIZE, FILTERS), np.float64)
    for y in range(SIZE):
        for x in range(SIZE):
            out[y, x] = np.tensordot(padded[y : y + 3, x : x + 3], kernel, 3)
    out += values["conv"]["bias:0"]
    n = values["norm"]
    out = (out - n["moving_mean:0"]) / np.sqrt(n["moving_variance:0"] + EPSILON) * n["gamma:0"] + n["beta:0"]
    mean = np.maximum(out, 0).mean((0, 1))
    logits = mean @ values["predictions"]["kernel:0"] + values["predictions"]["bias:0"]
    e = np.exp(logits - logits.max())
    return e / e.sum()


def save(path, values):
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(MODEL).encode()
        file.attrs["keras_version"] = b"2.9.0"
        file.attrs["backend"] = b"tensorflow"
        group = file.create_group("model_weights")
        names = [part["name"] for part in MODEL["config"]["layers"]]
        group.attrs["layer_names"] = [name.encode() for name in names]
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.9.0"
        for name in names:
            part = group.create_group(name)
            part.attrs["weight_names"] = [f"{name}/{key}".encode() for key in values[name]]
            for key, value in values[name].items():
                part.create_dataset(f"{name}/{key}", data=value)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    drawn = weights(np.random.default_rng(821))
    save(folder / "small-keras.h5", drawn)
    # Values from -1 to 1 that rise by row, column and channel.
    y, x, c = np.meshgrid(range(SIZE), range(SIZE), range(CHANNELS), indexing="ij")
    said = probabilities(drawn, ((y * SIZE + x) * CHANNELS + c) / (SIZE * SIZE * CHANNELS - 1) * 2 - 1)
    (folder / "small-keras-probabilities.txt").write_text("\n".join(f"{p:.8f}" for p in said) + "\n")
