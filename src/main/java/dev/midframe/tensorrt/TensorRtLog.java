package dev.midframe.tensorrt;

import dev.midframe.ffi.tensorrt.CxxObjects;
import dev.midframe.ffi.tensorrt.ILogger;
import dev.midframe.ffi.tensorrt.InterfaceInfo;
import dev.midframe.ffi.tensorrt.JavaObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
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

    /** An error, and the thread that told it: TensorRT's own threads tell some of those of a caller's. */
    private record Told(Thread thread, String error) {}

    private final List<Told> errors = new ArrayList<>();
    private final Set<Thread> callers = Collections.newSetFromMap(new WeakHashMap<>());
    private final MemorySegment address;

    TensorRtLog(CxxObjects objects) {
        this.address = JavaObject.export(
                objects, ILogger.class, this, Arena.global(), failure -> LOG.warn("TensorRT's log", failure));
    }

    /** As the factories want it. */
    MemorySegment address() {
        return address;
    }

    /**
     * The errors since this thread's last call, a line each, the latest last: its own, and those of threads that never call
     * here, which are TensorRT's. What other callers have to do with theirs stays theirs.
     */
    List<String> takeErrors() {
        synchronized (errors) {
            Thread caller = Thread.currentThread();
            callers.add(caller);
            Predicate<Told> mine = told -> told.thread == caller || !callers.contains(told.thread);
            List<String> taken = errors.stream().filter(mine).map(Told::error).toList();
            errors.removeIf(mine);
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
            errors.add(new Told(Thread.currentThread(), error));
        }
    }
}
