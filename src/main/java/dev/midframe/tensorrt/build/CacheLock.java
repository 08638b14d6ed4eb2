package dev.midframe.tensorrt.build;

import dev.midframe.tensorrt.TensorRtException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Held by one thread of one process at a time; by one thread of every process where files cannot be locked. */
final class CacheLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheLock.class);
    private static final long RETRY_NANOS = 50_000_000;

    /** One thread at a time opens the file: closing any channel on it gives up all that the process has locked there. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private final Path path;
    private final Semaphore threads;
    private @Nullable FileChannel channel;

    private CacheLock(Path path) {
        this.path = path;
        this.threads = THREADS.computeIfAbsent(path, made -> new Semaphore(1));
    }

    /**
     * Waits until nobody else has it.
     *
     * @param path of a file that serves as the lock; made with its folder, and left there
     * @param cancelled ends the waiting when it says so
     * @throws TensorRtException when it was cancelled
     */
    static CacheLock take(Path path, BooleanSupplier cancelled) {
        CacheLock lock = new CacheLock(path.toAbsolutePath().normalize());
        lock.waitUntil(lock.threads::tryAcquire, cancelled);
        try {
            lock.lockFile(cancelled);
        } catch (IOException e) {
            LOG.warn("{} cannot be locked ({}): going on without", path, e.toString());
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        return lock;
    }

    private void lockFile(BooleanSupplier cancelled) throws IOException {
        Files.createDirectories(path.getParent());
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = opened;
        waitUntil(
                () -> {
                    FileLock lock = opened.tryLock();
                    return lock != null;
                },
                cancelled);
    }

    @FunctionalInterface
    private interface Attempt<E extends Exception> {
        boolean succeeds() throws E;
    }

    private <E extends Exception> void waitUntil(Attempt<E> attempt, BooleanSupplier cancelled) throws E {
        boolean logged = false;
        while (!attempt.succeeds()) {
            if (cancelled.getAsBoolean()) {
                throw new TensorRtException("another program has locked " + path + ", and nobody waits for it");
            }
            if (!logged) {
                LOG.info("another program has locked {}: waiting for it", path);
                logged = true;
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("{} was not unlocked: {}", path, e.toString());
        } finally {
            threads.release();
        }
    }
}
