package dev.midframe.cli.demo;

import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.MidframeHome;
import dev.midframe.cli.PipelineRun;
import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe demo}: the main job in one command. */
@Command(
        name = "demo",
        description = {
            "Makes a 60 fps film of a 30 fps one, to see what Midframe does.",
            "It lies beside FILE. Without FILE, midframe makes a short film with sound first, in your home folder."
        })
public final class DemoCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A video file.")
    private Path file = Path.of(System.getenv().getOrDefault("HOME", ""), "midframe-demo-30fps.mp4");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model, see 'midframe models' (default: ${DEFAULT-VALUE}).")
    private String model = "auto";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getErr();
        boolean own = spec.commandLine().getParseResult().matchedPositional(0) == null;
        if (!own && !Files.isRegularFile(file)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no file " + file + "; 'midframe demo' without a file makes its own");
        }
        GStreamerRuntime.start();
        if (own) {
            makeFilm(file);
            out.println("midframe: made " + file + ": " + DemoFilm.FRAMES + " frames at " + DemoFilm.RATE
                    + " a second, with sound");
        }
        var description = PipelineDescription.of(
                MidframeHome.pipeline("file.gst").toString(),
                Map.of("input", file.toString(), "output", smoother(file).toString(), "model", model));
        try (var media = MediaPipeline.launch(description)) {
            PipelineRun.Result result = new PipelineRun(media, out).toTheEnd();
            result.secondHalf()
                    .ifPresent(pace -> out.printf(
                            Locale.ROOT,
                            "midframe: its second half, behind the start: %.1f frames a second, %.2f x real time%n",
                            pace.framesPerSecond(),
                            pace.realTime()));
            out.flush();
            return result.exitCode();
        }
    }

    /** {@code film.mkv} becomes {@code film-60fps.mp4} beside it. */
    private static Path smoother(Path file) {
        String name =
                file.getFileName().toString().replaceFirst("\\.[^.]*$", "").replaceFirst("-30fps$", "");
        return file.resolveSibling(name + "-60fps.mp4");
    }

    private static void makeFilm(Path target) throws InterruptedException {
        var film = new DemoFilm();
        var description = PipelineDescription.of(
                """
                appsrc name=pictures format=time block=true max-bytes=10000000
                    caps=video/x-raw,format=BGR,width=${width},height=${height},framerate=${rate}/1
                  ! videoconvert ! video/x-raw,format=I420 ! x264enc pass=qual quantizer=16 speed-preset=veryfast
                  ! h264parse ! mp4mux name=out ! filesink location=${target}
                audiotestsrc wave=ticks freq=330 tick-interval=500000000 num-buffers=${frames} samplesperbuffer=${samples}
                  ! audio/x-raw,rate=44100,channels=1 ! audioconvert ! avenc_aac ! aacparse ! out.
                """,
                Map.of(
                        "width", Integer.toString(DemoFilm.WIDTH),
                        "height", Integer.toString(DemoFilm.HEIGHT),
                        "rate", Integer.toString(DemoFilm.RATE),
                        "frames", Integer.toString(DemoFilm.FRAMES),
                        "samples", Integer.toString(44100 / DemoFilm.RATE),
                        "target", target.toString()));
        try (var media = MediaPipeline.launch(description)) {
            AppSrc pictures = media.appSrc("pictures").orElseThrow();
            media.play();
            for (int frame = 0; frame < DemoFilm.FRAMES; frame++) {
                pictures.push(picture(film, frame));
            }
            pictures.end();
            var outcome = media.await(Duration.ofMinutes(2));
            var failure = outcome.isEmpty()
                    ? List.of("it took too long")
                    : outcome.get().failure().stream().toList();
            if (!failure.isEmpty()) {
                media.removeOutputs();
                throw new IllegalStateException("cannot make the demo film: " + failure.getFirst());
            }
        }
    }

    private static MediaBuffer picture(DemoFilm film, int frame) {
        byte[] pixels = film.at((double) frame / DemoFilm.RATE);
        MediaBuffer buffer = MediaBuffer.allocate(pixels.length);
        buffer.write(bytes -> bytes.copyFrom(MemorySegment.ofArray(pixels)));
        long second = Duration.ofSeconds(1).toNanos();
        buffer.stamp(frame * second / DemoFilm.RATE, second / DemoFilm.RATE);
        return buffer;
    }
}
