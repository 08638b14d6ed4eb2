package dev.midframe.tensorrt;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.JavaObject;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.generated.ILogger_getAPILanguage;
import dev.midframe.ffi.tensorrt.generated.ILogger_getInterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.ILogger_log;
import dev.midframe.ffi.tensorrt.generated.InterfaceInfo;
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
final class TensorRtLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.midframe.tensorrt.log");

    private static final int INTERNAL_ERROR = 0;
    private static final int ERROR = 1;
    private static final int WARNING = 2;
    private static final int INFO = 3;

    /** TensorRT reports this as a warning, and then gives nothing. */
    private static final String NO_CUDA = "CUDA initialization failure";

    private static final int MOST_ERRORS = 20;

    /** An error, and the thread that reported it: TensorRT's own threads report some of those of a caller's. */
    private record Reported(Thread thread, String error) {}

    private final List<Reported> errors = new ArrayList<>();
    private final Set<Thread> callers = Collections.newSetFromMap(new WeakHashMap<>());
    private final MemorySegment address;

    TensorRtLog(SlotTable slots) {
        Arena arena = Arena.global();
        Callback callback = new Callback(failure -> LOG.warn("TensorRT's log", failure));
        MemorySegment info = InterfaceInfo.allocate(arena);
        InterfaceInfo.kind(info, arena.allocateFrom("ILogger"));
        InterfaceInfo.major(info, 1);
        this.address = new JavaObject(slots, "ILogger", callback, arena)
                .with(ILogger_getAPILanguage.class, ILogger_getAPILanguage.allocate(self -> 0, arena))
                .with(ILogger_getInterfaceInfo.class, ILogger_getInterfaceInfo.allocate(self -> info, arena))
                .with(
                        ILogger_log.class,
                        ILogger_log.allocate(
                                (self, severity, message) -> callback.run(() -> log(severity, message)), arena))
                .address();
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
            Predicate<Reported> mine = error -> error.thread == caller || !callers.contains(error.thread);
            List<String> taken =
                    errors.stream().filter(mine).map(Reported::error).toList();
            errors.removeIf(mine);
            return taken;
        }
    }

    private void log(int severity, MemorySegment message) {
        // A build logs thousands of lines that nobody reads.
        if (severity <= INFO || LOG.isDebugEnabled()) {
            log(severity, String.valueOf(Memory.text(message)));
        }
    }

    void log(int severity, String message) {
        if (severity <= ERROR || message.contains(NO_CUDA)) {
            keep(message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        switch (severity) {
            case INTERNAL_ERROR, ERROR -> LOG.error("{}", message);
            case WARNING -> LOG.warn("{}", message);
            case INFO -> LOG.info("{}", message);
            default -> LOG.debug("{}", message);
        }
    }

    private void keep(String error) {
        synchronized (errors) {
            if (errors.size() == MOST_ERRORS) {
                errors.removeFirst();
            }
            errors.add(new Reported(Thread.currentThread(), error));
        }
    }
}
