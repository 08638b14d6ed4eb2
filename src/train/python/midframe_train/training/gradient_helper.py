"""A second training process on a CPU: computes the gradient of its own batches on the same, shared parameters.

Two processes of one thread each use two cores better than one process of two: the threads of a small convolution wait for
one another at every operation, and wait long when the machine has other work.
"""
import multiprocessing
import signal

import torch

PATIENCE_SECONDS = 900


class GradientHelper:
    """In the main process: `gradient` is full after `wait_for_gradient`; `go_on` after the parameters were changed."""

    def __init__(self, film, batches_of, gradient_of):
        """batches_of() makes the helper's own batches; gradient_of(film, batch, progress) fills the parameters' gradients."""
        film.share_memory()
        context = multiprocessing.get_context("fork")
        self.barrier = context.Barrier(2, timeout=PATIENCE_SECONDS)
        self.gradient = torch.zeros(sum(parameter.numel() for parameter in film.parameters())).share_memory_()
        self.progress = torch.zeros(1).share_memory_()
        self.process = context.Process(target=self.work, args=(film, batches_of, gradient_of), daemon=True)
        self.process.start()

    def work(self, film, batches_of, gradient_of):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the main process's handler is not for this one
        torch.set_num_threads(1)
        batches = batches_of()
        while True:
            for parameter in film.parameters():
                parameter.grad = None
            gradient_of(film, batches.draw(), self.progress.item())
            torch.cat([parameter.grad.flatten() for parameter in film.parameters()], out=self.gradient)
            self.barrier.wait()
            self.barrier.wait()

    def add_gradient(self, film, progress):
        """Makes the gradients of `film` the mean of both processes' own."""
        self.barrier.wait()
        parameters = list(film.parameters())
        for parameter, other in zip(parameters, self.gradient.split([parameter.numel() for parameter in parameters])):
            parameter.grad.add_(other.view_as(parameter)).div_(2)
        self.progress.fill_(progress)

    def go_on(self):
        self.barrier.wait()

    def stop(self):
        self.process.terminate()
