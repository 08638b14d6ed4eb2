/**
 * The GPU engine: FILM with TensorRT on an NVIDIA GPU.
 *
 * <p>Called by {@code cli}: {@link dev.midframe.tensorrt.TensorRtAvailability} says what this machine has,
 * {@link dev.midframe.tensorrt.TensorRtInterpolatorFactory} opens an engine, {@link dev.midframe.tensorrt.measure.GpuMeter} measures one. Inside,
 * from the bottom up: {@code Cuda} and {@code CudaContext} turn the driver's status codes into exceptions and own what is
 * made on a device; {@code TensorRt} and the classes with TensorRT's names do the same for its objects
 * ({@code Owned}: deleted once, by one owner); {@code EngineBuilder} and {@code EngineCache} make and keep engines of
 * {@code film}'s ONNX graphs; {@code FilmRunner} runs them on three streams; {@code TensorRtInterpolator} is
 * the contract with {@code interpolation}. Frames come in and go out as packed bytes in pinned memory.
 */
@NullMarked
package dev.midframe.tensorrt;

import org.jspecify.annotations.NullMarked;
