package dev.midframe.tensorrt.build;

import java.util.Set;

/**
 * What an engine is built of.
 *
 * @param onnx a serialized model
 * @param channelsLast names of inputs and outputs whose channels lie together: in FP16 in vectors of eight (HWC8); the number of
 *     channels must be a multiple of eight, so that their memory is as large as that of planes
 * @param what for people, for example {@code FLOW of film-base FP16 I420 1920x1080}
 */
public record NetworkSource(byte[] onnx, Set<String> channelsLast, String what) {

    public NetworkSource {
        channelsLast = Set.copyOf(channelsLast);
    }

    /** All inputs and outputs are row-major. */
    public NetworkSource(byte[] onnx, String what) {
        this(onnx, Set.of(), what);
    }
}
