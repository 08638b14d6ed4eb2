package dev.midframe.quality.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.method.Minterpolate;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.VideoFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClipTest {

    @TempDir
    Path folder;

    @Test
    void everyFrameComesOnceInOrderWithItsBytes() throws Exception {
        Path file = make(
                "testsrc2=size=428x242:rate=25:duration=0.44,format=rgb24,crop=427:241",
                "-c:v",
                "ffv1",
                "-pix_fmt",
                "yuv420p");
        List<byte[]> frames = decoded(file, 427, 241);

        List<byte[]> read = new ArrayList<>();
        try (TripletReader triplets = clip(file, OptionalInt.empty()).open()) {
            for (Triplet triplet = triplets.next(); triplet != null; triplet = triplets.next()) {
                assertThat(triplet.time()).isEqualTo(0.5);
                assertThat(triplet.index()).isEqualTo(read.size() + (read.isEmpty() ? 1 : 0));
                if (read.isEmpty()) {
                    read.add(packed(triplet.first()));
                } else {
                    assertThat(packed(triplet.first())).isEqualTo(read.getLast());
                }
                read.add(packed(triplet.real()));
                read.add(packed(triplet.second()));
            }
        }

        assertThat(frames).hasSize(11);
        assertThat(read).hasSize(11);
        for (int i = 0; i < read.size(); i++) {
            assertThat(Arrays.equals(read.get(i), frames.get(i)))
                    .as("frame %d", i)
                    .isTrue();
        }
    }

    @Test
    void rangeAndMatrixAreTheClipsOwn() throws Exception {
        Path file = make(
                "testsrc2=size=64x64:rate=25:duration=0.2",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuvj420p",
                "-vf",
                "scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p",
                "-colorspace",
                "bt709");

        try (TripletReader triplets = clip(file, OptionalInt.empty()).open()) {
            assertThat(triplets.next().real().format().colorimetry())
                    .isEqualTo(new Colorimetry(Range.FULL, Matrix.BT709));
        }
    }

    @Test
    void widerClipsAreScaledDownAndNarrowerOnesLeftAlone() throws Exception {
        Path file = make("testsrc2=size=640x360:rate=25:duration=0.2", "-c:v", "ffv1", "-pix_fmt", "yuv420p");

        try (TripletReader triplets = clip(file, OptionalInt.of(320)).open()) {
            assertThat(triplets.next().real().format().toString()).contains("320x180");
        }
        try (TripletReader triplets = clip(file, OptionalInt.of(1280)).open()) {
            assertThat(triplets.next().real().format().toString()).contains("640x360");
        }
    }

    @Test
    void aLimitEndsEarlyAndIsExpected() throws Exception {
        Path file = make("testsrc2=size=64x64:rate=25:duration=0.6", "-c:v", "ffv1", "-pix_fmt", "yuv420p");

        try (TripletReader triplets =
                clip(file, OptionalInt.empty()).limitedTo(2).open()) {
            assertThat(triplets.next()).isNotNull();
            assertThat(triplets.expected()).isEqualTo(2);
            assertThat(triplets.next()).isNotNull();
            assertThat(triplets.next()).isNull();
        }
    }

    @Test
    void unevenFrameTimesAreTheTripletsTime() throws Exception {
        Path file = make(
                "testsrc2=size=64x64:rate=25:duration=0.12",
                "-c:v",
                "ffv1",
                "-pix_fmt",
                "yuv420p",
                "-vf",
                "setpts=N*N/25/TB",
                "-fps_mode",
                "vfr");

        try (TripletReader triplets = clip(file, OptionalInt.empty()).open()) {
            assertThat(triplets.next().time()).isEqualTo(0.25);
        }
    }

    @Test
    void tooFewFramesAreTold() throws Exception {
        Path file = make("testsrc2=size=64x64:rate=25:duration=0.08", "-c:v", "ffv1", "-pix_fmt", "yuv420p");

        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(EvaluationException.class)
                .hasMessage(file + " has fewer than 3 frames: too few to leave one out");
    }

    @Test
    void whatIsNoVideoIsTold() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video here, only words");
        Path sound = folder.resolve("sound.mp4");
        ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", sound.toString());

        for (Path file : List.of(text, sound)) {
            assertThatThrownBy(() -> readAll(file))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageStartingWith("cannot read video from " + file)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void closingEarlyAndOftenLeavesNothingRunning() throws Exception {
        Path file = make("testsrc2=size=64x64:rate=25:duration=4", "-c:v", "ffv1", "-pix_fmt", "yuv420p");

        for (int i = 0; i < 20; i++) {
            try (TripletReader triplets = clip(file, OptionalInt.empty()).open()) {
                assertThat(triplets.next()).isNotNull();
            }
        }
    }

    private static void readAll(Path file) {
        try (TripletReader triplets = clip(file, OptionalInt.empty()).open()) {
            while (triplets.next() != null) {
                assertThat(triplets.expected()).isNotZero();
            }
        }
    }

    private static Sequence clip(Path file, OptionalInt width) {
        return new ClipFolder(file, width).sequences().getFirst();
    }

    private Path make(String source, String... options) throws Exception {
        Path file = folder.resolve("clip.mkv");
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        ffmpeg(arguments.toArray(String[]::new));
        return file;
    }

    private static void ffmpeg(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Minterpolate.installed().isPresent(), "ffmpeg is not installed: no clip to read");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private List<byte[]> decoded(Path file, int width, int height) throws Exception {
        Path raw = folder.resolve("clip.raw");
        ffmpeg("-i", file.toString(), "-f", "rawvideo", raw.toString());
        byte[] all = Files.readAllBytes(raw);
        int size = width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2);
        List<byte[]> frames = new ArrayList<>();
        for (int start = 0; start < all.length; start += size) {
            frames.add(Arrays.copyOfRange(all, start, start + size));
        }
        return frames;
    }

    private static byte[] packed(VideoFrame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frame.planes().forEach(plane -> bytes.writeBytes(plane.data().toArray(ValueLayout.JAVA_BYTE)));
        return bytes.toByteArray();
    }
}
