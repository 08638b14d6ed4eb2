package dev.midframe.server;

import dev.midframe.server.websocket.AccessUnit;
import dev.midframe.server.websocket.StreamFormat;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/** Access units for tests of what happens to them on their way. */
public final class AccessUnits {
    public static final StreamFormat FORMAT = new StreamFormat("avc1.42C014", 320, 180, 30, 1);

    private AccessUnits() {}

    public static AccessUnit unit(int sequence, boolean key, int payloadBytes) {
        int flags = key ? AccessUnit.Flag.KEY.bit() | AccessUnit.Flag.CONFIG.bit() : 0;
        return AccessUnit.copyOf(
                ByteBufAllocator.DEFAULT,
                ByteBuffer.allocate(payloadBytes),
                flags,
                sequence,
                sequence * 33_333L,
                1_000_000L + sequence,
                FORMAT);
    }
}
