package dev.midframe.cli.bench;

import dev.midframe.engine.EngineListener;
import dev.midframe.engine.EngineSelector;
import dev.midframe.engine.check.TexturedFrames;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.support.FrameSize;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How long a pair takes in the engine, one at a time: from a frame's arrival until the frame before it can leave. */
final class EngineLatency {

    private static final List<String> SIZES = List.of("320x180", "640x360", "1280x720");
    private static final long LONGEST_MICROS = 600_000_000;

    private EngineLatency() {}

    /**
     * What is measured.
     *
     * @param threads of the CPU, 0 for one per processor
     * @param seconds of each size, behind as many that are not counted: Java compiles in them
     */
    record Settings(String model, Backend backend, int threads, int seconds) {}

    /** The figures of one size, in milliseconds. */
    record Row(String size, long pairs, double p50, double p99, String engine) {}

    static List<Row> measure(Settings settings, PrintWriter out) {
        FilmModels models = FilmModels.ofUser(System.getenv());
        EngineSelector engines = new EngineSelector(models, new OnnxInterpolatorFactory(models), EngineListener.SILENT);
        out.printf("%-12s %8s %9s %9s%n", "engine alone", "pairs", "p50 ms", "p99 ms");
        List<Row> rows = new ArrayList<>();
        for (String size : SIZES) {
            Row row = measure(settings, size, engines);
            rows.add(row);
            out.printf(Locale.ROOT, "%-12s %8d %9.1f %9.1f%n", row.size, row.pairs, row.p50, row.p99);
            out.flush();
        }
        out.println("engine: " + rows.getLast().engine());
        out.flush();
        return rows;
    }

    private static Row measure(Settings settings, String size, EngineSelector engines) {
        FrameSize parsed = FrameSize.parse(size);
        var format = new FrameFormat(PixelFormat.I420, parsed.width(), parsed.height(), Colorimetry.BT601_LIMITED);
        var request = new EngineRequest(
                format, settings.model, settings.backend, /* depth= */ 1, settings.threads, /* device= */ 0);
        try (FrameInterpolator engine = engines.open(request);
                TexturedFrames frames = new TexturedFrames(format)) {
            Duration time = Duration.ofSeconds(settings.seconds);
            new Pairs(engine, frames.frames()).run(time);
            Histogram micros = new Pairs(engine, frames.frames()).run(time);
            return new Row(
                    size,
                    micros.getTotalCount(),
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    engine.description());
        }
    }

    /** Frames to and fro, for as long as it is wanted. */
    private record Pairs(FrameInterpolator engine, List<VideoFrame> frames) {

        Histogram run(Duration time) {
            var micros = new Histogram(LONGEST_MICROS, 3);
            try (Arena arena = Arena.ofConfined()) {
                VideoFrame target = VideoFrame.allocate(engine.format(), arena);
                long end = System.nanoTime() + time.toNanos();
                engine.advance(frames.getFirst());
                for (int pair = 1; System.nanoTime() < end || pair < 2; pair++) {
                    long arrival = System.nanoTime();
                    engine.advance(frames.get(pair % frames.size()));
                    try (GeneratedFrames generated = engine.interpolate(0.5)) {
                        generated.copyTo(0, target);
                    }
                    micros.recordValue((System.nanoTime() - arrival) / 1000);
                }
            }
            return micros;
        }
    }
}
