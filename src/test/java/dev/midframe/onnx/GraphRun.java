package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.midframe.film.graph.OnnxGraph.Port;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs FILM's graphs once, without a stream. */
final class GraphRun {

    private GraphRun() {}

    /** The packed frame between two packed frames. */
    static byte[] frame(OnnxPart features, OnnxPart pair, byte[] one, byte[] two, float time) {
        try (TensorSet first = features(features, one);
                TensorSet second = features(features, two);
                TensorSet frame = new TensorSet(
                        pair, List.of(pair.outputs().getFirst(), pair.inputs().getLast()))) {
            frame.memory("time").set(ValueLayout.JAVA_FLOAT, 0, time);
            Map<String, OnnxTensor> inputs = new HashMap<>(first.bound("first.", pair.inputs()));
            inputs.putAll(second.bound("second.", pair.inputs()));
            inputs.putAll(frame.bound("", pair.inputs()));
            pair.run(inputs, frame.bound("", pair.outputs()));
            return frame.memory("frame").toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** The same of frames. */
    static void frame(OnnxPart features, OnnxPart pair, VideoFrame one, VideoFrame two, float time, VideoFrame target) {
        byte[] between = frame(features, pair, packed(one), packed(two), time);
        target.copyFrom(VideoFrame.packed(target.format(), MemorySegment.ofArray(between)));
    }

    private static byte[] packed(VideoFrame frame) {
        byte[] bytes = new byte[(int) frame.format().packedBytes()];
        VideoFrame.packed(frame.format(), MemorySegment.ofArray(bytes)).copyFrom(frame);
        return bytes;
    }

    private static TensorSet features(OnnxPart part, byte[] picture) {
        List<Port> ports = new ArrayList<>(part.inputs());
        ports.addAll(part.outputs());
        TensorSet tensors = new TensorSet(part, ports);
        tensors.memory("frame").copyFrom(MemorySegment.ofArray(picture));
        part.run(tensors.bound("", part.inputs()), tensors.bound("", part.outputs()));
        return tensors;
    }
}
