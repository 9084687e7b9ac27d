"""The networks of io.syllabus.network.Architectures, layer by layer, in PyTorch."""

from torch import nn

CLASSES = 10

# Weights, biases and batch-norm statistics: what ArchitecturesTest works out by hand.
PARAMETERS = {"small-cnn": 95_210, "cnn-13": 3_125_898, "wide-resnet-28-2": 1_471_226}


def network(name):
    """A network with fresh weights: PyTorch's own start is the one that Syllabus takes over."""
    built = {"small-cnn": small_cnn, "cnn-13": cnn_13, "wide-resnet-28-2": wide_resnet_28_2}[name]()
    statistics = [b for b in built.buffers() if b.is_floating_point()]
    values = sum(v.numel() for v in [*built.parameters(), *statistics])
    assert values == PARAMETERS[name], f"{name} has {values} values, not {PARAMETERS[name]}"
    return built


def convolution(inputs, outputs, kernel, stride=1, padded=True):
    padding = kernel // 2 if padded else 0
    return nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)


def classifier(features):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(features, CLASSES)]


def small_cnn():
    layers = []
    inputs = 3
    for outputs in (32, 64, 128):
        layers += [convolution(inputs, outputs, 3), nn.BatchNorm2d(outputs)]
        layers += [nn.MaxPool2d(2), nn.LeakyReLU(0.1, inplace=True)]
        inputs = outputs
    return nn.Sequential(*layers, *classifier(inputs))


def cnn_13():
    def unit(inputs, outputs, kernel, padded=True):
        return [
            convolution(inputs, outputs, kernel, padded=padded),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.1, inplace=True),
        ]

    layers = []
    inputs = 3
    for outputs in (128, 256):
        for _ in range(3):
            layers += unit(inputs, outputs, 3)
            inputs = outputs
        layers += [nn.MaxPool2d(2), nn.Dropout(0.5)]
    layers += unit(256, 512, 3, padded=False) + unit(512, 256, 1) + unit(256, 128, 1)
    return nn.Sequential(*layers, *classifier(128))


class Block(nn.Module):
    """A pre-activation residual block; the second convolution has the stride."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.residual = nn.Sequential(
            nn.BatchNorm2d(inputs),
            nn.LeakyReLU(0.01, inplace=True),
            convolution(inputs, outputs, 3),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.01, inplace=True),
            convolution(outputs, outputs, 3, stride),
        )
        changes = inputs != outputs
        self.shortcut = convolution(inputs, outputs, 1, stride) if changes else nn.Identity()

    def forward(self, x):
        return self.residual(x) + self.shortcut(x)


def wide_resnet_28_2():
    layers = [convolution(3, 16, 3)]
    inputs = 16
    for stage, outputs in enumerate((32, 64, 128)):
        for block in range(4):
            layers.append(Block(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    return nn.Sequential(
        *layers, nn.BatchNorm2d(inputs), nn.LeakyReLU(0.01, inplace=True), *classifier(inputs)
    )
