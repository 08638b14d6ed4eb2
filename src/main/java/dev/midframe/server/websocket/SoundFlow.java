package dev.midframe.server.websocket;

import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From packets of sound to units for clients, on the clock of {@link PictureFlow}. One thread at a time offers packets. */
public final class SoundFlow {
    private static final long PRESENT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Viewers viewers;
    private final long epochNanos;
    private int sequence;
    private long lastPtsMicros = -1;
    private volatile long lastNanos;
    private volatile @Nullable SoundFormat format;

    /** @param epochNanos as of the pictures */
    public SoundFlow(Viewers viewers, long epochNanos) {
        this.viewers = viewers;
        this.epochNanos = epochNanos;
        this.lastNanos = System.nanoTime() - PRESENT_NANOS;
    }

    /** @param startedNanos when the sound's pipeline began to run, on the clock of the epoch */
    public void offer(EncodedSound sound, long startedNanos) {
        lastNanos = System.nanoTime();
        format = sound.format();
        long pts = TimeUnit.NANOSECONDS.toMicros(startedNanos - epochNanos + Math.max(0, sound.runningTimeNanos()));
        lastPtsMicros = Math.max(pts, lastPtsMicros + 1);
        AccessUnit unit = AccessUnit.copyOf(
                ByteBufAllocator.DEFAULT,
                sound.payload(),
                AccessUnit.Flag.SOUND.bit(),
                sequence++,
                lastPtsMicros,
                sound.captureMicros(),
                sound.format());
        try {
            viewers.offer(unit);
        } finally {
            unit.release();
        }
    }

    /** That of the sound that comes at the moment; null where none does. */
    @Nullable
    public SoundFormat format() {
        return present() ? format : null;
    }

    /** Whether sound comes at the moment. */
    public boolean present() {
        return System.nanoTime() - lastNanos < PRESENT_NANOS;
    }
}
