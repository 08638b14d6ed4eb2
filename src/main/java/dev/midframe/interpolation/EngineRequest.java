package dev.midframe.interpolation;

import dev.midframe.video.FrameFormat;

/**
 * What a stream wants of an engine.
 *
 * @param format the stream's frames
 * @param model name of a model, for example {@code film-lite}, or {@code auto} for the engine's default
 * @param backend which engine
 * @param depth pairs in flight, 1 (lowest latency) to 8
 * @param threads CPU threads, 0 for as many as the machine has processors
 * @param device GPU number, 0 for the first
 * @param motionSize of the frames that motion is found in
 */
public record EngineRequest(
        FrameFormat format, String model, Backend backend, int depth, int threads, int device, MotionSize motionSize) {

    /** With the engine's choice of the motion's size. */
    public EngineRequest(FrameFormat format, String model, Backend backend, int depth, int threads, int device) {
        this(format, model, backend, depth, threads, device, MotionSize.AUTO);
    }

    public EngineRequest {
        if (depth < 1 || depth > 8) {
            throw new IllegalArgumentException("depth " + depth + " is not in 1..8");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads " + threads + " is negative; 0 means one per processor");
        }
    }

    /** The same with motion found at another size. */
    public EngineRequest with(MotionSize size) {
        return new EngineRequest(format, model, backend, depth, threads, device, size);
    }
}
