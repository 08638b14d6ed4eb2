"""The kernels of native/cuda/film_kernels.cu over PyTorch tensors: on a GPU by the driver, elsewhere compiled as plain C++."""

import ctypes
import subprocess
import tempfile
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
PTX = ROOT / "src/main/resources/dev/midframe/tensorrt/run/film_kernels.ptx"
THREADS = 256
GROUP = 8
TAIL = 16


class Kernels:
    def __init__(self, device: str):
        self.on_gpu = device == "cuda"
        self._functions = {}
        if self.on_gpu:
            torch.zeros(1, device=device)  # makes the context
            self._driver = ctypes.CDLL("libcuda.so.1")
            self._module = ctypes.c_void_p()
            self._check(self._driver.cuModuleLoadData(ctypes.byref(self._module), PTX.read_bytes() + b"\0"))
        else:
            library = Path(tempfile.mkdtemp()) / "libfilm_kernels.so"
            source = ROOT / "src/test/c/cuda_on_cpu.cpp"
            subprocess.run(["c++", "-std=c++17", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
            self._library = ctypes.CDLL(str(library))
            self._library.launch_on_cpu.restype = ctypes.c_bool

    def warp_others(self, first, second, flows, warped):
        """[1,C,h,w] channels last, twice; [2,2,h,w]; [2,C,h,w] channels last."""
        _, channels, height, width = first.shape
        groups = channels // GROUP
        name = f"warp_others_{_type(first)}"
        self._launch(name, groups * width, height, 2, first, second, flows, warped, groups, height, width)

    def fusion_input(self, first, second, first_image, second_image, flows, time, aligned):
        _, channels, height, width = first.shape
        groups = channels // GROUP
        columns = (2 * groups + TAIL // GROUP) * width
        name = f"fusion_input_{_type(first)}"
        pictures = (first, second, first_image, second_image)
        self._launch(name, columns, height, 1, *pictures, flows, time, aligned, groups, height, width)

    def enlarge_flow(self, coarse, fine):
        height, width = fine.shape[2:]
        self._launch("enlarge_flow", width, height, 4, coarse, fine, height, width)

    def _launch(self, name, columns, rows, pictures, *parameters):
        values = [
            ctypes.c_void_p(value.data_ptr()) if torch.is_tensor(value) else ctypes.c_int(value) for value in parameters
        ]
        places = (ctypes.c_void_p * len(values))(*(ctypes.addressof(value) for value in values))
        blocks = -(-columns // THREADS)
        if not self.on_gpu:
            assert self._library.launch_on_cpu(name.encode(), blocks, rows, pictures, THREADS, places), name
            return
        if name not in self._functions:
            function = ctypes.c_void_p()
            self._check(self._driver.cuModuleGetFunction(ctypes.byref(function), self._module, name.encode()))
            self._functions[name] = function
        stream = ctypes.c_void_p(torch.cuda.current_stream().cuda_stream)
        grid = (blocks, rows, pictures, THREADS, 1, 1)
        self._check(self._driver.cuLaunchKernel(self._functions[name], *grid, 0, stream, places, None))

    @staticmethod
    def _check(result):
        if result != 0:
            raise RuntimeError(f"the CUDA driver says error {result}")


def _type(features):
    return "half" if features.dtype == torch.float16 else "float"
