package dev.midframe.onnx;

import ai.onnxruntime.OrtException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps ONNX Runtime alive while threads are inside it. The library frees its environment in a shutdown hook of its own, and
 * a thread that opens or runs a session then crashes the process; hooks have no order, so the process has to be shut out of
 * the library before it begins to end.
 *
 * <p>One gate for the process, as there is one library for the process.
 */
public final class OrtGate {

    /** Longer than the library takes for its longest call, a session of the published network on a busy machine. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private static final OrtGate PROCESS = new OrtGate();

    // Fair, so that nobody enters past a process that waits to end.
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    OrtGate() {}

    /** A call into ONNX Runtime. */
    interface Call<T> {
        T make() throws OrtException;
    }

    /** The gate of the library that this process has loaded. */
    static OrtGate ofProcess() {
        return PROCESS;
    }

    /** Makes a call into the library; waits for ever where the process is ending, which only daemon threads may do. */
    <T> T inside(Call<T> call) throws OrtException {
        gate.readLock().lock();
        try {
            return call.make();
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Waits until no thread is inside, and lets none in any more. Call it last before the process ends. */
    public static void closeBeforeExit() {
        closeBeforeExit(LONGEST_CALL);
    }

    /** @return whether no thread is inside; else {@link System#exit} may crash */
    public static boolean closeBeforeExit(Duration limit) {
        return PROCESS.close(limit);
    }

    /** @return whether every thread left in time */
    boolean close(Duration limit) {
        try {
            return gate.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
