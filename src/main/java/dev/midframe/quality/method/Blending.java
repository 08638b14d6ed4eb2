package dev.midframe.quality.method;

import dev.midframe.quality.material.Triplet;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Each sample the mean of its neighbours in time, weighted by time, rounded half up. 8-bit formats. */
public final class Blending implements Method {

    @Override
    public String name() {
        return "blend";
    }

    @Override
    public String description() {
        return "the mean of the two real frames, weighted by time";
    }

    @Override
    public void between(Triplet triplet, VideoFrame target) {
        FrameFormat format = target.format();
        PixelFormat pixelFormat = format.pixelFormat();
        for (int plane = 0; plane < pixelFormat.planes(); plane++) {
            int rowBytes = pixelFormat.rowBytes(plane, format.width());
            int rows = pixelFormat.planeHeight(plane, format.height());
            blend(
                    triplet.first().planes().get(plane),
                    triplet.second().planes().get(plane),
                    triplet.time(),
                    target.planes().get(plane),
                    rowBytes,
                    rows);
        }
    }

    private static void blend(Plane first, Plane second, double time, Plane target, int rowBytes, int rows) {
        byte[] a = new byte[rowBytes];
        byte[] b = new byte[rowBytes];
        for (long row = 0; row < rows; row++) {
            MemorySegment.copy(first.data(), ValueLayout.JAVA_BYTE, row * first.stride(), a, 0, rowBytes);
            MemorySegment.copy(second.data(), ValueLayout.JAVA_BYTE, row * second.stride(), b, 0, rowBytes);
            for (int i = 0; i < rowBytes; i++) {
                int from = a[i] & 0xff;
                a[i] = (byte) Math.floor(from + time * ((b[i] & 0xff) - from) + 0.5);
            }
            MemorySegment.copy(a, 0, target.data(), ValueLayout.JAVA_BYTE, row * target.stride(), rowBytes);
        }
    }
}
