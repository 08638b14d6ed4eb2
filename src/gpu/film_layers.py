"""The convolutions of FILM as published (Reda et al., ECCV 2022) in a stream: features of one frame, a flow both ways, one frame."""

from dataclasses import dataclass

FILTERS = (64, 128, 256, 512)
FLOW_FILTERS = (32, 64, 128, 256)
LEVELS = 7
FUSION_LEVELS = 5
FLOW_CONVOLUTIONS = 3
COLOURS = 3
FLOWS = 4


@dataclass(frozen=True)
class Convolution:
    part: str
    level: int
    pictures: int
    inputs: int
    outputs: int
    size: int

    def flop(self, height: int, width: int) -> int:
        taps = self.size * self.size
        return 2 * self.pictures * self.inputs * self.outputs * taps * (height >> self.level) * (width >> self.level)


def feature_channels(level: int) -> int:
    return sum(FILTERS[: level + 1])


def fusion_channels(level: int) -> int:
    return 2 * (feature_channels(level) + COLOURS) + FLOWS


def convolutions() -> list[Convolution]:
    return _features() + _flow() + _fusion()


def _features() -> list[Convolution]:
    layers = []
    for start in range(LEVELS):
        inputs = COLOURS
        for depth, outputs in enumerate(FILTERS):
            if start + depth < LEVELS:
                layers.append(Convolution("FEATURES", start + depth, 1, inputs, outputs, 3))
                layers.append(Convolution("FEATURES", start + depth, 1, outputs, outputs, 3))
                inputs = outputs
    return layers


def _flow() -> list[Convolution]:
    layers = []
    for level in range(LEVELS):
        filters = FLOW_FILTERS[min(level, len(FLOW_FILTERS) - 1)]
        inputs = 2 * feature_channels(level)
        for _ in range(FLOW_CONVOLUTIONS):
            layers.append(Convolution("FLOW", level, 2, inputs, filters, 3))
            inputs = filters
        layers.append(Convolution("FLOW", level, 2, filters, filters // 2, 1))
        layers.append(Convolution("FLOW", level, 2, filters // 2, 2, 1))
    return layers


def _fusion() -> list[Convolution]:
    layers = []
    coarser = fusion_channels(FUSION_LEVELS - 1)
    for level in reversed(range(FUSION_LEVELS - 1)):
        filters = FILTERS[level]
        layers.append(Convolution("FUSION", level, 1, coarser, filters, 2))
        layers.append(Convolution("FUSION", level, 1, fusion_channels(level) + filters, filters, 3))
        layers.append(Convolution("FUSION", level, 1, filters, filters, 3))
        coarser = filters
    layers.append(Convolution("FUSION", 0, 1, coarser, COLOURS, 1))
    return layers
