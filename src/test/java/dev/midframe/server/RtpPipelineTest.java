package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.element.MidframeElement;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pipelines/rtp.gst between a sender and a receiver that are other programs. */
class RtpPipelineTest {
    private static final int SECONDS = 20;

    @TempDir
    private Path folder;

    @Test
    void thirtyFramesASecondBecomeSixtyInOrder() throws Exception {
        OtherPrograms.require("ffmpeg");
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        int in = OtherPrograms.freePort();
        int out = OtherPrograms.freePort();
        Path sdp = folder.resolve("out.sdp");
        Files.writeString(sdp, Files.readString(Path.of("pipelines/rtp.sdp")).replace("5006", Integer.toString(out)));
        Path list = folder.resolve("packets.txt");
        // Every frame is wanted, however busy the machine: the times of the frames are what is measured.
        PipelineDescription description = PipelineDescription.of(
                "pipelines/rtp.gst",
                Map.of(
                        "port", "" + in,
                        "rtcp", "" + (in + 1),
                        "to", "" + out,
                        "to-rtcp", "" + (out + 1),
                        "overload", "block",
                        "preset", "ultrafast",
                        "jitter", "1000"));
        try (OtherPrograms programs = new OtherPrograms();
                MediaPipeline pipeline = MediaPipeline.launch(description)) {
            pipeline.play();
            Process receiver = programs.ffmpeg(
                    "-protocol_whitelist file,udp,rtp -i", sdp, "-an -t " + SECONDS + " -c copy -f framecrc", list);
            programs.ffmpeg(
                    OtherPrograms.evenPace() + " -stream_loop -1 -i",
                    clip(),
                    "-an -vf scale=160:96,fps=30 -c:v libx264 -preset ultrafast "
                            + "-tune zerolatency -g 15 -pix_fmt yuv420p -f rtp rtp://127.0.0.1:" + in);
            assertThat(receiver.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        List<Double> times = times(list);
        assertThat(times).hasSizeGreaterThan(SECONDS * 60 * 9 / 10);
        assertThat(times).isSorted().doesNotHaveDuplicates();
        double seconds = times.getLast() - times.getFirst();
        assertThat((times.size() - 1) / seconds).isCloseTo(60, within(0.5));
    }

    /** Presentation times in seconds from ffmpeg's framecrc: stream, dts, pts, duration, size, checksum. */
    private static List<Double> times(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                // ffmpeg gives the first packet of a stream it joins no time of its own.
                .skip(1)
                .map(line -> Double.parseDouble(line.split(",")[2].strip()) / 90_000)
                .toList();
    }

    /** A clip from life where the footage lies beside the project, otherwise one that ffmpeg draws. */
    private Path clip() throws Exception {
        String given = System.getenv("MIDFRAME_FOOTAGE");
        Path footage = Path.of(given == null ? "../shared/footage" : given).resolve("clips/ax_london_360p");
        if (Files.isDirectory(footage)) {
            try (Stream<Path> files = Files.list(footage)) {
                return files.filter(file -> file.toString().endsWith(".mp4"))
                        .findFirst()
                        .orElseThrow();
            }
        }
        Path drawn = folder.resolve("drawn.mp4");
        try (OtherPrograms programs = new OtherPrograms()) {
            assertThat(programs.ffmpeg("-f lavfi -i testsrc2=size=160x96:rate=30 -t 10 -pix_fmt yuv420p", drawn)
                            .waitFor())
                    .isZero();
        }
        return drawn;
    }
}
