package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.midframe.film.network.FilmPart;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Native memory for the frames of one pair, kept for the next one. */
final class PairSlot implements AutoCloseable {

    private final OnnxParts parts;
    private final List<TensorSet> frames = new ArrayList<>();
    private @Nullable TensorSet flows;

    PairSlot(OnnxParts parts) {
        this.parts = parts;
    }

    /** Allocates, before other threads work here. */
    void prepare(double[] times) {
        OnnxPart pair = parts.get(FilmPart.PAIR);
        while (frames.size() < times.length) {
            frames.add(new TensorSet(
                    pair, List.of(pair.outputs().getFirst(), pair.inputs().getLast())));
        }
        for (int index = 0; index < times.length; index++) {
            frames.get(index).memory("time").set(ValueLayout.JAVA_FLOAT, 0, (float) times[index]);
        }
        if (times.length > 1 && flows == null) {
            OnnxPart flow = parts.get(FilmPart.FLOW);
            flows = new TensorSet(flow, flow.outputs());
            parts.get(FilmPart.FUSION);
        }
    }

    /** The packed bytes of a frame. */
    MemorySegment frame(int index) {
        return frames.get(index).memory("frame");
    }

    void runFlow(FrameSlot first, FrameSlot second) {
        OnnxPart part = parts.get(FilmPart.FLOW);
        part.run(features(part, first, second), requireFlows().bound("", part.outputs()));
    }

    void runFusion(int index, FrameSlot first, FrameSlot second) {
        OnnxPart part = parts.get(FilmPart.FUSION);
        Map<String, OnnxTensor> inputs = features(part, first, second);
        inputs.putAll(requireFlows().bound("", part.inputs()));
        run(part, index, inputs);
    }

    void runPair(FrameSlot first, FrameSlot second) {
        OnnxPart part = parts.get(FilmPart.PAIR);
        run(part, 0, features(part, first, second));
    }

    private void run(OnnxPart part, int index, Map<String, OnnxTensor> inputs) {
        inputs.putAll(frames.get(index).bound("", part.inputs()));
        part.run(inputs, frames.get(index).bound("", part.outputs()));
    }

    private static Map<String, OnnxTensor> features(OnnxPart part, FrameSlot first, FrameSlot second) {
        Map<String, OnnxTensor> inputs = new HashMap<>(first.featuresFor(part, "first."));
        inputs.putAll(second.featuresFor(part, "second."));
        return inputs;
    }

    private TensorSet requireFlows() {
        if (flows == null) {
            throw new IllegalStateException("nothing was allocated for flows");
        }
        return flows;
    }

    @Override
    public void close() {
        frames.forEach(TensorSet::close);
        if (flows != null) {
            flows.close();
        }
    }
}
