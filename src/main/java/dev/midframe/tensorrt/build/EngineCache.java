package dev.midframe.tensorrt.build;

import dev.midframe.tensorrt.Folders;
import dev.midframe.tensorrt.TensorRtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Built engines and timing caches in a folder that several processes may use at once: one builds, the others wait for what
 * it made. Where the folder cannot be written, everything works, only slower.
 */
public final class EngineCache {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);

    /** Makes what the cache does not have. */
    @FunctionalInterface
    public interface Maker {

        /** @param arena where the result lives */
        MemorySegment make(Arena arena);
    }

    static final String ENGINE = "engine";
    static final String TIMING = "timing";
    static final String VERDICT = "verdict";
    static final String RATE = "rate";

    /** What an engine is, for people; beside it, under its key. */
    static final String ABOUT = "about";

    static final Set<String> KINDS = Set.of(ENGINE, TIMING, VERDICT, RATE, ABOUT);

    private static final String LIMIT = "MIDFRAME_TENSORRT_CACHE";
    private static final long DEFAULT_MEBIBYTES = 4096;

    private final Path folder;
    private final long limitBytes;

    /** @param limitBytes after a build what was not used for longest is removed until no more is kept; the new engine stays */
    public EngineCache(Path folder, long limitBytes) {
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    /**
     * The user's.
     *
     * @param environment {@code MIDFRAME_TENSORRT_CACHE}: its limit in MiB, 4096 where nothing is said
     * @throws TensorRtException when that is no such number
     */
    public static EngineCache ofUser(Map<String, String> environment) {
        return new EngineCache(new Folders(environment).engines(), limitBytes(environment));
    }

    /** The limit that a user has chosen, as for {@link #ofUser}. */
    public static long limitBytes(Map<String, String> environment) {
        return BuildSettings.number(environment, LIMIT, DEFAULT_MEBIBYTES, 1, 1 << 24) << 20;
    }

    /**
     * What is kept under a key, or, where that is missing, damaged or foreign, what the maker makes; that is then kept.
     *
     * @param kind ending of the file's name
     * @param arena how long the result lives
     * @param cancelled ends the waiting for another process when it says so
     * @throws TensorRtException when it was cancelled
     */
    public MemorySegment get(String key, String kind, Arena arena, BooleanSupplier cancelled, Maker maker) {
        CacheFile file = file(key, kind);
        MemorySegment kept = file.read(arena);
        if (kept != null) {
            file.touch();
            return kept;
        }
        try (CacheLock _ = lock(file, cancelled)) {
            MemorySegment others = file.read(arena);
            return others != null ? others : make(file, arena, maker);
        }
    }

    /**
     * As {@link #get}, for a key under which something was kept that turned out to be of no use: it is made again, unless
     * another has done so.
     *
     * @param useless what was kept
     */
    MemorySegment renew(
            String key, String kind, MemorySegment useless, Arena arena, BooleanSupplier cancelled, Maker maker) {
        CacheFile file = file(key, kind);
        try (CacheLock _ = lock(file, cancelled)) {
            MemorySegment others = file.read(arena);
            return others != null && others.mismatch(useless) >= 0 ? others : make(file, arena, maker);
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

    /** Notes what an engine is, and removes others where there are too many. */
    void built(String key, String what) {
        put(key, ABOUT, MemorySegment.ofArray(what.getBytes(StandardCharsets.UTF_8)));
        try {
            new CachedEngines(folder)
                    .prune(limitBytes)
                    .forEach(entry ->
                            LOG.info("no longer kept, to stay under the limit: {} {}", entry.kind(), entry.what()));
        } catch (IOException e) {
            LOG.warn("{} cannot be kept under its limit: {}", folder, e.toString());
        }
    }

    private CacheFile file(String key, String kind) {
        return new CacheFile(folder.resolve(EngineKey.sha256(key).substring(0, 32) + "." + kind), key);
    }

    private static CacheLock lock(CacheFile file, BooleanSupplier cancelled) {
        return CacheLock.take(file.path().resolveSibling(file.path().getFileName() + ".lock"), cancelled);
    }

    private static MemorySegment make(CacheFile file, Arena arena, Maker maker) {
        MemorySegment made = maker.make(arena);
        write(file, made);
        return made;
    }

    private static void write(CacheFile file, MemorySegment content) {
        try {
            file.write(content);
        } catch (IOException e) {
            LOG.warn("{} cannot be kept ({}): the next start will build it again", file.path(), e.toString());
        }
    }
}
