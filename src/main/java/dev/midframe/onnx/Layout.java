package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.midframe.film.graph.Dialect;
import dev.midframe.film.graph.LayoutProbe;
import dev.midframe.onnx.kernels.Computation;
import java.nio.FloatBuffer;
import java.util.Map;

/** In which layout ONNX Runtime wants graphs on this processor. */
final class Layout {

    private Layout() {}

    /** What the library shows; {@link Dialect#STANDARD} where it has no blocks. */
    static Dialect dialect(OrtEnvironment environment) {
        try {
            return OrtGate.ofProcess().inside(() -> probe(environment));
        } catch (OrtException e) {
            return Dialect.STANDARD;
        }
    }

    private static Dialect probe(OrtEnvironment environment) throws OrtException {
        try (OrtSession session = environment.createSession(LayoutProbe.model());
                OnnxTensor input =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(LayoutProbe.input()), LayoutProbe.SHAPE);
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer answer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] numbers = new float[answer.remaining()];
            answer.get(numbers);
            Dialect dialect = LayoutProbe.dialect(numbers);
            return Computation.takes(dialect.block()) ? dialect : Dialect.STANDARD;
        }
    }
}
