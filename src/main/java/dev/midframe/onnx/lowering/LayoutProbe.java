package dev.midframe.onnx.lowering;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Value;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.OptionalInt;

/** Asks ONNX Runtime in which blocks its convolutions want features on this processor, by having it reorder a few. */
public final class LayoutProbe {

    /** More than any block. */
    private static final int CHANNELS = 64;

    private static final long[] SHAPE = {1, CHANNELS, 1, 2};

    private LayoutProbe() {}

    /**
     * Channels of a block.
     *
     * @throws OrtException where the library has no blocks
     */
    public static OptionalInt block(OrtEnvironment environment) throws OrtException {
        try (OrtSession session = environment.createSession(model());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input()), SHAPE);
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return block(values);
        }
    }

    /** The second position of the first channel, 1, stands behind the first block. */
    private static OptionalInt block(float[] values) {
        for (int block = 2; block < values.length; block++) {
            if (values[block] == 1) {
                return OptionalInt.of(block);
            }
        }
        return OptionalInt.empty();
    }

    /** Takes x and gives it in blocks as y; it cannot be loaded where there are none. */
    private static byte[] model() {
        GraphBuilder graph = new GraphBuilder();
        Value plain = graph.input("x", Element.FLOAT, 1, CHANNELS, 1, 2);
        graph.output("y", new NchwcLowering(graph, new NchwcBlocks(CHANNELS)).blocked(plain));
        return graph.build("layout").model();
    }

    /** Two positions of many channels, every value its index. */
    private static float[] input() {
        float[] values = new float[2 * CHANNELS];
        for (int index = 0; index < values.length; index++) {
            values[index] = index;
        }
        return values;
    }
}
