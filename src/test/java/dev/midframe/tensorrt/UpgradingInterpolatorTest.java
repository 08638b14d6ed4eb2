package dev.midframe.tensorrt;

import static dev.midframe.testkit.gpu.FakeGpuStack.bytes;
import static dev.midframe.testkit.gpu.FakeGpuStack.empty;
import static dev.midframe.testkit.gpu.FakeGpuStack.frame;
import static dev.midframe.testkit.gpu.FakeGpuStack.mix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.engine.UpgradingInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.video.VideoFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that begins with one engine and goes on with another; both are the GPU engine, over two devices in Java. */
class UpgradingInterpolatorTest {

    @TempDir
    private Path folder;

    private final List<String> reported = new ArrayList<>();
    private final CompletableFuture<FrameInterpolator> better = new CompletableFuture<>();
    private FakeGpuStack first;
    private FakeGpuStack second;
    private UpgradingInterpolator film;

    @BeforeEach
    void open() {
        first = FakeGpuStack.of(101600, folder);
        second = FakeGpuStack.of(110201, folder);
        film = new UpgradingInterpolator(first.open(2), better, reported::add);
        film.advance(frame(0));
        film.advance(frame(1));
    }

    @AfterEach
    void everythingIsClosed() {
        film.close();
        assertThat(first.gpu().open() + second.gpu().open()).isZero();
        first.close();
        second.close();
    }

    @Test
    void changesBetweenTwoFramesWithoutLosingAPair() {
        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(0, 1, 0.5));
        better.complete(second.open(2));
        film.advance(frame(2));

        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(1, 2, 0.5));
        assertThat(film.description()).startsWith("TensorRT 11.2.1");
        assertThat(reported).containsExactly("from now on with " + film.description());
        assertThat(first.gpu().open()).as("of the first engine").isZero();
    }

    @Test
    void resultsOfTheFirstEngineStayValidAfterTheChange() {
        GeneratedFrames early = film.interpolate(0.5);
        better.complete(second.open(2));
        film.advance(frame(2));

        assertThat(first.gpu().open()).as("of the first engine").isPositive();
        assertThat(fetch(early)).isEqualTo(mix(0, 1, 0.5));
    }

    @Test
    void staysWithTheFirstEngineWhenTheBetterOneFails() {
        better.completeExceptionally(new TensorRtException("no kernel"));
        film.advance(frame(2));

        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(1, 2, 0.5));
        assertThat(reported).singleElement().asString().endsWith(": no kernel");
    }

    @Test
    void staysWithTheFirstEngineWhenTheBetterOneIsGivenUp() {
        better.cancel(false);
        film.advance(frame(2));

        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(1, 2, 0.5));
        assertThat(reported).isEmpty();
    }

    @Test
    void staysWithTheFirstEngineWhenTheBetterOneHoldsFewerPairs() {
        better.complete(second.open(1));
        film.advance(frame(2));

        assertThat(film.description()).startsWith("TensorRT 10.16.0");
        assertThat(second.gpu().open()).isZero();
    }

    @Test
    void closingGivesUpABetterEngineThatIsNotReady() {
        film.close();

        assertThat(better).isCancelled();
    }

    @Test
    void closingClosesABetterEngineThatIsReadyButNotUsedYet() {
        better.complete(second.open(2));
        film.close();

        assertThat(second.gpu().open()).isZero();
    }

    private static byte[] fetch(GeneratedFrames frames) {
        VideoFrame target = empty();
        try (frames) {
            frames.copyTo(0, target);
        }
        return bytes(target);
    }
}
