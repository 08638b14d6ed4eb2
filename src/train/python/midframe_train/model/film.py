"""FILM (Reda et al., ECCV 2022, arXiv 2202.04901) as one network that a configuration shapes.

Two outputs: "rgb" is the published form (RGB in, RGB straight from the decoder); "blend" works on pixel-unshuffled
Y'CbCr pictures and blends the two warped pictures by a predicted mask, plus a residual.
Flows have channel 0 = x, channel 1 = y, in pixels of their own size; lists of a pyramid run from fine to coarse.
"""
from typing import List, NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import nn

from midframe_train.model import lucas_kanade
from midframe_train.model.colour import rgb_from_ycc, ycc_from_rgb
from midframe_train.model.warping import enlarged, upsampled_flow, warp

STILL_BELOW = 1 / 255  # a luma difference up to this is a still region: the network's answer is not used there
STILL_RAMP = 2 / 255
PASSING = 4  # places of half size that a long flow may end beside what moves
LONG_FLOW = 2  # places of half size from which on a flow is long, wholly so one further on


class Result(NamedTuple):
    """What the blend output gives; y and c are the picture, the rest teaches the flow in training."""
    y: torch.Tensor
    c: torch.Tensor
    warped: Tuple[torch.Tensor, torch.Tensor]  # luma of picture 0 and of picture 1, warped
    forward: List[torch.Tensor]  # flow 0 -> 1 at the places of picture 0
    backward: List[torch.Tensor]


