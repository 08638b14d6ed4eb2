"""Synthetic scenes, each of a kind that interpolation fails at: what lies in them and how it moves."""
import math
from typing import List, NamedTuple

import numpy as np

from midframe_train.data import outlines
from midframe_train.data.layers import ClipTexture, Layer, Lights, Outline, PlainTexture
from midframe_train.data.motion import SIDE, Motion, shift_of

LONGEST_BLUR = 24  # pixels


class Scene(NamedTuple):
    layers: List[Layer]  # back to front
    exposure: float = 0.0  # share of the time between the two pictures for which the shutter is open
    noise: float = 0.0  # standard deviation in codes, independent in the two pictures; 0: left to chance


def log_uniform(random, low, high):
    return math.exp(random.uniform(math.log(low), math.log(high)))


def plain(random):
    return PlainTexture(*random.uniform((0, 80, 80), (255, 176, 176)))


def texture(random, clip, plain_share=0.25):
    return plain(random) if random.random() < plain_share else ClipTexture(random, clip(), gain=random.uniform(0.6, 1.3))


def anywhere(random, side):
    return (*(random.uniform(-0.1, 0.9, 2) * SIDE - side * 0.25), side)


def thing(random, clip, shift, side=None):
    """Something of a random form that moves on its own, now and then half transparent."""
    opacity = random.uniform(0.5, 1) if random.random() < 0.1 else 1
    outline = Outline(outlines.drawn(random) * np.float32(opacity), anywhere(random, side or log_uniform(random, 16, 300)))
    return Layer(texture(random, clip), Motion.drawn(random, shift, 1.0), outline)


def display(random, clip):
    """Captions, numbers, boxes, a crosshair: bright or dark, and still, whatever happens behind."""
    found = []
    for _ in range(random.integers(1, 4)):
        side = random.uniform(40, 220)
        form = random.choice((outlines.glyphs, outlines.lines, outlines.bars), p=(0.75, 0.15, 0.1))
        opacity = np.float32(random.uniform(0.6, 1) if random.random() < 0.3 else 1)
        colour = plain(random) if random.random() < 0.4 else PlainTexture(random.choice((16, 235, 255)))
        found.append(Layer(colour, Motion(np.zeros(2)), Outline(form(random) * opacity, (*(random.uniform(-0.05, 0.85, 2) * SIDE), side))))
    return found


def layered(random, clip):
    """Things that move over one another, before a camera that often stands still."""
    base = shift_of(random, 0.2, 64) if random.random() < 0.7 else np.zeros(2)
    lively = 1.0 if random.random() < 0.7 and base.any() else 0.0
    layers = [Layer(ClipTexture(random, clip()), Motion.drawn(random, base, lively))]
    for _ in range(random.choice(5, p=(0.1, 0.3, 0.3, 0.2, 0.1))):
        layers.append(thing(random, clip, shift_of(random) + (base if random.random() < 0.5 else 0)))
    return Scene(layers, exposure(random, 0.2))


def lights(random, clip):
    """Lamps, stars, glints and sparks over black, mostly in a pan."""
    pan = shift_of(random, 1, 80) if random.random() < 0.8 else np.zeros(2)
    dark = random.uniform(0, 0.25) if random.random() < 0.6 else 0.0
    back = Motion.drawn(random, pan * random.uniform(0, 1), 0.3)
    layers = [Layer(ClipTexture(random, clip(), gain=dark) if dark else PlainTexture(random.uniform(0, 20)), back)]
    for _ in range(random.integers(1, 4)):
        colour = PlainTexture(random.uniform(140, 255), *random.normal(128, 25, 2).clip(40, 216))
        motion = Motion.drawn(random, pan * random.uniform(0.6, 1.4) + shift_of(random, 0.2, 8), 0.5)
        layers.append(Layer(colour, motion, Lights(random, random.integers(4, 120), random.choice((1.0, 2.5, 6.0)))))
    if random.random() < 0.3:
        layers.append(thing(random, clip, pan))
    return Scene(layers, exposure(random, 0.5))


def slow(random, clip):
    """A push-in, or a drift, of 0.1 to 2 pixels over fine texture, with a sensor's noise."""
    speed = log_uniform(random, 0.1, 2)
    motion = Motion.zoom(random, speed, shift_of(random, 0.03, max(0.05, speed / 2)))
    layers = [Layer(ClipTexture(random, clip(), scale=random.uniform(1, 2)), motion)]
    if random.random() < 0.3:
        layers.append(thing(random, clip, shift_of(random, 0.3, 20)))
    return Scene(layers, noise=random.uniform(1, 9) if random.random() < 0.8 else 0.0)


def repeated(random, clip):
    """Fences, blinds, railings, keys: thin repeated structures that pass, or before which the camera passes."""
    pan = shift_of(random, 1, 80)
    layers = [Layer(ClipTexture(random, clip()), Motion.drawn(random, pan * random.uniform(0, 0.5), 0.5))]
    for _ in range(random.integers(1, 3)):
        side = random.uniform(120, 640)
        form = random.choice((outlines.fence, outlines.lattice, outlines.keys))
        box = (*(random.uniform(0.2, 0.8, 2) * SIDE - side / 2), side)
        layers.append(Layer(texture(random, clip, 0.4), Motion.drawn(random, pan * random.uniform(0.7, 1), 0.3), Outline(form(random), box)))
    if random.random() < 0.4:
        layers.append(thing(random, clip, shift_of(random)))
    return Scene(layers, exposure(random, 0.25))


def game(random, clip):
    """A camera that turns and advances, before a cockpit or a weapon that all but stays, with a display over it."""
    turn = log_uniform(random, 4, 90) * random.choice((-1, 1))
    shift = np.array([turn, random.normal(0, 0.15) * abs(turn)])
    advance = Motion.zoom(random, log_uniform(random, 0.5, 30), shift)
    layers = [Layer(ClipTexture(random, clip()), advance)]
    for _ in range(random.integers(0, 3)):
        layers.append(thing(random, clip, shift * random.uniform(0.8, 1.4) + shift_of(random, 0.3, 20)))
    if random.random() < 0.75:
        side, bob = random.uniform(90, 260), random.normal(0, 1.5, 2) * (random.random() < 0.5)
        place = (random.uniform(-0.1, 0.9) * SIDE, SIDE - side * random.uniform(0.4, 0.9))
        form = random.choice((outlines.polygon, outlines.blob, outlines.ellipse))
        layers.append(Layer(texture(random, clip), Motion.drawn(random, bob, 0.1), Outline(form(random), (*place, side))))
    return Scene(layers + display(random, clip), exposure(random, 0.15))


KINDS = {layered: 0.36, lights: 0.14, slow: 0.18, repeated: 0.16, game: 0.16}


def exposure(random, share):
    return random.uniform(0.1, 0.9) if random.random() < share else 0.0


def drawn(random, clip, kinds=KINDS):
    """A scene of one of these kinds (with how often each comes); clip() gives a clip to take a piece of."""
    scene = random.choice(list(kinds), p=list(kinds.values()))(random, clip)
    if random.random() < 0.15:
        scene = scene._replace(layers=scene.layers + display(random, clip))
    if scene.exposure:
        fastest = max(layer.motion.fastest() for layer in scene.layers)
        scene = scene._replace(exposure=min(scene.exposure, LONGEST_BLUR / max(fastest, 1)))
    return scene
