package dev.midframe.tensorrt.build;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a check of a stream's engines found, kept beside them. */
public final class Verdict {

    private final EngineCache cache;
    private final String key;
    private final boolean built;

    /**
     * @param keys of the engines
     * @param built whether one of them was built just now, so that nothing is known of it
     */
    Verdict(EngineCache cache, List<EngineKey> keys, boolean built) {
        this.cache = cache;
        this.key = "verdict on "
                + String.join(" and ", keys.stream().map(EngineKey::text).toList());
        this.built = built;
    }

    /** What was found; empty after a build, and where nothing is kept. */
    public Optional<String> kept() {
        if (built) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = cache.find(key, EngineCache.VERDICT, arena).toArray(ValueLayout.JAVA_BYTE);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8)).filter(text -> !text.isEmpty());
        }
    }

    /** Whether one of the engines was built just now. */
    public boolean built() {
        return built;
    }

    /** Keeps how fast they are, for people: {@link CachedEngines#rates}. */
    public void keepRate(String text) {
        cache.put("rate and " + key, EngineCache.RATE, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Keeps what was found. */
    public void keep(String finding) {
        cache.put(key, EngineCache.VERDICT, MemorySegment.ofArray(finding.getBytes(StandardCharsets.UTF_8)));
    }
}
