package dev.midframe.element.buffers;

import dev.midframe.element.caps.VideoInfo;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GstVideo;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lends the pixels of a GstBuffer as a {@link VideoFrame}, with the strides its GstVideoMeta says. */
public final class FrameMap {

    private static final int MAP_READ = 1;
    private static final int MAP_WRITE = 2;

    private final GstVideo video;
    private final VideoInfo info;

    public FrameMap(GstVideo video, VideoInfo info) {
        this.video = video;
        this.info = info;
    }

    /** Lends for reading. */
    public <T> T read(long buffer, Function<VideoFrame, T> use) {
        return map(buffer, MAP_READ, use);
    }

    /** Lends for reading. */
    public void lend(long buffer, Consumer<VideoFrame> use) {
        map(buffer, MAP_READ, frame -> {
            use.accept(frame);
            return frame;
        });
    }

    /** Lends for writing; the buffer must be writable. */
    public void write(long buffer, Consumer<VideoFrame> use) {
        map(buffer, MAP_WRITE, frame -> {
            use.accept(frame);
            return frame;
        });
    }

    private <T> T map(long buffer, int flags, Function<VideoFrame, T> use) {
        try (Arena call = Arena.ofConfined()) {
            long frame = call.allocate(Offsets.VIDEO_FRAME_SIZE, 8).address();
            if (video.gst_video_frame_map(frame, info.address(), buffer, flags) == 0) {
                throw new IllegalStateException("a buffer cannot be mapped as " + info.format());
            }
            try {
                return use.apply(frame(frame));
            } finally {
                video.gst_video_frame_unmap(frame);
            }
        }
    }

    private VideoFrame frame(long frame) {
        FrameFormat format = info.format();
        PixelFormat pixels = format.pixelFormat();
        List<Plane> planes = new ArrayList<>(pixels.planes());
        for (int plane = 0; plane < pixels.planes(); plane++) {
            long data = Memory.getLong(frame, Offsets.VIDEO_FRAME_DATA + 8 * plane);
            int stride = Memory.getInt(frame, Offsets.VIDEO_INFO_STRIDES + 4 * plane);
            long bytes = (long) stride * (pixels.planeHeight(plane, format.height()) - 1)
                    + pixels.rowBytes(plane, format.width());
            planes.add(new Plane(Memory.bytes(data, bytes), stride));
        }
        return new VideoFrame(format, planes);
    }
}
