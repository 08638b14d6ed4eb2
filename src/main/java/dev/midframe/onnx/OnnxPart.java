package dev.midframe.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.OnnxGraph.Port;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.binding.CustomOperators;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One part of FILM, loaded into ONNX Runtime. Threads may run it side by side. */
final class OnnxPart implements AutoCloseable {

    private static final int ALIGNMENT = 64;

    private final OnnxGraph graph;
    private final @Nullable CustomOperators operators;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /**
     * @param operators known to the graph, null where it does without; outlives this
     * @param threads that work on one run, the caller's among them
     */
    OnnxPart(OnnxGraph graph, @Nullable CustomOperators operators, int threads) {
        this.graph = graph;
        this.operators = operators;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            environment = OrtLibrary.environment();
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Threads that spin while they wait take the processor from the rest of the pipeline.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.set_denormal_as_zero", "1");
            if (operators != null) {
                operators.register(options);
            }
            session = OrtGate.ofProcess().inside(() -> environment.createSession(graph.model(), options));
        } catch (OrtException | LinkageError e) {
            throw failure("cannot load FILM's part " + graph.name(), e);
        }
    }

    /** Version of the library. */
    String version() {
        return environment.getVersion();
    }

    List<Port> inputs() {
        return graph.inputs();
    }

    List<Port> outputs() {
        return graph.outputs();
    }

    /** A tensor over memory of the arena. */
    NativeTensor allocate(Port port, Arena arena) {
        MemorySegment memory = arena.allocate(port.bytes(), ALIGNMENT);
        long[] shape = port.shape().stream().mapToLong(Integer::longValue).toArray();
        try {
            return new NativeTensor(
                    memory, OnnxTensor.createTensor(environment, memory.asByteBuffer(), shape, type(port.element())));
        } catch (OrtException e) {
            throw failure("cannot make the tensor " + port.name(), e);
        }
    }

    /** Runs once; outputs are written into the tensors given. */
    void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        try {
            OrtGate.ofProcess().inside(() -> {
                session.run(inputs, outputs).close();
                return outputs;
            });
            if (operators != null) {
                operators.check();
            }
        } catch (OrtException e) {
            throw failure("FILM's part " + graph.name() + " failed", e);
        }
    }

    @Override
    public void close() {
        try {
            OrtGate.ofProcess().inside(() -> {
                session.close();
                return session;
            });
        } catch (OrtException e) {
            throw failure("cannot close FILM's part " + graph.name(), e);
        }
    }

    private static InterpolationException failure(String what, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
        return new InterpolationException("ONNX Runtime: " + what + ": " + reason, cause);
    }

    private static OnnxJavaType type(Element element) {
        return switch (element) {
            case UINT8 -> OnnxJavaType.UINT8;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case FLOAT -> OnnxJavaType.FLOAT;
        };
    }
}
