// Computes the vtable slots from NVIDIA's own headers and compares them with tensorrt_slots.h. Where the TensorRT and
// CUDA headers are installed:
//     g++ -std=c++20 -I/usr/local/cuda/include native/check-slots.cpp -o /tmp/check-slots && /tmp/check-slots
// Ends with 0 when every slot of the headers' major version agrees, else names those that do not.
#include <NvInfer.h>
#include <NvOnnxParser.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

namespace {

constexpr int ABSENT = -1;
int called = ABSENT;
int differences = 0;
int slots = 0;

// A pointer to a virtual method holds 1 + 8 * slot in its first word on x86-64; on AArch64 8 * slot, and the mark is in
// the second word.
template <class Pointer>
int slotOfPointer(Pointer method)
{
    std::ptrdiff_t words[2];
    static_assert(sizeof words == sizeof method);
    std::memcpy(words, &method, sizeof method);
    return static_cast<int>(words[0] / 8);
}

template <class R, class C, class... A>
int slotOf(R (C::*method)(A...) noexcept) { return slotOfPointer(method); }
template <class R, class C, class... A>
int slotOf(R (C::*method)(A...) const noexcept) { return slotOfPointer(method); }
template <class R, class C, class... A>
int slotOf(R (C::*method)(A...) const) { return slotOfPointer(method); }
// IRuntime::deserializeCudaEngine is overloaded: the one that takes a blob is meant.
template <class R, class C>
int slotOfBlob(R (C::*method)(void const*, std::size_t) noexcept) { return slotOfPointer(method); }

// No pointer to a destructor can be had: delete an object whose vtable notes which slot is called.
template <int N>
void note(void*) { called = N; }

template <int... N>
constexpr std::array<void (*)(void*), sizeof...(N)> noting(std::integer_sequence<int, N...>) { return {&note<N>...}; }

template <class Interface>
int slotOfDelete()
{
    static auto vtable = noting(std::make_integer_sequence<int, 32>{});
    void* object[2] = {vtable.data(), nullptr};
    void* volatile address = object;
    delete static_cast<Interface*>(static_cast<void*>(address));
    return called;
}

void compare(char const* interface, char const* method, int expected, int actual)
{
    ++slots;
    if (expected != actual)
    {
        ++differences;
        std::printf("%s.%s: the table has slot %d, the headers have %d\n", interface, method, expected, actual);
    }
}

using OWN_ILogger = nvinfer1::ILogger;
using OWN_IProgressMonitor = nvinfer1::IProgressMonitor;
using OWN_IProfiler = nvinfer1::IProfiler;
using OWN_IPluginRegistry = nvinfer1::IPluginRegistry;
using OWN_IHostMemory = nvinfer1::IHostMemory;
using IMPL_IHostMemory = nvinfer1::apiv::VHostMemory;
using OWN_IBuilder = nvinfer1::IBuilder;
using IMPL_IBuilder = nvinfer1::apiv::VBuilder;
using OWN_IBuilderConfig = nvinfer1::IBuilderConfig;
using IMPL_IBuilderConfig = nvinfer1::apiv::VBuilderConfig;
using OWN_ITimingCache = nvinfer1::ITimingCache;
using IMPL_ITimingCache = nvinfer1::apiv::VTimingCache;
using OWN_ITensor = nvinfer1::ITensor;
using IMPL_ITensor = nvinfer1::apiv::VTensor;
using OWN_INetworkDefinition = nvinfer1::INetworkDefinition;
using IMPL_INetworkDefinition = nvinfer1::apiv::VNetworkDefinition;
using OWN_IParser = nvonnxparser::IParser;
using OWN_IParserError = nvonnxparser::IParserError;
using OWN_IRuntime = nvinfer1::IRuntime;
using IMPL_IRuntime = nvinfer1::apiv::VRuntime;
using OWN_ICudaEngine = nvinfer1::ICudaEngine;
using IMPL_ICudaEngine = nvinfer1::apiv::VCudaEngine;
using OWN_IEngineInspector = nvinfer1::IEngineInspector;
using IMPL_IEngineInspector = nvinfer1::apiv::VEngineInspector;
using OWN_IExecutionContext = nvinfer1::IExecutionContext;
using IMPL_IExecutionContext = nvinfer1::apiv::VExecutionContext;

} // namespace

#define SLOT(interface, method, object, ten, eleven)                                                                   \
    compare(#interface, #method, NV_TENSORRT_MAJOR == 10 ? ten : eleven, []<class T>() {                               \
        if constexpr (std::string_view(#method) == "destroy")                                                          \
            return slotOfDelete<T>();                                                                                  \
        else if constexpr (requires { slotOf(&T::method); })                                                           \
            return slotOf(&T::method);                                                                                 \
        else if constexpr (requires { slotOfBlob(&T::method); })                                                       \
            return slotOfBlob(&T::method);                                                                             \
        else                                                                                                           \
            return ABSENT;                                                                                             \
    }.template operator()<object##_##interface>());

int main()
{
    static_assert(NV_TENSORRT_MAJOR == 10 || NV_TENSORRT_MAJOR == 11, "the table knows TensorRT 10 and 11");
#include "tensorrt_slots.h"
    std::printf("TensorRT %d.%d: %d slots compared, %d differ\n", NV_TENSORRT_MAJOR, NV_TENSORRT_MINOR, slots, differences);
    return differences == 0 ? 0 : 1;
}
