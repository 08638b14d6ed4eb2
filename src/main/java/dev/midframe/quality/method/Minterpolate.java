package dev.midframe.quality.method;

import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.material.TripletReader;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ffmpeg's filter minterpolate (motion-compensated interpolation, scene changes repeated) at twice the rate: what
 * people use where they have no other interpolation. One ffmpeg a sequence, fed from a thread that reads the sequence a
 * second time, because the filter looks ahead.
 *
 * <p>The filter gives 2n - 3 frames for n: from the first to the last but one, each twice as often. So the last real frame
 * is given twice, and the frames at odd positions are the generated ones in order. It works on Y'CbCr: RGB pictures pass
 * through 4:4:4 on their way. It always makes the frame halfway, whatever the triplet's time.
 */
public final class Minterpolate implements Method {

    /** The name of the filter with its defaults in the figures. */
    public static final String DEFAULT_NAME = "minterpolate";

    /** How it is called in the figures, and how the filter is set. */
    private record Setting(String name, String description, String options) {}

    private static final Setting DEFAULT = new Setting(DEFAULT_NAME, "its defaults", "");
    private static final Setting ADAPTIVE = new Setting(
            "minterpolate-aobmc",
            "adaptive overlapped blocks of variable size, bidirectional search",
            ":mc_mode=aobmc:me_mode=bidir:vsbmc=1");

    private final Ffmpeg ffmpeg;
    private final Setting setting;
    private @Nullable Sequence sequence;
    private @Nullable Process process;
    private @Nullable Thread feeder;

    private Minterpolate(Ffmpeg ffmpeg, Setting setting) {
        this.ffmpeg = ffmpeg;
        this.setting = setting;
    }

    /** With its defaults and the ffmpeg of the search path; empty if there is none. */
    public static Optional<Minterpolate> installed() {
        return Ffmpeg.installed().map(ffmpeg -> new Minterpolate(ffmpeg, DEFAULT));
    }

    /** With its defaults, and with what takes longest and is thought best; none without ffmpeg. */
    public static Stream<Minterpolate> everySetting() {
        return Ffmpeg.installed().stream()
                .flatMap(ffmpeg -> Stream.of(DEFAULT, ADAPTIVE).map(set -> new Minterpolate(ffmpeg, set)));
    }

    @Override
    public String name() {
        return setting.name;
    }

    @Override
    public String description() {
        return "ffmpeg -vf minterpolate, motion-compensated, " + setting.description;
    }

    @Override
    public void start(Sequence sequence) {
        close();
        this.sequence = sequence;
    }

    @Override
    public void between(Triplet triplet, VideoFrame target) {
        byte[] bytes = read(target.format());
        target.copyFrom(VideoFrame.packed(target.format(), MemorySegment.ofArray(bytes)));
    }

    /** The filter makes the frame all the same: what it makes later depends on the motion it found before. */
    @Override
    public void skip(Triplet triplet) {
        read(triplet.real().format());
    }

    @Override
    public void close() {
        if (process == null || feeder == null) {
            return;
        }
        // Asked politely while nobody reads its pictures, ffmpeg waits for that for ever, and the feeder for ffmpeg.
        process.destroyForcibly();
        try {
            feeder.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    private byte[] read(FrameFormat format) {
        Process ffmpeg = running(format);
        InputStream output = ffmpeg.getInputStream();
        byte[] bytes = new byte[Math.toIntExact(format.packedBytes())];
        try {
            output.skipNBytes(bytes.length);
            if (output.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException("it ended early");
            }
        } catch (IOException failure) {
            String complaint = ffmpeg.errorReader().lines().reduce("", (earlier, line) -> line);
            throw new EvaluationException("ffmpeg minterpolate gave no frame: " + complaint, failure);
        }
        return bytes;
    }

    private Process running(FrameFormat format) {
        if (process == null) {
            process = launch(format);
            Sequence fed = sequence;
            OutputStream input = new BufferedOutputStream(process.getOutputStream());
            feeder = Thread.ofPlatform().name("minterpolate").start(() -> feed(fed, input));
        }
        return process;
    }

    private Process launch(FrameFormat format) {
        boolean rgb = format.pixelFormat() == PixelFormat.RGB;
        String layout = rgb ? "rgb24" : "yuv420p";
        String filter = (rgb ? "format=yuv444p," : "") + "minterpolate=fps=50" + setting.options;
        List<String> input =
                List.of("-f", "rawvideo", "-pix_fmt", layout, "-s", format.width() + "x" + format.height());
        List<String> arguments = Stream.of(
                        List.of("-v", "error"),
                        input,
                        List.of("-r", "25", "-i", "pipe:0", "-vf", filter, "-fps_mode", "passthrough"),
                        List.of("-f", "rawvideo", "-pix_fmt", layout, "pipe:1"))
                .flatMap(List::stream)
                .toList();
        try {
            return ffmpeg.command(arguments).start();
        } catch (IOException failure) {
            throw new EvaluationException("cannot start " + ffmpeg.program() + ": " + failure.getMessage(), failure);
        }
    }

    /** Whatever fails here makes ffmpeg end early, which the reading side reports. */
    private static void feed(Sequence sequence, OutputStream input) {
        try (input;
                TripletReader triplets = sequence.open()) {
            byte[] second = new byte[0];
            for (Triplet triplet = triplets.next(); triplet != null; triplet = triplets.next()) {
                input.write(packed(triplet.first()));
                second = packed(triplet.second());
            }
            input.write(second);
            input.write(second);
        } catch (IOException | RuntimeException ended) {
            return;
        }
    }

    private static byte[] packed(VideoFrame frame) {
        byte[] bytes = new byte[Math.toIntExact(frame.format().packedBytes())];
        VideoFrame.packed(frame.format(), MemorySegment.ofArray(bytes)).copyFrom(frame);
        return bytes;
    }
}
