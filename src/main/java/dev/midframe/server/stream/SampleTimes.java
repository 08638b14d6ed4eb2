package dev.midframe.server.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * The times of a sample, through its segment, which gst1-java-core does not show. Encoders move timestamps and the
 * segment together (x264enc by 1,000 hours, so that no decoding time is negative): only running and stream time compare.
 */
final class SampleTimes {
    private static final int FORMAT_TIME = 3;
    private static final long NONE = -1;

    private final MethodHandle sampleSegment;
    private final MethodHandle toRunningTime;
    private final MethodHandle toStreamTime;

    SampleTimes() {
        SymbolLookup gstreamer = SymbolLookup.libraryLookup("libgstreamer-1.0.so.0", Arena.global());
        FunctionDescriptor convert = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        sampleSegment = linker.downcallHandle(
                gstreamer.findOrThrow("gst_sample_get_segment"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        toRunningTime = linker.downcallHandle(gstreamer.findOrThrow("gst_segment_to_running_time"), convert);
        toStreamTime = linker.downcallHandle(gstreamer.findOrThrow("gst_segment_to_stream_time"), convert);
    }

    /** Nanoseconds since the pipeline began to run; -1 when the timestamp is unknown or outside of the segment. */
    long runningTime(Sample sample, long pts) {
        return convert(toRunningTime, sample, pts);
    }

    /** Nanoseconds in the stream: the timestamp the frame had before it was encoded; -1 when unknown. */
    long streamTime(Sample sample, long pts) {
        return convert(toStreamTime, sample, pts);
    }

    private long convert(MethodHandle function, Sample sample, long pts) {
        if (pts == NONE) {
            return NONE;
        }
        try {
            long native_ = com.sun.jna.Pointer.nativeValue(Natives.getRawPointer(sample));
            return (long) function.invokeExact((long) sampleSegment.invokeExact(native_), FORMAT_TIME, pts);
        } catch (Throwable e) {
            throw new IllegalStateException("GStreamer's time conversion failed", e);
        }
    }
}
