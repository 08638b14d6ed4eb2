package dev.midframe.tensorrt;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Built engines and timing caches in a folder that several processes may use at once: one builds, the others wait for what
 * it made. Where the folder cannot be written, everything works, only slower.
 */
final class EngineCache {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);
    private static final long RETRY_NANOS = 50_000_000;

    /** Makes what the cache does not have. */
    @FunctionalInterface
    interface Maker {

        /** @param arena where the result lives */
        MemorySegment make(Arena arena);
    }

    private final Path folder;

    EngineCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What is kept under a key, or, where that is missing, damaged or foreign, what the maker makes; that is then kept.
     *
     * @param kind ending of the file's name
     * @param arena how long the result lives
     * @param cancelled ends the waiting for another process when it says so
     * @throws TensorRtException when it was cancelled
     */
    MemorySegment get(String key, String kind, Arena arena, BooleanSupplier cancelled, Maker maker) {
        CacheFile file = file(key, kind);
        MemorySegment kept = file.read(arena);
        if (kept != null) {
            return kept;
        }
        try (Lock lock = lock(file, cancelled)) {
            MemorySegment others = lock.held() ? file.read(arena) : null;
            if (others != null) {
                return others;
            }
            MemorySegment made = maker.make(arena);
            write(file, made);
            return made;
        }
    }

    /** What is kept under a key, empty where there is none. */
    MemorySegment find(String key, String kind, Arena arena) {
        MemorySegment kept = file(key, kind).read(arena);
        return kept == null ? MemorySegment.NULL : kept;
    }

    /** Keeps something under a key; the latest wins. */
    void put(String key, String kind, MemorySegment content) {
        write(file(key, kind), content);
    }

    private CacheFile file(String key, String kind) {
        return new CacheFile(folder.resolve(EngineKey.sha256(key).substring(0, 32) + "." + kind), key);
    }

    private static void write(CacheFile file, MemorySegment content) {
        try {
            file.write(content);
        } catch (IOException e) {
            LOG.warn("{} cannot be kept ({}): the next start will build it again", file.path(), e.toString());
        }
    }

    /** A lock between processes, or none where locking is impossible. */
    private record Lock(
            @Nullable FileChannel channel, @Nullable FileLock fileLock) implements AutoCloseable {

        boolean held() {
            return fileLock != null;
        }

        @Override
        public void close() {
            try {
                if (fileLock != null) {
                    fileLock.release();
                }
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                LOG.warn("a lock of the engine cache was not released: {}", e.toString());
            }
        }
    }

    private static Lock lock(CacheFile file, BooleanSupplier cancelled) {
        Path path = file.path().resolveSibling(file.path().getFileName() + ".lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                LOG.info("another program is making {}: waiting for it", file.path());
            }
            while (lock == null) {
                if (cancelled.getAsBoolean()) {
                    channel.close();
                    throw new TensorRtException(
                            "another program is making " + file.path() + ", and nobody waits for it");
                }
                LockSupport.parkNanos(RETRY_NANOS);
                lock = tryLock(channel);
            }
            return new Lock(channel, lock);
        } catch (IOException e) {
            LOG.warn("{} cannot be locked ({}): going on without", path, e.toString());
            return new Lock(channel, null);
        }
    }

    /** Null while another process, or another thread of this one, holds the lock. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