def conv(inputs, outputs, size=3):
    return nn.Conv2d(inputs, outputs, size, padding=size // 2 if size % 2 else 0)


def activated(inputs, outputs, size=3):
    return nn.Sequential(conv(inputs, outputs, size), nn.LeakyReLU(0.2, inplace=True))


class FeatureExtractor(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.extract_sublevels = nn.Module()
        inputs = (config.image_channels,) + config.filters
        self.extract_sublevels.convs = nn.ModuleList(
            nn.Sequential(activated(inputs[depth], filters), activated(filters, filters))
            for depth, filters in enumerate(config.filters))

    def forward(self, images):
        levels, depths = self.config.levels, len(self.config.filters)
        sublevels = []
        for level, image in enumerate(images):
            pyramid = []
            for depth in range(min(levels - level, depths)):
                image = self.extract_sublevels.convs[depth](F.avg_pool2d(image, 2) if depth else image)
                pyramid.append(image)
            sublevels.append(pyramid)
        return [torch.cat([sublevels[level - depth][depth] for depth in range(min(level + 1, depths))], 1)
                for level in range(levels)]


class FlowPredictor(nn.Module):
    def __init__(self, inputs, filters, convs):
        super().__init__()
        layers = [activated(inputs if index == 0 else filters, filters) for index in range(convs)]
        self._convs = nn.ModuleList(layers + [activated(filters, filters // 2, 1), nn.Sequential(conv(filters // 2, 2, 1))])

    def forward(self, own, other):
        net = torch.cat((own, other), 1)
        for layer in self._convs:
            net = layer(net)
        return net.float()


class PyramidFlowEstimator(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.levels, self.specialized = config.levels, config.specialized_levels

        def predictor(level):
            if not config.flow_convs[level]:  # the coarser level's flow serves this one too
                return None
            return FlowPredictor(2 * config.feature_channels(level), config.flow_filters[level], config.flow_convs[level])
        self._predictor = predictor(self.specialized)
        self._predictors = nn.ModuleList(predictor(level) for level in reversed(range(self.specialized)))

    def forward(self, own, other):
        """Flows of all levels, fine to coarse, at the places of `own`, pointing into `other`."""
        flows = []
        for level in reversed(range(self.levels)):
            predictor = self._predictor if level >= self.specialized else self._predictors[self.specialized - 1 - level]
            if flows:
                flow = upsampled_flow(flows[0])
                flow = flow + predictor(own[level], warp(other[level], flow)) if predictor else flow
            else:
                flow = predictor(own[level], other[level])
            flows.insert(0, flow)
        return flows


class FusionDecoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        images = 3 if config.output == "rgb" else 0

        def channels(level):
            return 2 * (images + config.feature_channels(level)) + 4
        steps, net = [], channels(config.fusion_levels - 1)
        for level in reversed(range(config.fusion_levels - 1)):
            filters = config.fusion_filters[level]
            steps.append(nn.ModuleList((nn.Sequential(conv(net, filters, 2)), activated(channels(level) + filters, filters),
                                        activated(filters, filters))))
            net = filters
        self.convs = nn.ModuleList(steps)
        self.output_conv = conv(net, 3 if config.output == "rgb" else (4 + config.finish_features) * config.stem ** 2 // 4, 1)

    def forward(self, pyramid):
        net = pyramid[-1]
        for step, level in zip(self.convs, reversed(pyramid[:-1])):
            net = F.interpolate(net, size=level.shape[-2:], mode="nearest")
            net = step[0](F.pad(net, (0, 1, 0, 1)))
            net = step[2](step[1](torch.cat((level, net), 1)))
        return self.output_conv(net)


class BlendHead(nn.Module):
    PICTURES = 4 + 2 + 4 + 2  # two warped pictures at half size; the fusion's features follow

    def __init__(self, config):
        super().__init__()
        inputs = [self.PICTURES + config.finish_features] + [config.finish_filters] * ((config.finish_convs or 2) - 1)
        self.convs = nn.ModuleList(activated(channels, config.finish_filters) for channels in inputs)
        self.output_conv = conv(config.finish_filters, 4 + 4 + 2, 1)

    def forward(self, net):
        for layer in self.convs:
            net = layer(net)
        return self.output_conv(net)


class Film(nn.Module):
    """Gives a picture at time t between two; sides must be multiples of config.alignment (see `padded`)."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.extract = FeatureExtractor(config)
        self.predict_flow = PyramidFlowEstimator(config)
        self.fuse = FusionDecoder(config)
        if config.output == "blend":
            self.finish = BlendHead(config)

    def start_as_mean(self):
        """A fresh network for training: the layers keep the size of what passes, and the last ones begin so small that the
        flow is almost zero and the blend output is almost the mean of the two pictures."""
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, a=0.2, nonlinearity="leaky_relu")
                nn.init.zeros_(layer.bias)
        predictors = [self.predict_flow._predictor, *self.predict_flow._predictors]
        last = [predictor._convs[-1][0] for predictor in predictors if predictor] + [self.fuse.output_conv]
        last += [self.finish.output_conv] if self.config.output == "blend" else []
        with torch.no_grad():
            for layer in last:  # not quite zero: the layers before must get a gradient
                layer.weight.mul_(0.01)

    def features_and_flows(self, images):
        """images: pyramid of both pictures, stacked in the batch as (all 0, all 1)."""
        features = self.extract(images)
        swapped = [torch.cat((level.chunk(2)[1], level.chunk(2)[0])) for level in features]
        return features, self.predict_flow(features, swapped)

    def fusion_input(self, parts, flows, t):
        """parts: per level what is warped, both pictures stacked; flows: both directions stacked (forward, backward)."""
        pyramid = []
        for part, flow in zip(parts, flows[:self.config.fusion_levels]):
            forward, backward = flow.chunk(2)
            scaled = torch.cat((backward * t, forward * (1 - t)))
            warped0, warped1 = warp(part, scaled).chunk(2)
            pyramid.append(torch.cat((warped0, warped1, *(half.to(warped0.dtype) for half in scaled.chunk(2))), 1))
        return pyramid

    def rgb(self, image0, image1, t):
        """The published form. Returns the picture and both flow pyramids. t: [batch, 1, 1, 1]."""
        images = [torch.cat((image0, image1))]
        for _ in range(self.config.levels - 1):
            images.append(F.avg_pool2d(images[-1], 2))
        features, flows = self.features_and_flows(images)
        parts = [torch.cat(pair, 1) for pair in zip(images, features)]
        picture = self.fuse(self.fusion_input(parts, flows, t))
        return picture, [flow.chunk(2)[0] for flow in flows], [flow.chunk(2)[1] for flow in flows]

    def forward(self, y, c, t, reduction=1):
        """The blend output. y [2B,1,H,W] (all pictures 0, then all pictures 1) in 0..1; c [2B,2,h,w] in -0.5..0.5 at
        half size (4:2:0) or full size (4:4:4); t [B,1,1,1]. With a reduction of 2 motion is found in pictures of half
        the size, while warping and the last layers stay at full size: for large pictures, at less work."""
        full_chroma = c.shape[-1] == y.shape[-1]
        images, y_level, c_level = [], F.avg_pool2d(y, reduction), F.avg_pool2d(c, reduction * (2 if full_chroma else 1))
        for level in range(self.config.levels):
            if level:
                y_level, c_level = F.avg_pool2d(y_level, 2), F.avg_pool2d(c_level, 2)
            images.append(torch.cat((F.pixel_unshuffle(y_level, self.config.stem), self.unshuffled_chroma(c_level)), 1))
        features, flows = self.features_and_flows(images)
        fused = self.fuse(self.fusion_input(features, flows, t))
        forward, backward = flows[0].chunk(2)
        half, fused = self.half_size_flow(torch.cat((backward * t, forward * (1 - t))), fused, reduction)
        for _ in range(self.config.lucas_kanade or 0):
            half = lucas_kanade.step(y, half)
        full = upsampled_flow(half)
        y_warped = warp(y, full, "bicubic")  # bilinear would soften fine texture, worst where it moves by half a pixel
        c_warped = warp(c, full if full_chroma else half, "bicubic")
        half_c = F.avg_pool2d(c_warped, 2) if full_chroma else c_warped
        details = torch.cat((F.pixel_unshuffle(y_warped, 2), half_c), 1)
        with torch.autocast(y.device.type, enabled=False):  # residuals of less than a code value need float32
            net = self.finish(torch.cat((*details.chunk(2), fused.float()), 1))
        return self.blended(y, c, t, net, y_warped, c_warped, half, full_chroma, flows)

    def unshuffled_chroma(self, c):
        return F.pixel_unshuffle(c, self.config.stem // 2) if self.config.stem > 2 else c

    def half_size_flow(self, flow, fused, reduction):
        """Both scaled flows at half the picture's size with the fusion's correction, and the fusion's features there."""
        if self.config.stem == 4:
            fused, flow = F.pixel_shuffle(fused, 2), upsampled_flow(flow)
        correction = torch.cat((fused[:, 0:2], fused[:, 2:4]))
        return upsampled_flow(flow + correction.float(), reduction), enlarged(fused[:, 4:], reduction)

    def blended(self, y, c, t, net, y_warped, c_warped, half, full_chroma, flows):
        mask = torch.sigmoid(F.pixel_shuffle(net[:, 0:4], 2))
        y_residual, c_residual = F.pixel_shuffle(net[:, 4:8], 2), net[:, 8:10]
        if full_chroma:
            c_mask, c_residual = mask, F.interpolate(c_residual, scale_factor=2, mode="nearest")
        else:
            c_mask = F.avg_pool2d(mask, 2)
        moving = self.moving(y, half)
        y_moving = F.interpolate(moving, scale_factor=2, mode="nearest")
        y_picture = finished(y, y_warped, mask, y_residual, y_moving, t)
        c_picture = finished(c, c_warped, c_mask, c_residual, y_moving if full_chroma else moving, t)
        return Result(y_picture, c_picture, tuple(y_warped.chunk(2)),
                      [flow.chunk(2)[0] for flow in flows], [flow.chunk(2)[1] for flow in flows])

    @staticmethod
    def moving(y, half):
        """At half size: 0 where both pictures are the same, 1 where anything moves, or passes: comes out of a place that
        moves and goes into one. One of the two alone says nothing: beside a moving background flows are not sure. Still
        places of less than three in a row lie in what moves; larger ones are still up to their edge. What passes may be
        smaller than long flows are exact: those may end beside it."""
        with torch.no_grad():
            y0, y1 = y.chunk(2)
            difference = F.max_pool2d(F.max_pool2d((y0 - y1).abs(), 2), 3, 1, 1)
            filled = -F.max_pool2d(-difference, 3, 1, 1)
            both = torch.cat((filled, F.max_pool2d(filled, 2 * PASSING + 1, 1, PASSING)), 1)
            ends, ends_beside = torch.minimum(*warp(torch.cat((both, both)), half).chunk(2)).chunk(2, 1)
            length = torch.minimum(*half.abs().amax(1, keepdim=True).chunk(2))
            passing = moving_share(ends_beside) * (length - LONG_FLOW).clamp(0, 1)
            return torch.maximum(moving_share(torch.maximum(filled, ends)), passing)


def moving_share(difference):
    return ((difference - STILL_BELOW) / STILL_RAMP).clamp(0, 1)


def finished(planes, warped, mask, residual, moving, t):
    weight = (1 - t) * mask / ((1 - t) * mask + t * (1 - mask))
    (plane0, plane1), (warped0, warped1) = planes.chunk(2), warped.chunk(2)
    picture = weight * warped0 + (1 - weight) * warped1 + 4 * t * (1 - t) * residual
    return moving * picture + (1 - moving) * ((1 - t) * plane0 + t * plane1)


def padded(plane, alignment):
    """Repeats the right and bottom edges up to multiples of `alignment`."""
    height, width = plane.shape[-2:]
    return F.pad(plane, (0, -width % alignment, 0, -height % alignment), mode="replicate")


def interpolated_rgb(film, rgb0, rgb1, t):
    """RGB [1,3,H,W] in 0..1 at time t, by either output; the blend output goes through 4:4:4 full-range BT.601. Not clamped."""
    height, width = rgb0.shape[-2:]
    time = torch.full((1, 1, 1, 1), float(t), device=rgb0.device)
    if film.config.output == "rgb":
        pictures = [padded(rgb, film.config.alignment) for rgb in (rgb0, rgb1)]
        return film.rgb(*pictures, time)[0][..., :height, :width]
    planes = padded(ycc_from_rgb(torch.cat((rgb0, rgb1))), film.config.alignment)
    result = film(planes[:, :1], planes[:, 1:], time)
    return rgb_from_ycc(torch.cat((result.y, result.c), 1))[..., :height, :width]
