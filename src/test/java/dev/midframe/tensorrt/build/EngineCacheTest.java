package dev.midframe.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.CacheLockProbe;
import dev.midframe.tensorrt.EngineCacheProcess;
import dev.midframe.tensorrt.TensorRtException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCacheTest {

    private static final String KEY = "an engine of something on some GPU";
    private static final byte[] ENGINE = {5, 4, 3, 2, 1};

    @TempDir
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void makesAnEngineOnceAndKeepsIt() {
        assertThat(get(KEY)).isEqualTo(ENGINE);
        assertThat(get(KEY)).isEqualTo(ENGINE);
        assertThat(made).hasValue(1);
    }

    @Test
    void anotherKeyIsAnotherEngine() {
        get(KEY);
        get(KEY + "!");
        assertThat(made).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999})
    void aFileWithOneChangedByteIsMadeAgain(double share) throws IOException {
        get(KEY);
        byte[] bytes = Files.readAllBytes(file());
        bytes[(int) (share * bytes.length)] ^= 1;
        Files.write(file(), bytes);

        assertThat(get(KEY)).isEqualTo(ENGINE);
        assertThat(made).hasValue(2);
        assertThat(get(KEY)).isEqualTo(ENGINE);
        assertThat(made).as("and kept again").hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 90})
    void aFileThatEndsEarlyIsMadeAgain(int length) throws IOException {
        get(KEY);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        assertThat(get(KEY)).isEqualTo(ENGINE);
        assertThat(made).hasValue(2);
    }

    @Test
    void aWholeFileOfAnotherKeyIsNotTrusted() throws IOException {
        get(KEY);
        Path mine = file();
        get(KEY + "!");
        Path others = files().filter(file -> !file.equals(mine)).findAny().orElseThrow();
        Files.copy(others, mine, StandardCopyOption.REPLACE_EXISTING);

        get(KEY);
        assertThat(made).hasValue(3);
    }

    @Test
    void manyThreadsThatWantTheSameEngineMakeItOnce() throws Exception {
        Callable<byte[]> wanting = () -> get(KEY);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<byte[]> result :
                    threads.invokeAll(List.of(wanting, wanting, wanting, wanting, wanting, wanting))) {
                assertThat(result.get()).isEqualTo(ENGINE);
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void processesThatWantTheSameEngineMakeItOnce() throws Exception {
        List<Process> processes = Stream.generate(this::start).limit(3).toList();
        int makers = 0;
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
            makers += output.contains(EngineCacheProcess.MADE) ? 1 : 0;
        }
        assertThat(makers).isEqualTo(1);
        assertThat(get(EngineCacheProcess.KEY)).isEqualTo(EngineCacheProcess.ENGINE);
        assertThat(made).hasValue(0);
    }

    @Test
    void whoNeedsAnEngineNoMoreDoesNotWaitForAnotherToMakeIt() {
        assertThatThrownBy(() -> cache().get(KEY, "engine", Arena.ofAuto(), () -> false, arena -> {
                    cache().get(KEY, "engine", arena, () -> true, this::make);
                    return make(arena);
                }))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("nobody waits for it");
        assertThat(made).hasValue(0);
    }

    @Test
    void whoGivesUpWaitingDoesNotUnlockTheFileForOtherProcesses() {
        cache().get(KEY, "engine", Arena.ofAuto(), () -> false, arena -> {
            assertThatThrownBy(() -> cache().get(KEY, "engine", arena, () -> true, this::make))
                    .hasMessageContaining("nobody waits for it");
            assertThat(lockedForOthers()).isTrue();
            return make(arena);
        });
        assertThat(lockedForOthers()).isFalse();
    }

    @Test
    void whatIsOfNoUseIsMadeAgain() {
        MemorySegment useless = MemorySegment.ofArray(get(KEY));
        assertThat(renew(useless)).isEqualTo(ENGINE);
        assertThat(made).hasValue(2);
        get(KEY);
        assertThat(made).as("and kept").hasValue(2);
    }

    @Test
    void whatIsOfNoUseIsNotMadeAgainWhereAnotherHasDoneSo() {
        cache().put(KEY, "engine", MemorySegment.ofArray(new byte[] {9, 9}));
        assertThat(renew(MemorySegment.ofArray(ENGINE))).containsExactly(9, 9);
        assertThat(made).hasValue(0);
    }

    @Test
    void aFailedBuildLeavesNothingBehind() {
        assertThatThrownBy(() -> cache().get(KEY, "engine", Arena.ofAuto(), () -> false, arena -> {
                    throw new TensorRtException("no");
                }))
                .hasMessage("no");
        assertThat(files()).isEmpty();
        assertThat(get(KEY)).isEqualTo(ENGINE);
    }

    @Test
    void aFolderThatCannotBeMadeCostsOnlyTime() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        EngineCache cache = new EngineCache(file.resolve("engines"), 1L << 30);

        assertThat(cache.get(KEY, "engine", Arena.ofAuto(), () -> false, this::make)
                        .toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(ENGINE);
    }

    @Test
    void aTimingCacheIsReplacedByTheLatest() {
        EngineCache cache = cache();
        assertThat(cache.find(KEY, "timing", Arena.ofAuto()).byteSize()).isZero();
        cache.put(KEY, "timing", MemorySegment.ofArray(new byte[] {1}));
        cache.put(KEY, "timing", MemorySegment.ofArray(new byte[] {2, 3}));
        assertThat(cache.find(KEY, "timing", Arena.ofAuto()).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(2, 3);
    }

    @Test
    void everythingAnEngineDependsOnIsInItsKey() {
        BuildSettings settings = BuildSettings.DEFAULT;
        EngineKey key = new EngineKey("graph", "gpu", "13.0", "11.2.1", settings);
        List<EngineKey> others = List.of(
                new EngineKey("graph2", "gpu", "13.0", "11.2.1", settings),
                new EngineKey("graph", "gpu2", "13.0", "11.2.1", settings),
                new EngineKey("graph", "gpu", "13.1", "11.2.1", settings),
                new EngineKey("graph", "gpu", "13.0", "11.2.2", settings),
                new EngineKey(
                        "graph",
                        "gpu",
                        "13.0",
                        "11.2.1",
                        new BuildSettings(Precision.FP32, 3, 4L << 30, BuildSettings.Warps.ENGINE)),
                new EngineKey(
                        "graph",
                        "gpu",
                        "13.0",
                        "11.2.1",
                        new BuildSettings(Precision.FP16, 5, 4L << 30, BuildSettings.Warps.ENGINE)));

        assertThat(others).extracting(EngineKey::text).doesNotHaveDuplicates().doesNotContain(key.text());
    }

    private byte[] get(String key) {
        try (Arena arena = Arena.ofConfined()) {
            return cache().get(key, "engine", arena, () -> false, this::make).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] renew(MemorySegment useless) {
        return cache().renew(KEY, "engine", useless, Arena.ofAuto(), () -> false, this::make)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment make(Arena arena) {
        made.incrementAndGet();
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, ENGINE);
    }

    private EngineCache cache() {
        return new EngineCache(folder, 1L << 30);
    }

    private Path file() {
        return files().findAny().orElseThrow();
    }

    private Stream<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".lock")).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean lockedForOthers() {
        try (Stream<Path> files = Files.list(folder)) {
            Path lock = files.filter(file -> file.toString().endsWith(".lock"))
                    .findAny()
                    .orElseThrow();
            return Boolean.parseBoolean(new String(
                    start(CacheLockProbe.class, lock).getInputStream().readAllBytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Process start() {
        return start(EngineCacheProcess.class, folder);
    }

    private static Process start(Class<?> program, Path argument) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName(),
                            argument.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
