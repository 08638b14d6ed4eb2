package dev.midframe.cadence.change;

import dev.midframe.NoiseFrame;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a frame costs; the pictures differ everywhere, so that nothing is cut short. Sampled: the median shows the
 * cost on a machine that does other work as well.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChangeDetectorBenchmark {
    @Param({"I420", "I420_10LE", "RGB", "RGBx"})
    private PixelFormat format;

    @Param({"1080", "2160"})
    private int height;

    private Arena arena;
    private VideoFrame[] frames;
    private ChangeDetector detector;
    private int next;

    @Setup
    public void draw() {
        arena = Arena.ofConfined();
        FrameFormat frameFormat = new FrameFormat(format, height * 16 / 9, height, Colorimetry.BT601_LIMITED);
        detector = new ChangeDetector(frameFormat, ChangeDetector.DEFAULT_SCENE_THRESHOLD);
        frames = new VideoFrame[] {NoiseFrame.of(frameFormat, 1, arena), NoiseFrame.of(frameFormat, 2, arena)};
    }

    @TearDown
    public void release() {
        arena.close();
    }

    @Benchmark
    public Change detect() {
        next ^= 1;
        return detector.detect(frames[next]);
    }
}
