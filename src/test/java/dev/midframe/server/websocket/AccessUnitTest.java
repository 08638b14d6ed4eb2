package dev.midframe.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.AccessUnits;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AccessUnitTest {

    @Test
    void theHeaderIsLaidOutAsDocumented() {
        int flags = AccessUnit.Flag.KEY.bit() | AccessUnit.Flag.CONFIG.bit() | AccessUnit.Flag.BLENDED.bit();
        AccessUnit unit = AccessUnit.copyOf(
                ByteBufAllocator.DEFAULT,
                ByteBuffer.wrap(new byte[] {0, 0, 1}),
                flags,
                -2,
                0x0102030405060708L,
                0x1112131415161718L,
                AccessUnits.FORMAT);
        try {
            assertThat(ByteBufUtil.hexDump(unit.message()))
                    .isEqualTo("01" + "0b" + "0018" + "fffffffe" + "0102030405060708" + "1112131415161718" + "000001");
            assertThat(unit.key()).isTrue();
        } finally {
            unit.release();
        }
    }

    @Test
    void flagsHaveTheBitsOfTheDocument() {
        assertThat(AccessUnit.Flag.values()).extracting(AccessUnit.Flag::bit).containsExactly(1, 2, 4, 8, 16, 32);
    }
}
