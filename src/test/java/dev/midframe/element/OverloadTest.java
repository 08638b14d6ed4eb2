package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import dev.midframe.testkit.SeekFlag;
import dev.midframe.testkit.TestPipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that takes too long for the stream, and then gets well. */
class OverloadTest {

    private static final int SLOW_PAIRS = 3;

    private static final TestEngines ENGINES = new TestEngines();
    private static final List<FrameKind> OBSERVED = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void register() {
        ENGINES.register((element, pts, kind, nanos) -> OBSERVED.add(kind));
    }

    @BeforeEach
    void slowDown() {
        OBSERVED.clear();
        AtomicInteger pairs = new AtomicInteger();
        ENGINES.beforeCopy = () -> {
            if (pairs.getAndIncrement() < SLOW_PAIRS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(120));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "videotestsrc pattern=snow num-buffers=150 ! video/x-raw,framerate=25/1,width=32,height=32 ! "
                        + "midframe name=m on-overload=skip scene-change=off ! fakesink sync=true qos=true",
                "videotestsrc pattern=snow num-buffers=150 is-live=true ! video/x-raw,framerate=25/1,width=32,height=32 ! queue ! "
                        + "midframe name=m on-overload=skip scene-change=off ! fakesink sync=false"
            })
    void leavesOutGeneratedFramesAndRecovers(String description) {
        try (TestPipeline running = new TestPipeline(description)) {
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-skipped")).isPositive();
            assertThat(OBSERVED.stream().filter(kind -> kind == FrameKind.REAL)).hasSize(150);
            assertThat(OBSERVED.subList(OBSERVED.indexOf(FrameKind.SKIPPED), OBSERVED.size()))
                    .contains(FrameKind.GENERATED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = "videotestsrc pattern=snow num-buffers=25 ! video/x-raw,framerate=25/1,width=32,height=32 ! "
                    + "midframe name=m scene-change=off ! fakesink sync=true qos=true")
    void waitsForEveryFrameByDefault(String description) {
        try (TestPipeline running = new TestPipeline(description)) {
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-skipped")).isEqualTo(0);
            assertThat(running.element("m").number("frames-generated")).isEqualTo(24);
        }
    }

    /** Late past the end of the stream: nothing that is left can be shown in time. */
    @Test
    void leavesOutEverythingOnceTheStreamShouldBeOver() {
        ENGINES.beforeCopy = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(900));
        String stream = "videotestsrc pattern=snow ! video/x-raw,framerate=25/1,width=32,height=32 "
                + "! midframe name=m depth=1 on-overload=skip scene-change=off ! fakesink sync=true qos=true";
        try (TestPipeline running = new TestPipeline(stream)) {
            running.pause();
            running.seek(1.0, SeekFlag.ACCURATE, 0, TimeUnit.MILLISECONDS.toNanos(800));
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-generated")).isLessThan(5L);
        }
    }

    /** Where generating is what takes the time, the decoder must not be asked to hurry: it would leave out real frames. */
    @Test
    void keepsQualityOfServiceFromWhatComesBefore() {
        ENGINES.beforeCopy = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(120));
        String stream =
                "videotestsrc pattern=snow num-buffers=50 ! video/x-raw,format=I420,framerate=25/1,width=32,height=32 "
                        + "! x264enc tune=zerolatency speed-preset=ultrafast ! avdec_h264 "
                        + "! midframe name=m on-overload=skip scene-change=off ! fakesink sync=true qos=true";
        try (TestPipeline running = new TestPipeline(stream)) {
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-in")).isEqualTo(50);
            assertThat(running.element("m").number("frames-skipped")).isPositive();
        }
    }
}
