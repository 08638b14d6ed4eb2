package dev.midframe.convert.encoding;

import dev.midframe.container.PictureFormat;
import dev.midframe.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses what encodes the pictures: hardware where it is there and works, unless something else is asked for.
 *
 * @param isInstalled whether GStreamer has an element
 * @param failure why an encoder does not work here, in one line; empty where it does
 */
public record EncoderChoice(Predicate<String> isInstalled, Function<PictureEncoder, Optional<String>> failure) {

    /**
     * What was chosen.
     *
     * @param notes what a person is to know about it, a line each
     */
    public record Chosen(PictureEncoder encoder, List<String> notes) {}

    /**
     * The encoder of a codec.
     *
     * @param ten whether 10 bits are to be kept
     * @throws PipelineException when there is none, or not the one that is asked for
     */
    public Chosen choose(EncoderKind kind, Codec codec, boolean ten, PictureFormat film, PictureQuality quality) {
        var notes = new ArrayList<String>();
        if (kind != EncoderKind.SOFTWARE) {
            List<PictureEncoder> candidates = HardwareEncoders.of(kind, codec, ten, film, quality);
            for (PictureEncoder candidate : candidates) {
                if (isInstalled.test(candidate.element())) {
                    Optional<String> reason = failure.apply(candidate);
                    if (reason.isEmpty()) {
                        return new Chosen(candidate, notes);
                    }
                    notes.add(candidate.element() + " does not work here: " + reason.get());
                }
            }
            if (kind != EncoderKind.AUTO) {
                throw new PipelineException(missing(kind, codec, ten, candidates, notes));
            }
        }
        PictureEncoder software = PictureEncoder.of(codec, ten, quality);
        if (!isInstalled.test(software.element())) {
            throw new PipelineException("GStreamer's " + software.element() + " is not installed here, which encodes "
                    + lower(codec) + "; ./midframe installs what is missing, or choose another --codec");
        }
        return new Chosen(software, notes);
    }

    private static String missing(
            EncoderKind kind, Codec codec, boolean ten, List<PictureEncoder> candidates, List<String> notes) {
        String what = "--encoder " + lower(kind) + ": ";
        if (candidates.isEmpty()) {
            return what + "it does not encode " + lower(codec) + (ten ? " of 10 bits" : "")
                    + "; leave --encoder out, or choose --codec h264 or h265";
        }
        String elements = candidates.stream().map(PictureEncoder::element).collect(Collectors.joining(", "));
        return what
                + (notes.isEmpty()
                        ? "GStreamer has found no such hardware here (no " + elements + ")"
                        : notes.getFirst())
                + "; leave --encoder out for what is there";
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
