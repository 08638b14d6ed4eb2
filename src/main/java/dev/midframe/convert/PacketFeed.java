package dev.midframe.convert;

import dev.midframe.container.ContainerReader;
import dev.midframe.container.Packet;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Track;
import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a film's packets to GStreamer's decoder where its demuxer does not: GIFs, in which it never ends and stamps all with 0;
 * codecs that it has no name for; broadcasts, whose pictures and sound it moves apart where their times jump; QuickTime files that
 * were cut without encoding, of which it shows too little, and those of whose length the pictures have but a part, which it leaves out.
 */
final class PacketFeed implements Feed {

    /** Running time at which the film's first key frame is shown: what is shown before it has a time as well. */
    private static final long RUN_IN_NANOS = 2_000_000_000;

    private static final Map<String, String> BROADCAST = Map.of(
            "h264", "video/x-h264,stream-format=byte-stream,alignment=au",
            "hevc", "video/x-h265,stream-format=byte-stream,alignment=au",
            "mpeg2video", "video/mpeg,mpegversion=2,systemstream=false,parsed=false",
            "mpeg1video", "video/mpeg,mpegversion=1,systemstream=false,parsed=false");

    private static final Set<String> WITH_ALPHA_BESIDE = Set.of("vp8", "vp9");

    private static final Map<String, String> QUICKTIME = Map.of(
            "h264", "video/x-h264,stream-format=avc,alignment=au",
            "hevc", "video/x-h265,stream-format=hvc1,alignment=au",
            "mpeg4", "video/mpeg,mpegversion=4,systemstream=false",
            "av1", "video/x-av1,stream-format=obu-stream,alignment=tu",
            "vp9", "video/x-vp9",
            "mjpeg", "image/jpeg");

    /** GStreamer's demuxer leaves out what is shorter than a fifth of the film. */
    private static final int SHORT = 4;

    private final Film film;
    private final ContainerReader reader;
    private final Set<Long> discarded = ConcurrentHashMap.newKeySet();
    private final SteadyTime time;
    private final Packet packet = new Packet();
    private boolean begun;
    private @Nullable FeedThread thread;

    PacketFeed(Film film) {
        this.film = film;
        this.reader = ContainerReader.open(film.file());
        this.time = new SteadyTime(film);
    }

    /** What is fed, in GStreamer's words; empty where GStreamer's own demuxer serves. */
    static Optional<String> caps(Film film) {
        PictureFormat format = film.pictureFormat();
        return codedCaps(film).map(caps -> caps + ",width=" + format.width() + ",height=" + format.height());
    }

    private static Optional<String> codedCaps(Film film) {
        Track pictures = film.pictures();
        String codec = pictures.codec();
        if (film.format().equals("mpegts")) {
            return Optional.ofNullable(BROADCAST.get(codec));
        }
        if (film.isQuickTime() && (film.trimmed() || pictures.durationNanos() < film.durationNanos() / SHORT)) {
            return Optional.ofNullable(QUICKTIME.get(codec)).map(caps -> caps + ofContainer(pictures));
        }
        if (film.format().equals("gif")) {
            return Optional.of("image/gst-libav-gif,parsed=true");
        }
        if (codec.equals("dnxhd")) {
            return Optional.of("video/x-dnxhd");
        }
        return WITH_ALPHA_BESIDE.contains(codec) && pictures.tags().containsKey("alpha_mode")
                ? Optional.of("video/x-" + codec)
                : Optional.empty();
    }

    /** What the packets do not say themselves. */
    private static String ofContainer(Track pictures) {
        PictureFormat format = pictures.pictures().orElseThrow();
        byte[] codecData = pictures.extradata();
        return (codecData.length == 0
                        ? ""
                        : ",codec_data=(buffer)" + HexFormat.of().formatHex(codecData))
                + (format.aspect().isKnown() ? ",pixel-aspect-ratio=" + format.aspect() : "")
                + (format.rate().isKnown() ? ",framerate=" + format.rate() : "");
    }

    /** What the film's time is, in nanoseconds, when the pipeline's running time is 0. */
    static long origin(Film film) {
        return film.firstTimes().getOrDefault(film.pictures().index(), 0L) - film.startNanos() - RUN_IN_NANOS;
    }

    @Override
    public void into(AppSrc source) {
        thread = new FeedThread(source, this::next);
    }

    private @Nullable MediaBuffer next() {
        while (reader.read(packet)) {
            long shift = time.shift(packet);
            if (packet.track() == film.pictures().index()) {
                begun |= packet.isKey();
                if (begun) {
                    return buffer(shift - origin(film));
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable RuntimeException failure() {
        FeedThread feeding = thread;
        return feeding == null ? null : feeding.failure();
    }

    @Override
    public boolean isDiscarded(long runningTime) {
        return discarded.contains(runningTime);
    }

    private MediaBuffer buffer(long shift) {
        var bytes = packet.bytes();
        MediaBuffer buffer = MediaBuffer.allocate(bytes.byteSize());
        buffer.write(to -> to.copyFrom(bytes));
        long pts = packet.pts();
        if (packet.isDiscarded() && pts != Packet.UNKNOWN_TIME) {
            discarded.add(pts + shift);
        }
        buffer.stamp(
                pts == Packet.UNKNOWN_TIME || pts + shift < 0 ? MediaBuffer.UNKNOWN_TIME : pts + shift,
                packet.duration() > 0 ? packet.duration() : MediaBuffer.UNKNOWN_TIME);
        return buffer;
    }

    @Override
    public void close() {
        FeedThread feeding = thread;
        if (feeding != null) {
            feeding.join();
        }
        packet.close();
        reader.close();
    }
}
