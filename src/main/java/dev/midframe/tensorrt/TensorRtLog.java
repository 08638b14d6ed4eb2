package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.CxxObjects;
import dev.midframe.binding.tensorrt.ILogger;
import dev.midframe.binding.tensorrt.InterfaceInfo;
import dev.midframe.binding.tensorrt.JavaObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's log in slf4j, and its last error for exceptions. The object lives as long as the program: TensorRT's own
 * threads log after everything else is closed.
 */
final class TensorRtLog implements ILogger {

    private static final Logger LOG = LoggerFactory.getLogger("dev.midframe.tensorrt.log");
    private static final MemorySegment KIND = Arena.global().allocateFrom("ILogger");

    private final AtomicReference<String> lastError = new AtomicReference<>("");
    private final MemorySegment address;

    TensorRtLog(CxxObjects objects) {
        this.address = JavaObject.export(
                objects, ILogger.class, this, Arena.global(), failure -> LOG.warn("TensorRT's log", failure));
    }

    /** As the factories want it. */
    MemorySegment address() {
        return address;
    }

    /** The latest error since the last call, in one line, empty when there was none. */
    String takeError() {
        return lastError.getAndSet("").strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public int getAPILanguage() {
        return 0;
    }

    @Override
    public InterfaceInfo getInterfaceInfo() {
        return new InterfaceInfo(KIND, 1, 0);
    }

    @Override
    public void log(int severity, String message) {
        switch (severity) {
            case 0, 1 -> {
                lastError.set(message);
                LOG.error("{}", message);
            }
            case 2 -> LOG.warn("{}", message);
            case 3 -> LOG.info("{}", message);
            default -> LOG.debug("{}", message);
        }
    }
}
