package dev.midframe.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class H264Test {

    @Test
    void aKeyFrameWithItsParameterSetsNamesTheCodec() {
        H264.Contents contents = inspect("00000001 09f0 00000001 6742c014d9 000001 68cb83cb20 000001 658884");
        assertThat(contents.key()).isTrue();
        assertThat(contents.codec()).isEqualTo("avc1.42C014");
    }

    @Test
    void aDeltaFrameIsNoKey() {
        H264.Contents contents = inspect("00000001 09f0 00000001 419a02");
        assertThat(contents.key()).isFalse();
        assertThat(contents.codec()).isNull();
    }

    @Test
    void theBuffersPositionStays() {
        ByteBuffer unit =
                ByteBuffer.wrap(HexFormat.of().parseHex("ffff00000165888400")).position(2);
        assertThat(H264.inspect(unit).key()).isTrue();
        assertThat(unit.position()).isEqualTo(2);
    }

    @Property
    void anyBytesAreReadWithoutFailure(@ForAll @Size(max = 64) byte[] bytes) {
        assertThat(H264.inspect(ByteBuffer.wrap(bytes))).isNotNull();
    }

    private static H264.Contents inspect(String hex) {
        return H264.inspect(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
