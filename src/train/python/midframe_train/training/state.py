"""How far a training is, and one step of it."""
import copy
import os

import torch

from midframe_train.model import growing, trained
from midframe_train.model.config import CONFIGS
from midframe_train.model.film import Film
from midframe_train.model.warping import warp
from midframe_train.training import losses
from midframe_train.training.captured_steps import CapturedSteps
from midframe_train.training.schedules import flow_weight_at, rate_at


class Training:
    """The network, its average, the optimiser, and how far it is: all that a resumed run needs. A step works on the device alone."""

    def __init__(self, options, device):
        config = CONFIGS[options.model]
        self.film, self.options = Film(config), options
        self.film.start_as_mean()
        if options.start_from:
            self.film.load_state_dict(growing.begun(self.film, trained.load(options.start_from)))
        # GPUs compute convolutions fastest with channels last
        self.film.to(device, memory_format=torch.channels_last if device.type == "cuda" else torch.preserve_format)
        self.teacher = trained.load(options.teacher).to(device).requires_grad_(False) if options.teacher else None
        self.average = copy.deepcopy(self.film).requires_grad_(False)
        self.parameters = list(self.film.parameters())
        for parameter in self.parameters:
            parameter.grad = torch.zeros_like(parameter)
        cuda = device.type == "cuda"
        self.optimizer = torch.optim.AdamW(
            [{"params": [parameter for parameter in self.parameters if parameter.dim() > 1], "weight_decay": 1e-4},
             {"params": [parameter for parameter in self.parameters if parameter.dim() <= 1], "weight_decay": 0}],
            lr=torch.tensor(options.rate, device=device) if cuda else options.rate, betas=(0.9, 0.99), capturable=cuda)
        self.flow_weight, self.decay = torch.zeros((), device=device), torch.zeros((), device=device)
        self.captured = CapturedSteps(self.whole_step) if cuda and not options.no_graphs else None
        self.helper, self.step, self.seconds = None, 0, 0.0

    PARTS = ("film", "average", "optimizer")

    def save(self, path):
        state = {part: getattr(self, part).state_dict() for part in self.PARTS}
        torch.save({**state, "step": self.step, "seconds": self.seconds}, f"{path}.partial")
        os.replace(f"{path}.partial", path)

    def load(self, path, device):
        state = torch.load(path, map_location=device)
        for part in self.PARTS:
            getattr(self, part).load_state_dict(state[part])
        self.step, self.seconds = state["step"], state["seconds"]

    def advance(self, batch, progress):
        """One step; returns picture loss, total loss and the gradient's norm, [3]."""
        self.set_rate(rate_at(progress, self.step, self.options))
        self.flow_weight.fill_(flow_weight_at(progress, self.options))
        self.decay.fill_(min(self.options.ema, (1 + self.step) / (10 + self.step)))
        self.progress, self.step = progress, self.step + 1
        if not flow_weight_at(progress, self.options):
            batch = batch._replace(flows=None, flow_weights=None)
        batch = batch.cropped(self.film.config.alignment * batch.reduction)
        if not self.captured:
            return self.whole_step(batch)
        return self.captured.run((batch.reduction, batch.flows is not None), batch).clone()

    def set_rate(self, rate):
        for group in self.optimizer.param_groups:
            if torch.is_tensor(group["lr"]):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate

    def whole_step(self, batch):
        """A gradient that is not finite counts as none."""
        self.optimizer.zero_grad(set_to_none=False)
        found = gradient(self.film, batch, self.flow_weight, self.options, self.teacher)
        if self.helper:
            self.helper.add_gradient(self.film, self.progress)
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.options.clip)
        for parameter in self.parameters:
            parameter.grad.copy_(torch.where(norm.isfinite(), parameter.grad, 0 * self.decay))
        self.optimizer.step()
        if self.helper:
            self.helper.go_on()
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.parameters):
                mean.lerp_(value, 1 - self.decay)
        return torch.stack((*found, norm))


def gradient(film, batch, flow_weight, options, teacher):
    """Adds the parameters' gradients; returns picture loss and total loss."""
    pictures = [torch.cat((planes.chunk(3)[0], planes.chunk(3)[2])) for planes in (batch.y, batch.c)]
    # A captured step keeps no cast weights from the last one.
    with torch.autocast(batch.y.device.type, dtype=torch.bfloat16, enabled=options.precision == "bfloat16", cache_enabled=False):
        if teacher and batch.flows is not None:
            batch = taught(teacher, pictures, batch)
        result = film(*pictures, batch.t, batch.reduction)
    total, picture = losses.loss(result, batch, options, flow_weight)
    total.backward()
    return picture, total.detach()


def taught(teacher, pictures, batch):
    """The batch with flows of its real samples too, as another network finds them, where its two directions agree."""
    with torch.no_grad():
        result = teacher(*pictures, batch.t)
        forward, backward = result.forward[0], result.backward[0]
        own, other = torch.cat((forward, backward)), torch.cat((backward, forward))
        apart = (own + warp(other, own)).abs().sum(1, keepdim=True)
        agree = (apart < 0.5 + 0.05 * own.abs().sum(1, keepdim=True)).float()
        synthetic = batch.flow_weights.amax((1, 2, 3), keepdim=True) > 0
        return batch._replace(flows=torch.where(synthetic, batch.flows, own),
                              flow_weights=torch.where(synthetic, batch.flow_weights, agree))
