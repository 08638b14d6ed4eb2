"""Weights of a narrower network as the beginning of a wider one: what it computes stays the same, and training goes on from there.

Old channels keep their weights and take nothing from the new ones; new channels start at random and are learned.
"""
import torch
from torch import nn

from midframe_train.model.film import BlendHead, Film


def begun(film, other):
    """State for `film` that begins with what `other` has learned."""
    if layers(film.config).keys() == layers(other.config).keys():
        return grown(other.state_dict(), other.config, film.config)
    return fitted(film.state_dict(), other.state_dict())


def fitted(fresh, tensors):
    """For a network with other layers: those of the same name take over what fits, the first channels, the rest stays fresh."""
    for name, own in fresh.items():
        given = tensors.get(name)
        if given is not None and given.dim() == own.dim():
            common = tuple(slice(min(sides)) for sides in zip(own.shape, given.shape))
            own[common] = given[common]
    return fresh


def grown(tensors, old, new):
    """State of a blend network of config `new` from the state `tensors` of one of config `old`: same layers, no narrower."""
    old_layers, new_layers = layers(old), layers(new)
    state, convolutions = {}, dict(Film(new).named_modules())
    for name, segments in new_layers.items():
        weight, bias = (torch.as_tensor(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        outputs = convolutions[name].out_channels
        kernel = torch.empty(outputs, sum(segments), *weight.shape[2:])
        nn.init.kaiming_normal_(kernel, a=0.2, nonlinearity="leaky_relu")
        if name.endswith("output_conv"):
            kernel.mul_(0.01)
        kernel[:weight.shape[0]] = 0
        start, wide_start = 0, 0
        for narrow, wide in zip(old_layers[name], segments):
            kernel[:weight.shape[0], wide_start:wide_start + narrow] = weight[:, start:start + narrow]
            start, wide_start = start + narrow, wide_start + wide
        state[f"{name}.weight"] = kernel
        state[f"{name}.bias"] = torch.cat((bias, torch.zeros(outputs - len(bias))))
    return state


def layers(config):
    """Every convolution's input as segments of channels that widen each on its own."""
    def features(level):
        return list(config.filters[:min(level + 1, len(config.filters))])
    found, inputs = {}, config.image_channels
    for depth, filters in enumerate(config.filters):
        found[f"extract.extract_sublevels.convs.{depth}.0.0"] = [inputs]
        found[f"extract.extract_sublevels.convs.{depth}.1.0"] = [filters]
        inputs = filters
    for level in range(config.specialized_levels + 1):
        shared = level == config.specialized_levels
        name = "predict_flow." + ("_predictor" if shared else f"_predictors.{config.specialized_levels - 1 - level}")
        filters, convs = config.flow_filters[level], config.flow_convs[level]
        if not convs:
            continue
        for index in range(convs + 1):
            found[f"{name}._convs.{index}.0"] = features(level) * 2 if index == 0 else [filters]
        found[f"{name}._convs.{convs + 1}.0"] = [filters // 2]
    net = features(config.fusion_levels - 1) * 2 + [4]
    for step, level in enumerate(reversed(range(config.fusion_levels - 1))):
        filters = config.fusion_filters[level]
        found[f"fuse.convs.{step}.0.0"] = net
        found[f"fuse.convs.{step}.1.0"] = features(level) * 2 + [4, filters]
        found[f"fuse.convs.{step}.2.0"] = [filters]
        net = [filters]
    found["fuse.output_conv"] = net
    found["finish.convs.0.0"] = [BlendHead.PICTURES + config.finish_features]
    for index in range(1, config.finish_convs or 2):
        found[f"finish.convs.{index}.0"] = [config.finish_filters]
    found["finish.output_conv"] = [config.finish_filters]
    return found
