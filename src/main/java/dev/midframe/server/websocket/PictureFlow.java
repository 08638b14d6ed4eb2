package dev.midframe.server.websocket;

import dev.midframe.server.metrics.StreamMeter;
import dev.midframe.server.stream.FrameKinds;
import dev.midframe.server.stream.RepeatedFrames;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * From encoded pictures to access units for clients: numbers them, marks what they are, and keeps their times growing
 * across restarts of the pipeline. One thread at a time offers pictures.
 */
public final class PictureFlow {
    private final FrameKinds kinds;
    private final RepeatedFrames repeated;
    private final Viewers viewers;
    private final StreamMeter meter;
    private final long epochNanos;
    private int sequence;
    private long lastPtsMicros = -1;
    private volatile @Nullable StreamFormat format;

    public PictureFlow(FrameKinds kinds, RepeatedFrames repeated, Viewers viewers, StreamMeter meter, long epochNanos) {
        this.kinds = kinds;
        this.repeated = repeated;
        this.viewers = viewers;
        this.meter = meter;
        this.epochNanos = epochNanos;
    }

    /**
     * @param startedNanos when the picture's pipeline began to run, on the clock of the epoch
     */
    public void offer(EncodedPicture picture, long startedNanos) {
        StreamFormat current = formatOf(picture);
        if (current == null) {
            return;
        }
        format = current;
        long pts = TimeUnit.NANOSECONDS.toMicros(startedNanos - epochNanos + Math.max(0, picture.runningTimeNanos()));
        lastPtsMicros = Math.max(pts, lastPtsMicros + 1);
        AccessUnit unit = AccessUnit.copyOf(
                ByteBufAllocator.DEFAULT,
                picture.payload(),
                flags(picture),
                sequence++,
                lastPtsMicros,
                picture.captureMicros(),
                current);
        try {
            meter.picture(unit.bytes());
            viewers.offer(unit);
        } finally {
            unit.release();
        }
    }

    /** What time it is in the stream. */
    public long timeMicros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - epochNanos);
    }

    /** As of the last picture; null before the first key frame. */
    @Nullable
    public StreamFormat format() {
        return format;
    }

    private int flags(EncodedPicture picture) {
        int flags = picture.contents().key() ? AccessUnit.Flag.KEY.bit() : 0;
        flags |= picture.contents().codec() != null ? AccessUnit.Flag.CONFIG.bit() : 0;
        flags |= repeated.hold(picture.streamTimeNanos()) ? AccessUnit.Flag.REPEATED.bit() : 0;
        return flags
                | switch (kinds.get(picture.streamTimeNanos())) {
                    case GENERATED -> AccessUnit.Flag.GENERATED.bit();
                    case BLENDED -> AccessUnit.Flag.BLENDED.bit();
                    case REAL, SKIPPED, LATE, NO_ENGINE -> 0;
                };
    }

    /** Only a picture with parameter sets can change the format; before the first one nothing can be decoded. */
    private @Nullable StreamFormat formatOf(EncodedPicture picture) {
        String codec = picture.contents().codec();
        if (codec == null) {
            return format;
        }
        EncodedPicture.Size size = picture.size();
        return new StreamFormat(codec, size.width(), size.height(), size.rateNumerator(), size.rateDenominator());
    }
}
