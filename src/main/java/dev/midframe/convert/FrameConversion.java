package dev.midframe.convert;

import dev.midframe.cadence.Ratio;
import dev.midframe.container.ContainerException;
import dev.midframe.container.Packet;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Rational;
import dev.midframe.container.Track;
import dev.midframe.convert.frames.FrameTarget;
import dev.midframe.convert.frames.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A film's pictures alone, at a steady rate, into what is no container. */
final class FrameConversion implements Conversion {

    private static final int EIGHT = 8;

    private final Film film;
    private final FrameTarget target;
    private final PictureText pictures;
    private final String encoder;
    private final List<String> notes;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable EncodedPackets running;

    private FrameConversion(Film film, FrameTarget target, ConvertSettings settings) {
        PictureFormat format = film.pictureFormat();
        this.film = film;
        this.target = target;
        this.notes = new ArrayList<>();
        boolean ten = format.depth() > EIGHT && target instanceof FrameTarget.StandardOutput;
        String raw = ten ? "I420_10LE" : "I420";
        PictureText.Encoding encoding =
                switch (target) {
                    case FrameTarget.StandardOutput _ -> new PictureText.Encoding(raw, "identity", false);
                    case FrameTarget.Stills _ -> new PictureText.Encoding("RGB", "pngenc compression-level=3", false);
                };
        this.encoder = target instanceof FrameTarget.Stills ? "pngenc" : "YUV4MPEG2, " + raw;
        this.pictures = new PictureText(film, encoding, true, atSteadyRate(settings, format.rate()), Optional.empty());
        note(format, ten);
    }

    static Conversion of(Film film, FrameTarget target, ConvertSettings settings) {
        return new FrameConversion(film, target, settings);
    }

    /** These pictures have no times of their own. */
    private static ConvertSettings atSteadyRate(ConvertSettings settings, Rational rate) {
        return settings.fps().isPresent() || !rate.isKnown()
                ? settings
                : settings.withFps(new Ratio(rate.numerator(), rate.denominator()).times(settings.factor()));
    }

    private void note(PictureFormat format, boolean ten) {
        for (Track track : film.tracks()) {
            if (track.used() && track.index() != film.pictures().index()) {
                notes.add(track + " is left out: pictures alone are written");
            }
        }
        if (format.depth() > EIGHT && !ten) {
            notes.add("the pictures have " + format.depth() + " bits; 8 are kept");
        }
        if (format.alpha()) {
            notes.add("transparency is left out");
        }
        if (format.interlaced()) {
            notes.add("the pictures are interlaced: one is made of each two fields");
        }
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public String encoder() {
        return encoder;
    }

    @Override
    public String pipeline() {
        return switch (target) {
            case FrameTarget.StandardOutput _ ->
                pictures.forPerson("y4menc\n  ! fdsink", Map.of()).text();
            case FrameTarget.Stills stills ->
                pictures.forPerson(
                                "multifilesink index=1 location=${output}",
                                Map.of("output", stills.pattern().toString()))
                        .text();
        };
    }

    @Override
    public long positionNanos() {
        EncodedPackets packets = running;
        return packets == null ? 0 : packets.latest();
    }

    @Override
    public long durationNanos() {
        return film.durationNanos();
    }

    @Override
    public void stop() {
        stopped.set(true);
        EncodedPackets packets = running;
        if (packets != null) {
            packets.stop();
        }
    }

    @Override
    public void removeOutput() {
        // What is written has another name until it is whole, or is read already.
    }

    @Override
    public Result run(boolean keepPartial) {
        try (FrameWriter writer = target.open();
                var packets = new EncodedPackets(
                        pictures.forProgram(),
                        new EncodedPackets.Timing(OptionalLong.empty(), 0),
                        () -> Packet.UNKNOWN_TIME,
                        Feed.of(film))) {
            running = packets;
            packets.start();
            writer.begin(packets.caps()
                    .orElseThrow(() -> new ContainerException(
                            stopped.get() ? "stopped" : "no picture of " + film.file() + " could be decoded")));
            boolean more = true;
            while (more && !stopped.get()) {
                more = packets.next(writer::write);
            }
            if (stopped.get()) {
                throw new ContainerException("stopped");
            }
            Result result = packets.result(0);
            film.requireAllFrames(result.framesIn());
            writer.finish();
            return result;
        } finally {
            running = null;
        }
    }
}
