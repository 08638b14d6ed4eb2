"""Training in the knowledge that the program computes in bytes: layers round as it rounds them (film/Bytes.java), and gradients pass
as if they did not. What is rounded between layers, the warped features and the flows that the decoder sees, is left as it is.
"""
import torch.nn.functional as F

from calibrate import bytes_layers

LEAK = 0.2


def rounded(numbers, low, high):
    """Numbers as bytes of a range hold them."""
    scale = (high - low) / 255
    kept = numbers.clamp(low, high)
    return kept + ((kept / scale).round() * scale - kept).detach()


def rounded_weights(weights):
    """Weights as signed bytes hold them, each output channel by itself."""
    scale = weights.detach().abs().amax((1, 2, 3), keepdim=True).clamp(min=1e-12) / 127
    return weights + ((weights / scale).round() * scale - weights).detach()


def round_layers(film, ranges):
    """Has a network's layers round from now on. ranges: as calibrate.py finds them."""
    depths = [pair for name, pair in ranges.items() if name.startswith("extract") and name.endswith(".1.0")]
    features = LEAK * min(low for low, _ in depths), max(high for _, high in depths)
    for name, layer in bytes_layers(film).items():
        low, high = ranges[name]
        layer.forward = rounding_forward(layer, low, high)
        activated = film.get_submodule(name.rpartition(".")[0])
        if len(activated) > 1:  # with an activation behind it
            behind = features if name.startswith("extract") and name.endswith(".1.0") else (LEAK * low, high)
            activated.register_forward_hook(lambda module, inputs, output, behind=behind: rounded(output, *behind))


def rounding_forward(layer, low, high):
    return lambda inputs: rounded(F.conv2d(inputs, rounded_weights(layer.weight), layer.bias, padding=layer.padding), low, high)
