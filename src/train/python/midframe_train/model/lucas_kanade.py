"""One step of Lucas and Kanade (IJCAI 1981) towards flows along which two pictures agree."""
import torch
import torch.nn.functional as F

from midframe_train.model.warping import upsampled_flow, warp

BLOCK = 4  # pixels of full size: sums are kept for blocks, and three by three of them are a window
OUTLIER = 0.15  # a difference of luma that counts half: what is hidden in one picture says nothing about motion
REGULARISATION = 1e-4  # where nothing has texture, nothing moves
LONGEST = 1.0  # pixels of full size, each way


def step(y, half):
    """The two flows from the frame between, at half size, brought nearer to where both pictures show the same.

    y: [2B,1,H,W], both pictures' luma; half: [2B,2,H/2,W/2], (to picture 0, to picture 1) in pixels of its size. The
    frame between moves along a line, so what one flow gains the other loses.
    """
    warped0, warped1 = warp(y, upsampled_flow(half)).chunk(2)
    across, down = gradients(warped0 + warped1)
    difference = warped0 - warped1
    weight = OUTLIER ** 2 / (difference.square() + OUTLIER ** 2)
    products = torch.cat((across * across, across * down, down * down, across * difference, down * difference), 1) * weight
    sums = F.avg_pool2d(F.pad(F.avg_pool2d(products, BLOCK), (1, 1, 1, 1), mode="replicate"), 3, 1)
    xx, xy, yy, xd, yd = sums.split(1, 1)
    xx, yy = xx + REGULARISATION, yy + REGULARISATION
    shift = torch.cat((yy * xd - xy * yd, xx * yd - xy * xd), 1) / (xx * yy - xy * xy)
    shift = upsampled_flow(shift.clamp(-LONGEST, LONGEST) / BLOCK, BLOCK // 2)
    return half + torch.cat((-shift, shift))


def gradients(plane):
    """Central differences across and down, edges repeated."""
    padded = F.pad(plane, (1, 1, 1, 1), mode="replicate")
    return (padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]) / 2, (padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]) / 2
