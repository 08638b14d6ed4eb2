package dev.midframe.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedEnginesTest {

    private static final int BYTES = 1000;

    @TempDir
    private Path folder;

    @Test
    void nothingIsKeptWhereThereIsNoFolder() throws IOException {
        assertThat(new CachedEngines(folder.resolve("none")).entries()).isEmpty();
    }

    @Test
    void whatIsKeptIsListedWithWhatItIsTheLatestUsedFirst() throws IOException {
        build("FLOW of film", 1);
        build("FUSION of film", 2);
        new EngineCache(folder, Long.MAX_VALUE).put("timings", EngineCache.TIMING, MemorySegment.ofArray(new byte[10]));

        List<CachedEngines.Entry> entries = new CachedEngines(folder).entries();
        assertThat(entries).extracting(CachedEngines.Entry::kind).containsExactly("timing", "engine", "engine");
        assertThat(entries).extracting(CachedEngines.Entry::what).containsExactly("", "FUSION of film", "FLOW of film");
        assertThat(entries).extracting(CachedEngines.Entry::key).startsWith("timings");
        assertThat(entries.getLast().bytes()).isGreaterThan(BYTES);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        build("first", 1);
        build("second", 2);
        build("third", 3);
        read("first");

        List<CachedEngines.Entry> removed = new CachedEngines(folder).prune(2 * (BYTES + 500));
        assertThat(removed).extracting(CachedEngines.Entry::what).containsExactly("second");
        assertThat(new CachedEngines(folder).entries())
                .extracting(CachedEngines.Entry::what)
                .containsExactly("first", "third");
    }

    @Test
    void aBuildKeepsTheCacheUnderItsLimit() throws IOException {
        for (int number = 0; number < 5; number++) {
            build("number " + number, number, 2 * (BYTES + 500));
        }

        assertThat(new CachedEngines(folder).entries())
                .extracting(CachedEngines.Entry::what)
                .containsExactly("number 4", "number 3");
    }

    @Test
    void nothingStaysWhereNothingMayAndOtherFilesAreLeftAlone() throws IOException {
        build("engine", 1);
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("damaged.engine"), "no engine");

        assertThat(new CachedEngines(folder).prune(0)).hasSize(2);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".lock")))
                    .containsExactly("notes.txt");
        }
    }

    private void build(String what, int second) throws IOException {
        build(what, second, Long.MAX_VALUE);
    }

    /** Built at that second of 1970: files' times need not tell apart what follows at once. */
    private void build(String what, int second, long limit) throws IOException {
        EngineCache cache = new EngineCache(folder, limit);
        cache.get(what, EngineCache.ENGINE, Arena.ofAuto(), () -> false, arena -> arena.allocate(BYTES));
        cache.built(what, what);
        for (CachedEngines.Entry entry : new CachedEngines(folder).entries()) {
            if (entry.what().equals(what)) {
                for (Path file : entry.files()) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
                }
            }
        }
    }

    private void read(String what) {
        new EngineCache(folder, Long.MAX_VALUE).get(what, EngineCache.ENGINE, Arena.ofAuto(), () -> false, arena -> {
            throw new AssertionError(what + " is kept");
        });
    }
}
