"""What cameras and codecs do to pictures: brightness change, blur, noise, compression. Noise and compression spare the truth."""
import numpy as np


def degraded(random, y, c, t, noise=0.0):
    """y [3, H, W], c [3, 2, H/2, W/2] in codes, in the order 0, t, 1. noise: its strength in codes; 0: left to chance."""
    if random.random() < 0.15:
        y = brightened(y, random.uniform(0.85, 1.15), t)
    if random.random() < 0.15:
        y = softened(y, random.integers(1, 4))
    inputs = y[::2], c[::2]
    if noise or random.random() < 0.2:
        inputs = noisy(random, *inputs, noise or random.uniform(0.5, 6))
    if random.random() < 0.2:
        step = random.uniform(2, 14)
        inputs = tuple(np.stack([compressed(plane, step) for plane in planes.reshape(-1, *planes.shape[-2:])]).reshape(planes.shape)
                       for planes in inputs)
    return np.stack((inputs[0][0], y[1], inputs[0][1])), np.stack((inputs[1][0], c[1], inputs[1][1]))


def brightened(y, factor, t):
    times = np.array((0, t, 1), np.float32)[:, None, None]
    return y * (1 + (factor - 1) * times)


def softened(planes, times=1):
    for axis in (-2, -1) * times:
        planes = (np.roll(planes, 1, axis) + 2 * planes + np.roll(planes, -1, axis)) / 4
    return planes


def noisy(random, y, c, strength):
    """Of a sensor: independent in the two pictures; fine, or coarse as after scaling; often stronger in the dark."""
    noises = [random.normal(0, part, planes.shape).astype(np.float32) for planes, part in ((y, strength), (c, strength * random.uniform(0.2, 0.7)))]
    if random.random() < 0.4:
        noises = [2 * softened(each) for each in noises]
    if random.random() < 0.5:
        noises[0] *= 1.4 - y / 255
    return y + noises[0], c + noises[1]


def compressed(plane, step):
    """8x8 cosine transform, quantised more coarsely towards high frequencies."""
    height, width = plane.shape
    place = np.arange(8)
    basis = np.sqrt(2 / 8) * np.cos(np.pi * (2 * place[None] + 1) * place[:, None] / 16)
    basis[0] /= np.sqrt(2)
    quantum = step * (1 + (place[:, None] + place[None]) / 3)
    blocks = plane.reshape(height // 8, 8, width // 8, 8).transpose(0, 2, 1, 3)
    coefficients = np.round(basis @ blocks @ basis.T / quantum) * quantum
    return (basis.T @ coefficients @ basis).transpose(0, 2, 1, 3).reshape(height, width)
