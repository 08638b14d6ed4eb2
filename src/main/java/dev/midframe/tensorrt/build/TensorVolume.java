package dev.midframe.tensorrt.build;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.tensorrt.TensorRtException;
import java.util.Locale;

/** The size of a tensor that TensorRT's convolutions, concatenations and samplings have in common ("Volume Limits" of its operators). */
public final class TensorVolume {

    private static final long MOST_ELEMENTS = Integer.MAX_VALUE;

    private TensorVolume() {}

    /**
     * Looks whether every tensor of a graph is small enough, before minutes are spent on building it.
     *
     * @param what for people, for example {@code FLOW of film FP16 4096x2160}
     * @throws TensorRtException when one is too large
     */
    public static void check(OnnxGraph graph, String what) {
        if (graph.largestTensor() > MOST_ELEMENTS) {
            throw new TensorRtException(String.format(
                    Locale.ROOT,
                    "%s has a tensor of %,d elements, and TensorRT takes at most %,d; take smaller frames or a smaller model",
                    what,
                    graph.largestTensor(),
                    MOST_ELEMENTS));
        }
    }
}
