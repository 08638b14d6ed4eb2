package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * A GstBuffer: bytes that others may share, and times of its own, in nanoseconds. Whoever has it owns it until it is closed or
 * {@link AppSrc#push} takes it; one thread at a time uses it.
 */
public final class MediaBuffer implements AutoCloseable {

    /** A time that is not known. */
    public static final long UNKNOWN_TIME = -1;

    private static final int COPY_ALL = 0xf;
    private static final int MAP_READ = 1;
    private static final int MAP_WRITE = 2;

    private final GStreamer gstreamer;
    private long address;

    /** Takes over a reference to a buffer that nobody else writes to. */
    private MediaBuffer(GStreamer gstreamer, long address) {
        this.gstreamer = gstreamer;
        this.address = address;
    }

    /** A new one of so many bytes, of any content and unknown times. */
    public static MediaBuffer allocate(long bytes) {
        GStreamer gstreamer = GStreamer.get();
        long buffer = gstreamer.gst().gst_buffer_new_allocate(0, bytes, 0);
        if (buffer == 0) {
            throw new PipelineException("no memory for a buffer of " + bytes + " bytes");
        }
        return new MediaBuffer(gstreamer, buffer);
    }

    /** A second one over the bytes of a buffer that the caller owns. */
    static MediaBuffer over(GStreamer gstreamer, long buffer) {
        return new MediaBuffer(gstreamer, gstreamer.gst().gst_buffer_copy_region(buffer, COPY_ALL, 0, -1));
    }

    /** A second one over the same bytes. */
    public MediaBuffer copy() {
        return over(gstreamer, address());
    }

    /** Lends the bytes for writing. */
    public <T> T write(Function<MemorySegment, T> use) {
        return map(gstreamer, address(), MAP_WRITE, use);
    }

    /** Lends a buffer's bytes for reading. */
    static <T> T read(GStreamer gstreamer, long buffer, Function<MemorySegment, T> use) {
        return map(gstreamer, buffer, MAP_READ, use);
    }

    private static <T> T map(GStreamer gstreamer, long buffer, int flags, Function<MemorySegment, T> use) {
        try (Arena arena = Arena.ofConfined()) {
            long info = arena.allocate(Offsets.MAP_INFO_SIZE, 8).address();
            if (gstreamer.gst().gst_buffer_map(buffer, info, flags) == 0) {
                throw new PipelineException("a buffer's bytes cannot be mapped");
            }
            try {
                return use.apply(Memory.bytes(
                        Memory.getLong(info, Offsets.MAP_DATA), Memory.getLong(info, Offsets.MAP_SIZE), arena));
            } finally {
                gstreamer.gst().gst_buffer_unmap(buffer, info);
            }
        }
    }

    /** Gives it a presentation time, and takes the decoding time away. */
    public void stamp(long ptsNanos) {
        Memory.putLong(address(), Offsets.BUFFER_PTS, ptsNanos);
        Memory.putLong(address(), Offsets.BUFFER_DTS, UNKNOWN_TIME);
    }

    /** The presentation time. */
    public long pts() {
        return Memory.getLong(address(), Offsets.BUFFER_PTS);
    }

    /** How long it is shown, or {@link #UNKNOWN_TIME}. */
    public long duration() {
        return Memory.getLong(address(), Offsets.BUFFER_DURATION);
    }

    /** Gives it a presentation time and a duration. */
    public void stamp(long ptsNanos, long durationNanos) {
        stamp(ptsNanos);
        Memory.putLong(address(), Offsets.BUFFER_DURATION, durationNanos);
    }

    /** Gives the reference away: from now on this is closed. */
    long release() {
        long owned = address();
        address = 0;
        return owned;
    }

    private long address() {
        if (address == 0) {
            throw new IllegalStateException("the buffer is closed");
        }
        return address;
    }

    @Override
    public void close() {
        if (address != 0) {
            gstreamer.gst().gst_mini_object_unref(release());
        }
    }
}
