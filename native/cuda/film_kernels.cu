// What TensorRT does slowly in FILM: warping features, and joining what it warps. Features lie channel-last, eight of a
// position's channels are a thread's work, and a warped tensor is written where the next engine reads it. Flows are pairs of
// planes, x and y, in pixels of their own size.
//
// A test compiles this file as plain C++ (src/test/c/cuda_on_cpu.cpp): no feature of CUDA but the thread's place in the grid.

#ifdef __CUDACC__
#include <cuda_fp16.h>
#endif

constexpr int CHANNELS = 8;

// Channels of a decoder's input behind the warped features: both images, both flows, zeros.
constexpr int TAIL = 16;

template <typename T>
struct alignas(16) Group {
    T channel[CHANNELS];
};

struct Flow {
    float x;
    float y;
};

// Where a bilinear sample lies: its four neighbours, and its place between them. Outside of the picture its border counts.
struct Sample {
    int upper, lower, left, right;
    float x, y;

    __device__ Sample(float column, float row, int height, int width) {
        column = fminf(fmaxf(column, 0), width - 1);
        row = fminf(fmaxf(row, 0), height - 1);
        int leftColumn = static_cast<int>(column);
        int upperRow = static_cast<int>(row);
        x = column - leftColumn;
        y = row - upperRow;
        upper = upperRow * width;
        lower = upperRow + 1 < height ? upper + width : upper;
        left = leftColumn;
        right = leftColumn + 1 < width ? left + 1 : left;
    }

    __device__ float between(float a, float b, float c, float d) const {
        float above = a + x * (b - a);
        float below = c + x * (d - c);
        return above + y * (below - above);
    }

    __device__ float of(const float *plane) const {
        return between(plane[upper + left], plane[upper + right], plane[lower + left], plane[lower + right]);
    }

    template <typename T>
    __device__ Group<T> of(const Group<T> *features, int groups, int group) const {
        Group<T> a = features[(upper + left) * groups + group];
        Group<T> b = features[(upper + right) * groups + group];
        Group<T> c = features[(lower + left) * groups + group];
        Group<T> d = features[(lower + right) * groups + group];
        Group<T> result;
        for (int i = 0; i < CHANNELS; i++) {
            result.channel[i] = static_cast<T>(between(a.channel[i], b.channel[i], c.channel[i], d.channel[i]));
        }
        return result;
    }
};

static __device__ Flow flow_at(const float *flow, int position, int area) {
    return {flow[position], flow[area + position]};
}

// A row of the grid is a row of the picture, z one of two pictures; x counts groups of channels, then columns.
static __device__ int index_in_row() {
    return blockIdx.x * blockDim.x + threadIdx.x;
}

// Both directions' features as the predictor wants them: out[n] is the other picture's, warped by flow n.
template <typename T>
static __device__ void warp_others(
        const Group<T> *first, const Group<T> *second, const float *flows, Group<T> *out, int groups, int height, int width) {
    int index = index_in_row();
    if (index >= groups * width) {
        return;
    }
    int column = index / groups;
    int row = blockIdx.y;
    int area = height * width;
    Flow flow = flow_at(flows + blockIdx.z * 2 * area, row * width + column, area);
    Sample sample(column + flow.x, row + flow.y, height, width);
    const Group<T> *other = blockIdx.z == 0 ? second : first;
    out[(blockIdx.z * height + row) * static_cast<size_t>(width) * groups + index] =
            sample.of(other, groups, index - column * groups);
}

// The decoder's input of a level: both pictures' features, warped to a time, then the TAIL.
template <typename T>
static __device__ void fusion_input(
        const Group<T> *first,
        const Group<T> *second,
        const Group<T> *firstImage,
        const Group<T> *secondImage,
        const float *flows,
        const float *time,
        Group<T> *out,
        int groups,
        int height,
        int width) {
    constexpr int COLOURS = 3;
    int all = 2 * groups + TAIL / CHANNELS;
    int index = index_in_row();
    if (index >= all * width) {
        return;
    }
    int column = index / all;
    int group = index - column * all;
    int row = blockIdx.y;
    int area = height * width;
    // The way back is a share of the backward flow at the same place: motion is taken as linear.
    Flow backward = flow_at(flows + 2 * area, row * width + column, area);
    Flow forward = flow_at(flows, row * width + column, area);
    float rest = 1 - *time;
    Flow toFirst = {*time * backward.x, *time * backward.y};
    Flow toSecond = {rest * forward.x, rest * forward.y};
    Sample inFirst(column + toFirst.x, row + toFirst.y, height, width);
    Sample inSecond(column + toSecond.x, row + toSecond.y, height, width);
    Group<T> result;
    if (group < groups) {
        result = inFirst.of(first, groups, group);
    } else if (group < 2 * groups) {
        result = inSecond.of(second, groups, group - groups);
    } else {
        T tail[TAIL];
        for (int i = 0; i < TAIL; i++) {
            tail[i] = static_cast<T>(0.0f);
        }
        if (firstImage != nullptr) {
            Group<T> one = inFirst.of(firstImage, 1, 0);
            Group<T> two = inSecond.of(secondImage, 1, 0);
            for (int i = 0; i < COLOURS; i++) {
                tail[i] = one.channel[i];
                tail[COLOURS + i] = two.channel[i];
            }
        }
        tail[2 * COLOURS] = static_cast<T>(toFirst.x);
        tail[2 * COLOURS + 1] = static_cast<T>(toFirst.y);
        tail[2 * COLOURS + 2] = static_cast<T>(toSecond.x);
        tail[2 * COLOURS + 3] = static_cast<T>(toSecond.y);
        for (int i = 0; i < CHANNELS; i++) {
            result.channel[i] = group == 2 * groups ? tail[i] : tail[CHANNELS + i];
        }
    }
    out[row * static_cast<size_t>(width) * all + index] = result;
}

// A flow of half the size, in pixels of this one: bilinear, half-pixel centres. z is one of four planes.
extern "C" __global__ void enlarge_flow(const float *coarse, float *fine, int height, int width) {
    int column = index_in_row();
    if (column >= width) {
        return;
    }
    int row = blockIdx.y;
    Sample sample(0.5f * column - 0.25f, 0.5f * row - 0.25f, height / 2, width / 2);
    const float *plane = coarse + blockIdx.z * (height / 2) * (width / 2);
    fine[(blockIdx.z * height + row) * width + column] = 2 * sample.of(plane);
}

#define FOR_EACH_TYPE(NAME, T)                                                                                             \
    extern "C" __global__ void warp_others_##NAME(                                                                         \
            const Group<T> *first, const Group<T> *second, const float *flows, Group<T> *out, int groups, int height,      \
            int width) {                                                                                                   \
        warp_others(first, second, flows, out, groups, height, width);                                                     \
    }                                                                                                                      \
    extern "C" __global__ void fusion_input_##NAME(                                                                        \
            const Group<T> *first, const Group<T> *second, const Group<T> *firstImage, const Group<T> *secondImage,        \
            const float *flows, const float *time, Group<T> *out, int groups, int height, int width) {                     \
        fusion_input(first, second, firstImage, secondImage, flows, time, out, groups, height, width);                     \
    }

FOR_EACH_TYPE(half, __half)
FOR_EACH_TYPE(float, float)
