package dev.midframe.onnx.binding;

import ai.onnxruntime.OrtSession;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The operators of {@link CustomOp}, in Java, for ONNX Runtime. Outlives the sessions that know them. */
public final class CustomOperators implements AutoCloseable {

    private final OrtApi api = new OrtApi();
    private final Arena arena = Arena.ofShared();
    private final long domain;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param block channels that lie together in features
     * @param threads of the sessions' pools
     */
    public CustomOperators(int block, int threads) {
        this.domain = api.customOpDomain(arena.allocateFrom(CustomOp.DOMAIN), arena);
        OrtParallelRows parallel = new OrtParallelRows(api, threads, arena);
        for (CustomOp kind : CustomOp.values()) {
            Computation computation = Computation.of(kind, block);
            CustomOperator operator = new CustomOperator(
                    api, kind, computation, parallel, thrown -> failure.compareAndSet(null, thrown), arena);
            api.addOperator(domain, operator.structure());
        }
    }

    /** Makes the operators known to sessions opened with these options. */
    public void register(OrtSession.SessionOptions options) {
        try {
            // The Java API keeps the handle to itself; a library file is the only other way in.
            Method handle = OrtSession.SessionOptions.class.getDeclaredMethod("getNativeHandle");
            handle.setAccessible(true);
            api.addDomain((long) handle.invoke(options), domain);
        } catch (ReflectiveOperationException e) {
            throw new InterpolationException("ONNX Runtime takes no custom operators: " + e, e);
        }
    }

    /** Throws what a run before failed with: nothing may be thrown through ONNX Runtime. */
    public void check() {
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new InterpolationException("an operator failed: " + thrown, thrown);
        }
    }

    @Override
    public void close() {
        api.releaseDomain(domain);
        arena.close();
    }
}
