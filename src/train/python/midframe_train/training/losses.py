"""What training minimises."""
import torch
import torch.nn.functional as F

EPSILON = 1e-3
SQUARE_FLOOR = 1e-5  # 50 dB: nobody sees what is better
REACH = 2  # pixels
CENSUS_PLACES = ((0, 2), (2, 0), (2, 2), (2, -2))
CENSUS_SCALE = 0.81 / 255 ** 2


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


def census(y, truth):
    """How far the neighbourhoods differ in what is brighter than what: edges and texture count, brightness does not."""
    height, width = (side - 2 * REACH for side in y.shape[-2:])
    total = 0
    for down, across in CENSUS_PLACES:
        signs = [neighbour_sign(picture, down, across, height, width) for picture in (y, truth)]
        difference = (signs[0] - signs[1]).square()
        total = total + (difference / (0.1 + difference)).mean()
    return total / len(CENSUS_PLACES)


def neighbour_sign(picture, down, across, height, width):
    """A soft sign of how much brighter the neighbour of every pixel is, edges of REACH pixels left out."""
    difference = picture.narrow(-2, REACH + down, height).narrow(-1, REACH + across, width) - picture[..., REACH:-REACH, REACH:-REACH]
    return difference / (CENSUS_SCALE + difference.square()).sqrt()


def logarithmic(y_error, c_error):
    """The mean over the samples of the logarithm of their RGB mean squared error: what a mean of PSNRs rewards. A noisy sample counts
    as much as a clean one, and of two equally good pictures the mean is the best answer."""
    cb, cr = c_error.unbind(1)
    weighted = 1.086 * cb.square() + 0.825 * cr.square() + 0.322 * cb * cr  # R = Y + 1.402 Cr and so on, squared, over three
    square = y_error.square().mean((1, 2, 3)) + weighted.mean((1, 2))
    return (square + SQUARE_FLOOR).log().mean()


def loss(result, batch, options, flow_weight):
    """Returns (total, picture part alone). Both warped pictures are held to the truth too: that teaches the flow."""
    y, c = batch.y.chunk(3)[1], batch.c.chunk(3)[1]
    picture = charbonnier(result.y - y) + charbonnier(result.c - c)
    total = picture + options.laplacian * laplacian(result.y - y)
    if options.logarithmic:
        total = total + options.logarithmic * logarithmic(result.y - y, result.c - c)
    if options.census:
        total = total + options.census * census(result.y, y)
    if options.warped:
        total = total + options.warped * sum(charbonnier(warped - y) for warped in result.warped)
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
