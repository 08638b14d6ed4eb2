package dev.midframe.tensorrt.measure;

/**
 * What an engine costs on a GPU.
 *
 * @param engine TensorRT, GPU, model and precision in one line
 * @param format of the frames
 * @param built whether the engine, or a part of it, was built and not taken from the cache
 * @param openSeconds opening it, with that
 * @param cachedOpenSeconds opening again
 * @param memoryBytes device memory that the engine holds
 * @param uploadMillis median, one frame
 * @param featuresMillis median, one frame
 * @param pairMillis median, flow and fusion
 * @param downloadMillis median, one frame
 * @param computeMedianMillis features and pair together
 * @param computeP99Millis likewise, 99th percentile
 * @param pairsPerSecond as a stream gets them: with copies from and to the host and all else that is done to a frame, as
 *     many in flight as the depth allows, by the wall clock
 * @param tflops of the convolutions, from the median
 * @param shareOfMatrixProduct tflops against those of a large half-precision matrix product on the same GPU
 */
public record GpuMeasurement(
        String engine,
        String format,
        boolean built,
        double openSeconds,
        double cachedOpenSeconds,
        long memoryBytes,
        double uploadMillis,
        double featuresMillis,
        double pairMillis,
        double downloadMillis,
        double computeMedianMillis,
        double computeP99Millis,
        double pairsPerSecond,
        double tflops,
        double shareOfMatrixProduct) {}
