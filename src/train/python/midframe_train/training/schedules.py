"""What changes over a training: the learning rate, and how much known flows count. progress: 0..1 of its time."""
import math


def rate_at(progress, step, options):
    """Linear warm-up over steps, then half a cosine over the time, down to 1 % of the peak."""
    return options.rate * min(1, (step + 1) / options.warm_up_steps) * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1, progress))) / 2)


def flow_weight_at(progress, options):
    return options.flow * max(0.0, 1 - progress / 0.6)
