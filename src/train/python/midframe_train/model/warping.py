"""Sampling along flows, and flows at other sizes."""
import torch
import torch.nn.functional as F


def warp(image, flow, mode="bilinear"):
    """Backward warp: out(p) = image(p + flow(p)), bilinear or bicubic, clamped to the border. Sampling stays in float32."""
    height, width = image.shape[-2:]
    kind = {"dtype": torch.float32, "device": image.device}
    # Coordinates for align_corners=False: -1 and 1 are the outer edges of the outer pixels.
    x = (torch.arange(width, **kind) * 2 + 1) / width - 1
    y = (torch.arange(height, **kind) * 2 + 1) / height - 1
    flow = flow.float()
    grid = torch.stack((flow[:, 0] * (2 / width) + x, flow[:, 1] * (2 / height) + y[:, None]), -1)
    with torch.autocast(image.device.type, enabled=False):
        return F.grid_sample(image.float(), grid, mode=mode, padding_mode="border", align_corners=False).to(image.dtype)


def upsampled_flow(flow, factor=2):
    return enlarged(flow.float(), factor) * factor


def enlarged(planes, factor):
    return planes if factor == 1 else F.interpolate(planes, scale_factor=factor, mode="bilinear", align_corners=False)
