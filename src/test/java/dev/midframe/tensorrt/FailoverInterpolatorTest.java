package dev.midframe.tensorrt;

import static dev.midframe.testkit.gpu.FakeGpuStack.bytes;
import static dev.midframe.testkit.gpu.FakeGpuStack.empty;
import static dev.midframe.testkit.gpu.FakeGpuStack.frame;
import static dev.midframe.testkit.gpu.FakeGpuStack.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.engine.FailoverInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.video.VideoFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that goes on when its device is lost; both engines are the GPU engine, over two devices in Java. */
class FailoverInterpolatorTest {

    private static final int LOST = 719;

    @TempDir
    private Path folder;

    private final List<String> reported = new ArrayList<>();
    private FakeGpuStack first;
    private FakeGpuStack second;
    private FailoverInterpolator film;

    @BeforeEach
    void open() {
        first = FakeGpuStack.of(110201, folder);
        second = FakeGpuStack.of(110201, folder);
        film = new FailoverInterpolator(
                first.open(2), () -> second.open(2), failure -> reported.add(failure.getMessage()));
    }

    @AfterEach
    void close() {
        film.close();
        first.close();
        second.close();
    }

    @Test
    void usesTheFirstEngineWhileItWorks() {
        film.advance(frame(0));
        film.advance(frame(1));

        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(0, 1, 0.5));
        assertThat(reported).isEmpty();
    }

    @Test
    void goesOnWithTheOtherEngineWhenAFrameCannotBeTaken() {
        film.advance(frame(0));
        film.advance(frame(1));
        first.gpu().failing("cuCtxSetCurrent", LOST);
        film.advance(frame(2));

        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(1, 2, 0.5));
        assertThat(reported).singleElement().asString().contains("the GPU stopped working");
        assertThat(first.gpu().open()).as("of the lost device").isZero();
    }

    @Test
    void goesOnWithTheOtherEngineWhenAPairCannotBeStarted() {
        film.advance(frame(0));
        film.advance(frame(1));
        first.gpu().failing("cuGraphLaunch", LOST);

        assertThat(fetch(film.interpolate(0.25))).isEqualTo(mix(0, 1, 0.25));
        assertThat(reported).hasSize(1);
    }

    @Test
    void aPairThatTheLostDeviceStillOwesRepeatsItsFirstFrame() {
        film.advance(frame(0));
        film.advance(frame(1));
        GeneratedFrames owed = film.interpolate(0.5);
        first.gpu().failing("cuEventSynchronize", LOST);

        assertThat(fetch(owed)).isEqualTo(bytes(frame(0)));
        film.advance(frame(2));
        assertThat(fetch(film.interpolate(0.5))).isEqualTo(mix(1, 2, 0.5));
    }

    @Test
    void aPairThatIsOwedRepeatsItsOwnFirstFrameHoweverManyCameAfterIt() {
        film.advance(frame(0));
        film.advance(frame(1));
        GeneratedFrames early = film.interpolate(0.5);
        for (int number = 2; number < 12; number++) {
            film.reset();
            film.advance(frame(number));
        }
        film.advance(frame(12));
        GeneratedFrames late = film.interpolate(0.5);
        first.gpu().failing("cuEventSynchronize", LOST);

        assertThat(fetch(early)).isEqualTo(bytes(frame(0)));
        assertThat(fetch(late)).isEqualTo(bytes(frame(11)));
    }

    @Test
    void failsEveryTimeWhenTheOtherEngineDoesNotOpen() {
        FailoverInterpolator lost = new FailoverInterpolator(
                second.open(2),
                () -> {
                    throw new InterpolationException("no CPU either");
                },
                failure -> reported.add(failure.getMessage()));
        second.gpu().failing("cuCtxSetCurrent", LOST);
        for (int number = 0; number < 3; number++) {
            VideoFrame next = frame(number);
            assertThatThrownBy(() -> lost.advance(next))
                    .isInstanceOf(InterpolationException.class)
                    .hasMessage("no CPU either");
        }
        lost.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void failsWhenTheOtherEngineFailsToo() {
        film.advance(frame(0));
        first.gpu().failing("cuCtxSetCurrent", LOST);
        film.advance(frame(1));
        second.gpu().failing("cuCtxSetCurrent", LOST);

        assertThatThrownBy(() -> film.advance(frame(2))).isInstanceOf(InterpolationException.class);
    }

    private static byte[] fetch(GeneratedFrames frames) {
        VideoFrame target = empty();
        try (frames) {
            frames.copyTo(0, target);
        }
        return bytes(target);
    }
}
