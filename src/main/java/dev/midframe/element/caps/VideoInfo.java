package dev.midframe.element.caps;

import dev.midframe.cadence.Ratio;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GstVideo;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What fixed caps say about the frames: a GstVideoInfo, and the same in the terms of the engines.
 *
 * @param memory the GstVideoInfo
 * @param format layout, size and colorimetry
 * @param rate frames a second, null where it varies or is unknown
 * @param bytes of a buffer in the default layout
 */
public record VideoInfo(
        MemorySegment memory, FrameFormat format, @Nullable Ratio rate, long bytes) {

    private static final int PROGRESSIVE = 0;
    private static final long NANOS_A_SECOND = 1_000_000_000;

    /**
     * Reads caps.
     *
     * @throws InterpolationException when the element cannot work on such frames
     */
    public static VideoInfo of(GstVideo video, long caps) {
        MemorySegment memory = Arena.ofAuto().allocate(Offsets.VIDEO_INFO_SIZE, 8);
        long info = memory.address();
        if (video.gst_video_info_from_caps(info, caps) == 0) {
            throw new InterpolationException("the caps do not describe raw video");
        }
        if (Memory.getInt(info, Offsets.VIDEO_INFO_INTERLACE_MODE) != PROGRESSIVE) {
            throw new InterpolationException("the video is interlaced: put the element deinterlace before midframe");
        }
        PixelFormat pixelFormat = pixelFormat(info);
        FrameFormat format = new FrameFormat(
                pixelFormat,
                Memory.getInt(info, Offsets.VIDEO_INFO_WIDTH),
                Memory.getInt(info, Offsets.VIDEO_INFO_HEIGHT),
                colorimetry(pixelFormat, info));
        return new VideoInfo(memory, format, rate(info), Memory.getLong(info, Offsets.VIDEO_INFO_BYTES));
    }

    /** Where the GstVideoInfo lies. */
    public long address() {
        return memory.address();
    }

    /** Duration of a frame in nanoseconds, -1 where it is unknown. */
    public long frameNanos() {
        return rate == null ? -1 : Math.round(NANOS_A_SECOND * (double) rate.denominator() / rate.numerator());
    }

    private static PixelFormat pixelFormat(long info) {
        long formatInfo = Memory.getLong(info, Offsets.VIDEO_INFO_FORMAT_INFO);
        String name = Memory.text(Memory.getLong(formatInfo, Offsets.VIDEO_FORMAT_INFO_NAME));
        for (PixelFormat format : PixelFormat.values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw new InterpolationException(
                "the pixel format " + name + " is not supported: put videoconvert before midframe");
    }

    private static @Nullable Ratio rate(long info) {
        int numerator = Memory.getInt(info, Offsets.VIDEO_INFO_FPS_N);
        int denominator = Memory.getInt(info, Offsets.VIDEO_INFO_FPS_D);
        return numerator < 1 || denominator < 1 ? null : new Ratio(numerator, denominator);
    }

    private static Colorimetry colorimetry(PixelFormat format, long info) {
        Range range =
                switch (Memory.getInt(info, Offsets.VIDEO_INFO_RANGE)) {
                    case 1 -> Range.FULL;
                    case 2 -> Range.LIMITED;
                    default -> format.family() == PixelFormat.Family.RGB ? Range.FULL : Range.LIMITED;
                };
        Matrix matrix =
                switch (Memory.getInt(info, Offsets.VIDEO_INFO_MATRIX)) {
                    case 2 -> Matrix.FCC;
                    case 3 -> Matrix.BT709;
                    case 5 -> Matrix.SMPTE240M;
                    case 6 -> Matrix.BT2020;
                    default -> Matrix.BT601;
                };
        return new Colorimetry(range, matrix);
    }
}
