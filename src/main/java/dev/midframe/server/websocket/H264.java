package dev.midframe.server.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The little that the server reads in an H.264 byte stream (ITU-T H.264, Annex B and 7.3.1). */
public final class H264 {
    private static final int IDR_SLICE = 5;
    private static final int SEQUENCE_PARAMETER_SET = 7;

    private H264() {}

    /**
     * What one access unit holds.
     *
     * @param key starts with an IDR picture: a decoder can begin here
     * @param codec {@code avc1.PPCCLL} where a sequence parameter set is in it, otherwise null
     */
    record Contents(boolean key, @Nullable String codec) {}

    /** Looks at the NAL units up to the first slice; the buffer's position stays. */
    public static Contents inspect(ByteBuffer unit) {
        String codec = null;
        int last = unit.limit() - 1;
        for (int i = unit.position(); i + 3 <= last; i++) {
            if (unit.get(i) != 0 || unit.get(i + 1) != 0 || unit.get(i + 2) != 1) {
                continue;
            }
            int type = unit.get(i + 3) & 0x1f;
            if (type == SEQUENCE_PARAMETER_SET && i + 6 <= last) {
                codec = "avc1.%02X%02X%02X"
                        .formatted(unit.get(i + 4) & 0xff, unit.get(i + 5) & 0xff, unit.get(i + 6) & 0xff);
            }
            if (type >= 1 && type <= IDR_SLICE) {
                return new Contents(type == IDR_SLICE, codec);
            }
            i += 3;
        }
        return new Contents(false, codec);
    }
}
