package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Track;
import dev.midframe.container.TrackKind;
import dev.midframe.convert.encoding.Codec;
import dev.midframe.convert.encoding.EncoderChoice;
import dev.midframe.convert.encoding.EncoderTrial;
import dev.midframe.convert.encoding.PictureEncoder;
import dev.midframe.convert.encoding.SoundEncoder;
import dev.midframe.pipeline.InstalledGStreamer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides what becomes of each track, and says so where it is not what it was. */
final class Planner {

    private static final int EIGHT = 8;
    private static final int LEAST_H265 = 16;

    private final Film film;
    private final Container container;
    private final ConvertSettings settings;
    private final List<String> notes = new ArrayList<>();

    private Planner(Film film, Container container, ConvertSettings settings) {
        this.film = film;
        this.container = container;
        this.settings = settings;
    }

    /**
     * Makes the plan.
     *
     * @throws ContainerException when the container cannot hold what is asked for
     */
    static Plan plan(Film film, Container container, ConvertSettings settings) {
        return new Planner(film, container, settings).plan();
    }

    private Plan plan() {
        PictureEncoder encoder = encoder();
        List<Plan.Kept> kept = film.tracks().stream()
                .filter(track ->
                        track.used() && track.index() != film.pictures().index())
                .flatMap(track -> keep(track).stream())
                .toList();
        return new Plan(film, container, encoder, kept, List.copyOf(notes));
    }

    private PictureEncoder encoder() {
        PictureFormat format = film.pictureFormat();
        boolean deep = format.depth() > EIGHT;
        Codec codec = settings.codec().orElseGet(() -> usualCodec(deep));
        if (!container.holds(codec)) {
            throw new ContainerException("a ." + container.ending() + " file cannot hold "
                    + codec.name().toLowerCase(Locale.ROOT) + "; choose --codec "
                    + String.join(", ", container.codecs()) + ", or another ending");
        }
        boolean ten = deep && PictureEncoder.keepsTenBits(codec);
        if (deep && !ten && settings.keepDepth()) {
            throw new ContainerException("--hdr keep: the pictures have " + format.depth() + " bits, and "
                    + codec.name().toLowerCase(Locale.ROOT) + " takes 8; choose --codec h265 or vp9");
        }
        if (deep && !ten) {
            notes.add("the pictures have " + format.depth() + " bits, and GStreamer's encoder of "
                    + codec.name().toLowerCase(Locale.ROOT) + " takes 8: h265 and vp9 take 10");
        } else if (format.depth() > 10) {
            notes.add("the pictures have " + format.depth() + " bits; 10 are kept");
        }
        EncoderChoice.Chosen chosen = new EncoderChoice(
                        InstalledGStreamer::has, candidate -> EncoderTrial.failure(candidate, format))
                .choose(settings.encoder(), codec, ten, format, settings.quality());
        notes.addAll(chosen.notes());
        PictureEncoder encoder = chosen.encoder();
        rate(format);
        if (settings.codec().isEmpty() && deep && codec == Codec.H265) {
            notes.add("the pictures have " + format.depth() + " bits: encoded as h265, which players know with 10");
        }
        if (format.interlaced()) {
            notes.add("the pictures are interlaced: one is made of each two fields");
        }
        if (format.alpha()) {
            notes.add("transparency is left out");
        }
        if (encoder.even() && (format.width() % 2 != 0 || format.height() % 2 != 0)) {
            notes.add(format.width() + "x" + format.height() + " is an odd size, which "
                    + codec.name().toLowerCase(Locale.ROOT) + " cannot have: the last line or column is left out");
        }
        if (format.turned() && !container.turnsPictures()) {
            notes.add("the pictures themselves are turned upright: ." + container.ending()
                    + " files do not say how to show them");
        }
        return encoder;
    }

    private void rate(PictureFormat format) {
        double own = format.rate().value();
        settings.fps().ifPresent(fps -> {
            double wanted = (double) fps.numerator() / fps.denominator();
            if (wanted < own) {
                notes.add(String.format(
                        Locale.ROOT,
                        "%.4g frames a second are fewer than the %.4g that the film has: it becomes less smooth",
                        wanted,
                        own));
            }
        });
    }

    private Codec usualCodec(boolean deep) {
        PictureFormat format = film.pictureFormat();
        boolean large = Math.min(format.width(), format.height()) >= LEAST_H265;
        return container == Container.WEBM ? Codec.VP9 : deep && large ? Codec.H265 : Codec.H264;
    }

    private Optional<Plan.Kept> keep(Track track) {
        return switch (track.kind()) {
            case VIDEO -> track.cover() ? cover(track) : otherPictures(track);
            case AUDIO -> sound(track);
            case SUBTITLE -> subtitles(track);
            case ATTACHMENT -> container == Container.MATROSKA ? copied(track) : leftOut(track);
            case DATA, UNKNOWN -> data(track);
        };
    }

    private Optional<Plan.Kept> cover(Track track) {
        if (container.attachesCovers()) {
            return Optional.of(new Plan.Attached(track));
        }
        return container == Container.MP4 ? copied(track) : leftOut(track);
    }

    private Optional<Plan.Kept> otherPictures(Track track) {
        Optional<Plan.Kept> kept = copied(track);
        kept.ifPresent(_ -> notes.add(track + " stays as it is: one video track is made smoother, "
                + (film.pictures().index() + 1) + " here"));
        return kept;
    }

    private Optional<Plan.Kept> copied(Track track) {
        return container.holds(track.kind(), track.codec()) ? Optional.of(new Plan.Copied(track)) : leftOut(track);
    }

    private Optional<Plan.Kept> sound(Track track) {
        if (container.holds(TrackKind.AUDIO, track.codec())) {
            return Optional.of(new Plan.Copied(track));
        }
        if (SourceText.of(film, track).isEmpty()) {
            return leftOut(track);
        }
        notes.add(track + " is encoded as " + container.soundCodec() + ": ." + container.ending()
                + " files cannot hold it as it is");
        return Optional.of(new Plan.Encoded(track, SoundEncoder.of(container.soundCodec())));
    }

    private Optional<Plan.Kept> subtitles(Track track) {
        if (container.holds(TrackKind.SUBTITLE, track.codec())) {
            return Optional.of(new Plan.Copied(track));
        }
        if (SubtitleText.isText(track.codec())) {
            if (Set.of("ass", "ssa").contains(track.codec())) {
                notes.add(track + " become " + container.textCodec() + ", without their styles");
            }
            return Optional.of(new Plan.Texts(track, container.textCodec()));
        }
        return leftOut(track);
    }

    /** A timecode is a tag too, of which the container makes its track. */
    private Optional<Plan.Kept> data(Track track) {
        boolean timecode = film.tracks().stream().anyMatch(other -> other.tags().containsKey("timecode"));
        if (timecode && track.tags().containsKey("timecode")) {
            return Optional.empty();
        }
        return leftOut(track);
    }

    private Optional<Plan.Kept> leftOut(Track track) {
        notes.add(track + " is left out: ." + container.ending() + " files cannot hold it");
        return Optional.empty();
    }
}
