"""RGB and full-range BT.601 Y'CbCr, both [N, 3, H, W]: Y and RGB in 0..1, Cb and Cr in -0.5..0.5."""
import torch


def ycc_from_rgb(rgb):
    r, g, b = rgb.split(1, 1)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return torch.cat((y, (b - y) / 1.772, (r - y) / 1.402), 1)


def rgb_from_ycc(ycc):
    y, cb, cr = ycc.split(1, 1)
    r, b = y + 1.402 * cr, y + 1.772 * cb
    return torch.cat((r, (y - 0.299 * r - 0.114 * b) / 0.587, b), 1)
