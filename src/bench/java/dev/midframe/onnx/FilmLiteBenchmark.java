package dev.midframe.onnx;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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

/** Time a pair in a stream, features of the shared frame kept: film-lite on all processors, target 33 ms at 640x360. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class FilmLiteBenchmark {

    private static final int FRAMES = 4;

    @Param({"640x360", "1280x720", "1920x1080"})
    public String size;

    @Param({"1", "2"})
    public int depth;

    private final Arena arena = Arena.ofShared();
    private final VideoFrame[] frames = new VideoFrame[FRAMES];
    private final Deque<GeneratedFrames> inFlight = new ArrayDeque<>();
    private FrameInterpolator interpolator;
    private VideoFrame target;
    private int next;

    @Setup
    public void open() {
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        FrameFormat format = new FrameFormat(PixelFormat.I420, width, height, Colorimetry.BT601_LIMITED);
        FilmModels models = new FilmModels(Path.of("none"));
        interpolator = new OnnxInterpolatorFactory(models)
                .open(new EngineRequest(format, FilmModels.DEFAULT, Backend.CPU, depth, 0, 0));
        for (int number = 0; number < FRAMES; number++) {
            frames[number] = textured(format, number);
        }
        target = VideoFrame.allocate(format, arena);
        interpolator.advance(frames[0]);
    }

    @Benchmark
    public void pair() {
        next = (next + 1) % FRAMES;
        interpolator.advance(frames[next]);
        if (inFlight.size() == depth) {
            fetch();
        }
        inFlight.add(interpolator.interpolate(0.5));
    }

    @TearDown
    public void close() {
        while (!inFlight.isEmpty()) {
            fetch();
        }
        interpolator.close();
        arena.close();
    }

    private void fetch() {
        try (GeneratedFrames generated = inFlight.remove()) {
            generated.copyTo(0, target);
        }
    }

    private VideoFrame textured(FrameFormat format, int number) {
        VideoFrame frame = VideoFrame.allocate(format, arena);
        VideoFrame.Plane luma = frame.planes().getFirst();
        for (int y = 0; y < format.height(); y++) {
            for (int x = 0; x < format.width(); x++) {
                double texture = Math.sin((x - 3 * number) * 0.15) * Math.cos((y - number) * 0.17);
                luma.data().set(ValueLayout.JAVA_BYTE, (long) y * luma.stride() + x, (byte) (128 + 60 * texture));
            }
        }
        frame.planes().stream().skip(1).forEach(plane -> plane.data().fill((byte) 128));
        return frame;
    }
}
