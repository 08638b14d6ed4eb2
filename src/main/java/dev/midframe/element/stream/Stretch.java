package dev.midframe.element.stream;

import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.properties.Settings;

/**
 * Lets the frames of a stretch of the stream leave, and remembers when those on both sides of it would have left. Written by the
 * streaming thread, read by any.
 */
public final class Stretch {

    private final Settings settings;
    private final Buffers buffers;
    private volatile long before = Settings.NEVER;
    private volatile long after = Settings.NEVER;

    /** @param buffers releases what does not leave */
    public Stretch(Settings settings, Buffers buffers) {
        this.settings = settings;
        this.buffers = buffers;
    }

    /** Stream time of the last frame before the stretch, in nanoseconds; {@link Settings#NEVER} where none came. */
    public long before() {
        return before;
    }

    /** Stream time of the first frame behind the stretch, in nanoseconds; {@link Settings#NEVER} where none came. */
    public long after() {
        return after;
    }

    public void reset() {
        before = Settings.NEVER;
        after = Settings.NEVER;
    }

    /**
     * Whether a frame leaves; one that does not is released.
     *
     * @param streamTime in nanoseconds, below 0 where it is unknown: such frames leave
     * @throws Flow.Stop when the stretch is over
     */
    public boolean holds(Departure departure, long streamTime) {
        boolean over = streamTime >= settings.until;
        boolean early = streamTime >= 0 && streamTime < settings.from;
        if ((over || early) && departure instanceof Departure.Ready ready) {
            buffers.unref(ready.buffer());
        }
        if (over) {
            after = Math.min(after, streamTime);
            throw new Flow.Stop(Flow.EOS);
        }
        before = early ? streamTime : before;
        return !early;
    }
}
