package dev.midframe.convert;

import dev.midframe.cadence.Ratio;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.ContainerWriter;
import dev.midframe.container.NewTrack;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Rational;
import dev.midframe.container.Track;
import dev.midframe.convert.encoding.Codec;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.convert.encoding.PictureEncoder;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names the tracks of an output, in the order of the input's.
 *
 * @param reader the input
 * @param writer the output
 */
record OutputTracks(Plan plan, ConvertSettings settings, ContainerReader reader, ContainerWriter writer) {

    /** The finest time base that QuickTime's 32 bits count an hour in. */
    private static final int FINEST = 1_000_000;

    private static final Rational MILLISECOND = new Rational(1, 1000);

    /** Adds them all, and connects each with what fills it. */
    void add(EncodedCaps caps, PictureSource pictures, Map<Integer, EncodedPackets> sounds, CopiedPackets copied) {
        writer.describeLike(reader);
        Map<Integer, Plan.Kept> kept = plan.tracks().stream()
                .collect(Collectors.toMap(one -> one.track().index(), one -> one));
        for (Track track : plan.film().tracks()) {
            if (track.index() == plan.film().pictures().index()) {
                pictures.into(writer.add(reader, pictures(caps, pictures)));
            } else if (kept.get(track.index()) instanceof Plan.Copied) {
                copied.copy(track, writer.copy(reader, track));
            } else if (kept.get(track.index()) instanceof Plan.Texts texts) {
                copied.copyTexts(track, writer.add(reader, texts(texts)), texts.codec());
            } else if (kept.get(track.index()) instanceof Plan.Attached) {
                writer.attachCover(reader, track);
            } else if (kept.get(track.index()) instanceof Plan.Encoded encoded) {
                EncodedPackets sound = Objects.requireNonNull(sounds.get(track.index()));
                Optional<EncodedCaps> made = sound.caps();
                if (made.isPresent()) {
                    sound.into(writer.add(reader, sound(encoded, made.get())));
                }
            }
        }
    }

    private NewTrack pictures(EncodedCaps caps, PictureSource packets) {
        PictureFormat format = plan.film().pictureFormat();
        PictureEncoder encoder = plan.encoder();
        byte[] extradata =
                encoder.codec() == Codec.AV1 ? EncodedCaps.sequenceHeader(packets.firstBytes()) : caps.codecData();
        return new NewTrack(
                plan.film().pictures(),
                encoder.codec().ffmpegName(),
                plan.container().turnsPictures() ? encoder.tag() : "",
                extradata,
                timeBase(),
                Optional.of(new NewTrack.Pictures(
                        caps.number("width"),
                        caps.number("height"),
                        caps.fraction("pixel-aspect-ratio"),
                        encoder.pixelFormat(),
                        caps.fraction("framerate"),
                        plan.container().turnsPictures(),
                        !format.rgb(),
                        caps.mastering())),
                Optional.empty());
    }

    /** Exact for real frames and for those between them, where 32 bits are enough for it. */
    private Rational timeBase() {
        Rational base = plan.film().pictures().timeBase();
        Ratio rate = settings.fps().orElse(settings.factor());
        BigInteger ticks = BigInteger.valueOf(base.denominator());
        BigInteger steps = BigInteger.valueOf(rate.numerator());
        BigInteger exact =
                settings.fps().isPresent() ? ticks.multiply(steps).divide(ticks.gcd(steps)) : ticks.multiply(steps);
        return exact.bitLength() < Integer.SIZE && exact.intValue() <= FINEST
                ? new Rational(1, exact.intValue())
                : new Rational(1, FINEST);
    }

    private NewTrack texts(Plan.Texts texts) {
        return new NewTrack(
                texts.track(),
                texts.codec(),
                "",
                SubtitleText.extradata(texts.codec()),
                MILLISECOND,
                Optional.empty(),
                Optional.empty());
    }

    private NewTrack sound(Plan.Encoded encoded, EncodedCaps caps) {
        int rate = caps.number("rate");
        return new NewTrack(
                encoded.track(),
                encoded.encoder().codec(),
                "",
                caps.codecData(),
                new Rational(1, rate),
                Optional.empty(),
                Optional.of(new NewTrack.Sound(
                        rate,
                        caps.number("channels"),
                        encoded.encoder().frameSize(),
                        encoded.encoder().padding())));
    }
}
