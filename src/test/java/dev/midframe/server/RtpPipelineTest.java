package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.element.AveragingInterpolator;
import dev.midframe.element.FrameObserver;
import dev.midframe.element.MidframeElement;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.freedesktop.gstreamer.Gst;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pipelines/rtp.gst between a sender and a receiver that are other programs. */
class RtpPipelineTest {
    private static final int SECONDS = 20;

    @TempDir
    private Path folder;

    @Test
    void thirtyFramesASecondBecomeSixtyInOrder() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "ffmpeg"))),
                "skipped: ffmpeg is not installed");
        Gst.init("test");
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        int in = freePort();
        int out = freePort();
        Path sdp = folder.resolve("out.sdp");
        Files.writeString(sdp, Files.readString(Path.of("pipelines/rtp.sdp")).replace("5006", Integer.toString(out)));
        Path list = folder.resolve("packets.txt");
        // Every frame is wanted, however busy the machine: the times of the frames are what is measured.
        PipelineDescription description = PipelineDescription.of(
                "pipelines/rtp.gst",
                Map.of("port", "" + in, "to", "" + out, "overload", "block", "preset", "ultrafast", "jitter", "1000"));
        Process sender = null;
        Process receiver = null;
        try (MediaPipeline pipeline = MediaPipeline.launch(description)) {
            pipeline.play();
            receiver =
                    ffmpeg("-protocol_whitelist file,udp,rtp -i", sdp, "-t " + SECONDS + " -c copy -f framecrc", list);
            sender = ffmpeg(
                    "-re -f lavfi -i testsrc2=size=160x96:rate=30 -c:v libx264 -preset ultrafast -tune zerolatency -g 15 "
                            + "-pix_fmt yuv420p -f rtp rtp://127.0.0.1:" + in);
            assertThat(receiver.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            for (Process process : new Process[] {sender, receiver}) {
                if (process != null) {
                    process.destroyForcibly().waitFor();
                }
            }
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

    private static Process ffmpeg(Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        for (Object word : words) {
            command.addAll(
                    word instanceof Path path
                            ? List.of(path.toString())
                            : Arrays.asList(word.toString().split(" ")));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // RTP wants an even port; its neighbour carries RTCP.
            return socket.getLocalPort() & ~1;
        }
    }
}
