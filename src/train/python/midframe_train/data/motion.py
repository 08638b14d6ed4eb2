"""How a synthetic layer moves: a point u of it is at u + (moment - 1/2) * V(u) at a moment in 0..1, V = affine + smooth field.

So any moment between is exact, and the flow 0 -> 1 at a place of picture 0 is V there. All in pixels of the picture, SIDE a side.
"""
import math

import numpy as np

SIDE = 320  # pixels of a sample
COARSE = SIDE // 4  # maps and flows are known at this size
STILL = np.zeros((2, 2))


class Motion:
    """V(u), u in pixels of the picture."""

    def __init__(self, shift, matrix=STILL, centre=(SIDE / 2, SIDE / 2), waves=()):
        self.shift, self.matrix, self.centre, self.waves = shift, matrix, centre, waves

    @staticmethod
    def drawn(random, shift, lively):
        """About this shift; the livelier (0..1), the more it turns, grows and bends."""
        angle = math.radians(float(np.clip(random.standard_t(2) * 3, -20, 20))) * lively
        zoom = float(np.clip(random.standard_t(2) * 0.03, -0.2, 0.2)) * lively
        shear = random.normal(0, 0.02, 2) * lively
        matrix = np.array([[zoom, -math.sin(angle) + shear[0]], [math.sin(angle) + shear[1], zoom]])
        waves = []
        if random.random() < 0.5 * lively:
            for _ in range(4):
                length = random.uniform(40, 300)
                direction = random.uniform(0, 2 * np.pi)
                amplitude = random.normal(0, 0.02, 2) * length  # keeps the map one to one
                waves.append((np.array([np.cos(direction), np.sin(direction)]) * 2 * np.pi / length, random.uniform(0, 7), amplitude))
        return Motion(shift, matrix, random.uniform(0.2, 0.8, 2) * SIDE, waves)

    @staticmethod
    def zoom(random, speed, shift):
        """Toward or away from a place near the middle, `speed` pixels at the picture's edge."""
        factor = speed / (SIDE / 2) * random.choice((-1, 1))
        return Motion(shift, np.array([[factor, 0], [0, factor]]), random.uniform(0.3, 0.7, 2) * SIDE)

    def at(self, x, y):
        dx, dy = x - self.centre[0], y - self.centre[1]
        vx = self.matrix[0, 0] * dx + self.matrix[0, 1] * dy + self.shift[0]
        vy = self.matrix[1, 0] * dx + self.matrix[1, 1] * dy + self.shift[1]
        for wave, phase, amplitude in self.waves:
            swing = np.sin(wave[0] * x + wave[1] * y + phase)
            vx, vy = vx + amplitude[0] * swing, vy + amplitude[1] * swing
        return vx, vy

    def origin(self, moment):
        """For the middles of the coarse pixels at this moment: u and V(u), as float32 arrays [2, COARSE, COARSE]."""
        axis = (np.arange(COARSE) + 0.5) * 4
        x, y = np.meshgrid(axis, axis)
        ux, uy = x, y
        for _ in range(6):
            vx, vy = self.at(ux, uy)
            ux, uy = x - (moment - 0.5) * vx, y - (moment - 0.5) * vy
        return np.stack((ux, uy)).astype(np.float32), np.stack(self.at(ux, uy)).astype(np.float32)

    def fastest(self):
        """The longest V in the picture."""
        return float(np.hypot(*self.origin(0.5)[1]).max())


def shift_of(random, least=0.3, most=80.0):
    length, direction = math.exp(random.uniform(math.log(least), math.log(most))), random.uniform(0, 2 * np.pi)
    return length * np.array([math.cos(direction), 0.7 * math.sin(direction)])  # real motion is mostly sideways
