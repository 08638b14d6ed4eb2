// native/cuda/film_kernels.cu as plain C++: its arithmetic without a GPU, one thread of the grid after the other.
//     c++ -std=c++17 -O2 -shared -fPIC -o libfilm_kernels.so src/test/c/cuda_on_cpu.cpp
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#define __device__
#define __global__

namespace {

struct Place {
    unsigned x, y, z;
};
thread_local Place blockIdx, blockDim, threadIdx;

// IEEE 754 binary16, rounded to nearest even as CUDA's.
class __half {
    uint16_t bits;

public:
    __half() = default;

    explicit __half(float value) {
        uint32_t word;
        memcpy(&word, &value, sizeof word);
        uint16_t sign = word >> 16 & 0x8000;
        float magnitude = fabsf(value);
        if (!(magnitude <= 65504 + 15.99f)) {
            bits = sign | (std::isnan(value) ? 0x7fff : 0x7c00);
        } else if (magnitude < 0x1p-14f) {
            bits = sign | static_cast<uint16_t>(nearbyintf(magnitude * 0x1p24f));
        } else {
            int exponent;
            float fraction = frexpf(magnitude, &exponent);
            bits = sign | static_cast<uint16_t>(((exponent + 13) << 10) + nearbyintf(fraction * 2048));
        }
    }

    operator float() const {
        int exponent = bits >> 10 & 31;
        float fraction = bits & 0x3ff;
        float magnitude = exponent == 31 ? (fraction == 0 ? INFINITY : NAN)
                : exponent == 0          ? ldexpf(fraction, -24)
                                         : ldexpf(fraction + 1024, exponent - 25);
        return bits & 0x8000 ? -magnitude : magnitude;
    }
};

} // namespace

#include "../../../native/cuda/film_kernels.cu"

namespace {

template <typename... P, size_t... I>
void call(void (*kernel)(P...), void **parameters, std::index_sequence<I...>) {
    kernel(*static_cast<P *>(parameters[I])...);
}

template <typename... P>
void launch(void (*kernel)(P...), Place grid, unsigned threads, void **parameters) {
    blockDim = {threads, 1, 1};
    for (blockIdx.z = 0; blockIdx.z < grid.z; blockIdx.z++) {
        for (blockIdx.y = 0; blockIdx.y < grid.y; blockIdx.y++) {
            for (blockIdx.x = 0; blockIdx.x < grid.x; blockIdx.x++) {
                for (threadIdx.x = 0; threadIdx.x < threads; threadIdx.x++) {
                    call(kernel, parameters, std::index_sequence_for<P...>());
                }
            }
        }
    }
}

} // namespace

// Runs a kernel to its end. Parameters as cuLaunchKernel's; false where there is none of that name.
extern "C" bool launch_on_cpu(
        const char *name, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned threads, void **parameters) {
    Place grid = {gridX, gridY, gridZ};
#define KERNEL(NAME)                                                                                                       \
    if (std::string(name) == #NAME) {                                                                                      \
        launch(NAME, grid, threads, parameters);                                                                           \
        return true;                                                                                                       \
    }
    KERNEL(enlarge_flow)
    KERNEL(warp_others_half)
    KERNEL(warp_others_float)
    KERNEL(fusion_input_half)
    KERNEL(fusion_input_float)
    return false;
}
