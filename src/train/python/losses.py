"""What training minimises."""
import torch
import torch.nn.functional as F

EPSILON = 1e-3


def charbonnier(error):
    return (error * error + EPSILON * EPSILON).sqrt().mean()


def laplacian(error, levels=4):
    """Mean absolute error of every band of a Laplacian pyramid (linear, so of the error's own), coarser bands count more."""
    total = 0
    for level in range(levels):
        coarser = F.avg_pool2d(error, 2)
        total = total + 2 ** level * (error - F.interpolate(coarser, scale_factor=2, mode="bilinear", align_corners=False)).abs().mean()
        error = coarser
    return total + 2 ** levels * error.abs().mean()


def loss(result, batch, square_weight, warped_weight, flow_weight):
    """Returns (total, picture part alone). Both warped pictures are held to the truth too: that teaches the flow."""
    y, c = batch.y.chunk(3)[1], batch.c.chunk(3)[1]
    picture = charbonnier(result.y - y) + charbonnier(result.c - c)
    total = picture + 0.1 * laplacian(result.y - y)
    if square_weight:
        total = total + square_weight * ((result.y - y).square().mean() + (result.c - c).square().mean())
    if warped_weight:
        total = total + warped_weight * sum(charbonnier(warped - y) for warped in result.warped)
    if batch.flows is not None:
        total = total + flow_weight * flow_error(result, batch)
    return total, picture.detach()


def flow_error(result, batch):
    """Both ways, at every level, in pixels of the level, where the synthetic flow is sure."""
    total, truth, weights = 0, batch.flows, batch.flow_weights
    for forward, backward in zip(result.forward, result.backward):
        factor = truth.shape[-1] // forward.shape[-1] if forward.shape[-1] <= truth.shape[-1] else 1
        level_weights = F.avg_pool2d(weights, factor) if factor > 1 else weights
        level_truth = F.avg_pool2d(truth * weights, factor) / level_weights.clamp(min=1e-6) / factor if factor > 1 else truth
        if forward.shape[-1] != level_truth.shape[-1]:  # a network that works at a finer size than the truth is stored at
            continue
        error = (torch.cat((forward, backward)) - level_truth).abs().sum(1, keepdim=True)
        total = total + (level_weights * (error + EPSILON).pow(0.6)).mean()  # large errors count less than in proportion
    return total
