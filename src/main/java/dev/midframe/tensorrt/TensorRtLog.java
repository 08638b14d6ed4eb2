package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.CxxObjects;
import dev.midframe.binding.tensorrt.ILogger;
import dev.midframe.binding.tensorrt.InterfaceInfo;
import dev.midframe.binding.tensorrt.JavaObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's log in slf4j, and its errors for exceptions. The object lives as long as the program: TensorRT's own
 * threads log after everything else is closed.
 */
final class TensorRtLog implements ILogger {

    private static final Logger LOG = LoggerFactory.getLogger("dev.midframe.tensorrt.log");
    private static final MemorySegment KIND = Arena.global().allocateFrom("ILogger");

    /** TensorRT tells of this as a warning, and then gives nothing. */
    private static final String NO_CUDA = "CUDA initialization failure";

    private static final int MOST_ERRORS = 20;

    private final List<String> errors = new ArrayList<>();
    private final MemorySegment address;

    TensorRtLog(CxxObjects objects) {
        this.address = JavaObject.export(
                objects, ILogger.class, this, Arena.global(), failure -> LOG.warn("TensorRT's log", failure));
    }

    /** As the factories want it. */
    MemorySegment address() {
        return address;
    }

    /** The errors since the last call, a line each, the latest last. */
    List<String> takeErrors() {
        synchronized (errors) {
            List<String> taken = List.copyOf(errors);
            errors.clear();
            return taken;
        }
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
        if (severity <= 1 || message.contains(NO_CUDA)) {
            keep(message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        switch (severity) {
            case 0, 1 -> LOG.error("{}", message);
            case 2 -> LOG.warn("{}", message);
            case 3 -> LOG.info("{}", message);
            default -> LOG.debug("{}", message);
        }
    }

    private void keep(String error) {
        synchronized (errors) {
            if (errors.size() == MOST_ERRORS) {
                errors.removeFirst();
            }
            errors.add(error);
        }
    }
}
