package dev.midframe.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What ffmpeg does not write into an MP4 in every version. */
public final class Mp4 {

    private Mp4() {}

    /** As a phone does that was held upright: by the matrix of the first track's header (ISO 14496-12, 8.3.2). */
    public static void turnByAQuarter(Path mp4) throws IOException {
        byte[] bytes = Files.readAllBytes(mp4);
        int matrix = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 44;
        ByteBuffer.wrap(bytes)
                .position(matrix)
                .putInt(0)
                .putInt(1 << 16)
                .putInt(0)
                .putInt(-1 << 16)
                .putInt(0);
        Files.write(mp4, bytes);
    }
}
