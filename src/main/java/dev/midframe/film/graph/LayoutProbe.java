package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;

/** Asks ONNX Runtime in which blocks its convolutions want features on this processor: a graph to run, and how to read its answer. */
public final class LayoutProbe {

    private static final int CHANNELS = 64;

    /** Shape of {@link #input}. */
    public static final long[] SHAPE = {1, CHANNELS, 1, 2};

    private LayoutProbe() {}

    /** A model that takes {@link #input} as {@code x} and gives it in blocks as {@code y}; it cannot be loaded where there are none. */
    public static byte[] model() {
        GraphBuilder graph = new GraphBuilder();
        Value plain = graph.input("x", Element.FLOAT, 1, CHANNELS, 1, 2);
        Dialect any = new Dialect(CHANNELS);
        graph.output("y", new Blocks(graph, new Operators(graph, any), any).blocked(plain));
        return graph.model("layout");
    }

    /** Two positions of many channels, every number its place. */
    public static float[] input() {
        float[] places = new float[2 * CHANNELS];
        for (int place = 0; place < places.length; place++) {
            places[place] = place;
        }
        return places;
    }

    /** The dialect whose blocks an answer shows: the second position of the first channel, 1, stands behind the first block. */
    public static Dialect dialect(float[] answer) {
        for (int block = 1; block < answer.length; block++) {
            if (answer[block] == 1) {
                return new Dialect(block);
            }
        }
        return Dialect.STANDARD;
    }
}
