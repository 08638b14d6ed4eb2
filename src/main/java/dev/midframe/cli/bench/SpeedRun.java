package dev.midframe.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.midframe.pipeline.FrameCounts;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.VideoCaps;
import dev.midframe.quality.method.Ffmpeg;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One clip through the element, and through ffmpeg's minterpolate, timed. */
final class SpeedRun {

    private static final Pattern FFMPEG_TIMES =
            Pattern.compile("bench: utime=([\\d.]+)s stime=([\\d.]+)s rtime=([\\d.]+)s");
    private static final Pattern FFMPEG_FRAMES = Pattern.compile("frame=\\s*(\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private SpeedRun() {}

    /**
     * What is measured.
     *
     * @param frames input frames of each clip
     * @param depth pairs in flight, 0 for the element's default
     * @param threads of the engine, 0 for one per processor
     */
    record Settings(int width, int height, int frames, String model, String backend, int depth, int threads) {

        Settings withThreads(int number) {
            return new Settings(width, height, frames, model, backend, depth, number);
        }
    }

    /**
     * The figures of one clip. Rates count output frames over the whole run: opening the engine, warming up, decoding and
     * scaling included, for both.
     *
     * @param realTime the clip's length over the time it took; 1 keeps up with a live source
     * @param ratio output frames a second over minterpolate's, 0 where that was not run
     */
    record Row(
            String clip,
            long framesOut,
            double framesPerSecond,
            double realTime,
            double cpuSeconds,
            double minterpolateFramesPerSecond,
            double minterpolateCpuSeconds,
            double ratio,
            String engine) {}

    static Row measure(Settings settings, @Nullable Path clip, boolean againstMinterpolate)
            throws IOException, InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        try (var media = MediaPipeline.launch(description(settings, clip))) {
            // Exactly so many frames: identity's own eos-after lets through what the decoder still holds, and sometimes
            // all.
            media.elements("identity").forEach(limit -> media.endAfter(settings.frames, limit));
            media.play();
            Outcome outcome =
                    media.await(LIMIT).orElseThrow(() -> new IllegalStateException("no end within 30 minutes"));
            if (outcome.failure().isPresent()) {
                throw new IllegalStateException((clip == null ? "the test picture" : clip.toString()) + ": "
                        + outcome.failure().get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
            var frames = FrameCounts.of(media);
            VideoCaps input = media.elements("midframe").getFirst().caps("sink").orElseThrow();
            double streamed = (double) frames.in() * input.rateDenominator() / input.rateNumerator();
            double rate = frames.out() / seconds;
            double[] other =
                    againstMinterpolate && clip != null ? minterpolate(settings, clip, input) : new double[] {0, 0};
            return new Row(
                    clip == null ? "test picture" : clip.getFileName().toString(),
                    frames.out(),
                    rate,
                    streamed / seconds,
                    cpuSeconds,
                    other[0],
                    other[1],
                    other[0] > 0 ? rate / other[0] : 0,
                    frames.engine().orElse("none"));
        }
    }

    /** The process's largest resident size so far, in megabytes. */
    static long peakMemoryMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            return 0;
        }
    }

    private static PipelineDescription description(Settings settings, @Nullable Path clip) {
        String source = clip == null
                ? "videotestsrc pattern=ball motion=sweep num-buffers=${frames} ! video/x-raw,framerate=30/1"
                : "filesrc location=${clip} ! decodebin expose-all-streams=false caps=video/x-raw(ANY)" + " ! identity";
        var variables = new HashMap<>(Map.of(
                "width",
                Integer.toString(settings.width),
                "height",
                Integer.toString(settings.height),
                "model",
                settings.model,
                "backend",
                settings.backend));
        if (clip == null) {
            variables.put("frames", Integer.toString(settings.frames));
        } else {
            variables.put("clip", clip.toString());
        }
        return PipelineDescription.of(
                source
                        + " ! videoconvertscale ! video/x-raw,format=I420,width=${width},height=${height} ! queue"
                        + " ! midframe model=${model} backend=${backend}"
                        + (settings.depth > 0 ? " depth=" + settings.depth : "")
                        + " threads=" + settings.threads
                        + " ! fakesink sync=false",
                variables);
    }

    /** Output frames a second and CPU seconds of ffmpeg's filter with its default, motion-compensated mode. */
    private static double[] minterpolate(Settings settings, Path clip, VideoCaps input)
            throws IOException, InterruptedException {
        Ffmpeg ffmpeg = Ffmpeg.installed()
                .orElseThrow(
                        () -> new IllegalStateException("--against minterpolate needs ffmpeg: apt-get install ffmpeg"));
        List<String> arguments = List.of(
                "-benchmark",
                "-i",
                clip.toString(),
                "-vf",
                "trim=end_frame=" + settings.frames + ",scale=" + settings.width + ":" + settings.height
                        + ",minterpolate=mi_mode=mci:fps=" + 2 * input.rateNumerator() + "/" + input.rateDenominator(),
                "-an",
                "-f",
                "null",
                "-");
        Process process = ffmpeg.command(arguments).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Matcher times = FFMPEG_TIMES.matcher(output);
        if (exit != 0 || !times.find()) {
            throw new IllegalStateException("ffmpeg failed on " + clip + ": "
                    + output.lines().reduce((a, b) -> b).orElse(""));
        }
        long frames = 0;
        for (Matcher counts = FFMPEG_FRAMES.matcher(output); counts.find(); ) {
            frames = Long.parseLong(counts.group(1));
        }
        double cpu = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
        return new double[] {frames / Double.parseDouble(times.group(3)), cpu};
    }
}
