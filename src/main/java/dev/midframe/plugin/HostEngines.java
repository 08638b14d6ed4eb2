package dev.midframe.plugin;

import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.Upcalls;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.onnx.OrtGate;
import dev.midframe.tensorrt.UntilExit;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engines in a program that ends by C's {@code exit}, of which Java hears nothing: no shutdown hook runs, and destructors free
 * what the engines' threads still compute with. An exit handler waits for these threads and lets none in any more.
 *
 * <p>The handler registered last runs first, and ONNX Runtime registers destructors when it is loaded, when a session is made
 * and when one runs for the first time. So ours is registered after each of these.
 */
final class HostEngines implements InterpolatorFactory, FrameObserver {

    private static final Logger LOG = LoggerFactory.getLogger(HostEngines.class);

    private final InterpolatorFactory engines;
    private final ExitHandlers handlers =
            NativeFunctions.bind(ExitHandlers.class, Linker.nativeLinker().defaultLookup());
    private final long handler = new Upcalls(
                    Arena.global(), (thrown, none) -> LOG.error("the program's end failed", thrown))
            .address(this, "exiting", 0);
    private boolean opened;
    private volatile boolean generated;

    HostEngines(InterpolatorFactory engines) {
        this.engines = engines;
    }

    /** A function of the C library. */
    interface ExitHandlers {

        int __cxa_atexit(long function, long argument, long library);
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        return open(request, BuildListener.SILENT);
    }

    @Override
    public FrameInterpolator open(EngineRequest request, BuildListener listener) {
        if (hasOpened()) {
            return engines.open(request, listener);
        }
        OnnxInterpolatorFactory.version();
        awaitExit();
        FrameInterpolator engine = engines.open(request, listener);
        awaitExit();
        return engine;
    }

    private synchronized boolean hasOpened() {
        boolean before = opened;
        opened = true;
        return before;
    }

    @Override
    public void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos) {
        if (!generated && kind == FrameKind.GENERATED) {
            generated = true;
            awaitExit();
        }
    }

    private void awaitExit() {
        if (handlers.__cxa_atexit(handler, 0, 0) != 0) {
            throw new InterpolationException("no exit handler can be registered; the process is out of memory");
        }
    }

    private void exiting(long none) {
        UntilExit.closeBeforeExit();
        OrtGate.closeBeforeExit();
    }
}
