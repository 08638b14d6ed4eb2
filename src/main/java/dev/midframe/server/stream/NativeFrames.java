package dev.midframe.server.stream;

import com.sun.jna.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.freedesktop.gstreamer.glib.NativeObject;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * Decoded frames as GStreamer's own pointers: taken from an appsink, stamped, given to an appsrc, without copying pixels
 * and without a wrapper that the garbage collector would have to free. Only one thread at a time uses it.
 */
final class NativeFrames {
    static final long NONE = 0;
    static final long UNKNOWN_TIME = -1;

    private static final int FORMAT_TIME = 3;
    private static final int COPY_ALL = 0xf;
    private static final long PTS = 72;
    private static final long DTS = 80;
    private static final long DURATION = 88;
    private static final long BUFFER_BYTES = 112;
    private static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup core = SymbolLookup.libraryLookup("libgstreamer-1.0.so.0", Arena.global());
    private final SymbolLookup app = SymbolLookup.libraryLookup("libgstapp-1.0.so.0", Arena.global());
    private final MethodHandle tryPull = function(app, "gst_app_sink_try_pull_sample", LONG, LONG, LONG);
    private final MethodHandle push = function(app, "gst_app_src_push_buffer", INT, LONG, LONG);
    private final MethodHandle setCaps =
            linker.downcallHandle(app.findOrThrow("gst_app_src_set_caps"), FunctionDescriptor.ofVoid(LONG, LONG));
    private final MethodHandle sampleBuffer = function(core, "gst_sample_get_buffer", LONG, LONG);
    private final MethodHandle sampleCaps = function(core, "gst_sample_get_caps", LONG, LONG);
    private final MethodHandle sampleSegment = function(core, "gst_sample_get_segment", LONG, LONG);
    private final MethodHandle toRunningTime = function(core, "gst_segment_to_running_time", LONG, LONG, INT, LONG);
    private final MethodHandle copyRegion = function(core, "gst_buffer_copy_region", LONG, LONG, INT, LONG, LONG);
    private final MethodHandle unref =
            linker.downcallHandle(core.findOrThrow("gst_mini_object_unref"), FunctionDescriptor.ofVoid(LONG));

    static long address(NativeObject object) {
        return Pointer.nativeValue(Natives.getRawPointer(object));
    }

    /** The next sample, now the caller's; {@link #NONE} when none came in time, the stream ended or does not run. */
    long pull(long appsink, long timeoutNanos) {
        return call(() -> (long) tryPull.invokeExact(appsink, timeoutNanos));
    }

    /** Nanoseconds since the sample's pipeline began to run; {@link #UNKNOWN_TIME} when it has no timestamp. */
    long runningTime(long sample) {
        return call(() -> {
            long pts = buffer((long) sampleBuffer.invokeExact(sample)).get(ValueLayout.JAVA_LONG, PTS);
            long segment = (long) sampleSegment.invokeExact(sample);
            return pts == UNKNOWN_TIME ? UNKNOWN_TIME : (long) toRunningTime.invokeExact(segment, FORMAT_TIME, pts);
        });
    }

    /** A frame of its own over the sample's pixels. */
    long frameOf(long sample) {
        return call(() -> copyOf((long) sampleBuffer.invokeExact(sample)));
    }

    /** A second frame over the same pixels. */
    long copyOf(long frame) {
        return call(() -> (long) copyRegion.invokeExact(frame, COPY_ALL, 0L, -1L));
    }

    void stamp(long frame, long ptsNanos) {
        MemorySegment buffer = buffer(frame);
        buffer.set(ValueLayout.JAVA_LONG, PTS, ptsNanos);
        buffer.set(ValueLayout.JAVA_LONG, DTS, UNKNOWN_TIME);
    }

    /** In nanoseconds; {@link #UNKNOWN_TIME} when it has none. */
    long duration(long frame) {
        return buffer(frame).get(ValueLayout.JAVA_LONG, DURATION);
    }

    /** Makes the sample's caps those of what is pushed next. */
    void followCaps(long appsrc, long sample) {
        call(() -> {
            setCaps.invokeExact(appsrc, (long) sampleCaps.invokeExact(sample));
            return 0L;
        });
    }

    /** Gives the frame away. */
    void push(long appsrc, long frame) {
        call(() -> (int) push.invokeExact(appsrc, frame));
    }

    /** Frees a sample or a frame. */
    void free(long object) {
        call(() -> {
            unref.invokeExact(object);
            return 0L;
        });
    }

    private static MemorySegment buffer(long address) {
        return MemorySegment.ofAddress(address).reinterpret(BUFFER_BYTES);
    }

    private MethodHandle function(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return linker.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private interface NativeCall<T> {
        T invoke() throws Throwable;
    }

    private static <T> T call(NativeCall<T> call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call into GStreamer failed", e);
        }
    }
}
