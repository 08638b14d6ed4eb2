package dev.midframe.convert.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.container.ContainerException;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Y4mTest {

    @ParameterizedTest
    @EnumSource
    void pictureIsTheSamePackedAndPadded(Sampling sampling) {
        var layout = new FrameLayout(sampling, 7, 5);
        byte[] picture = new byte[layout.packedBytes()];
        new Random(1).nextBytes(picture);
        try (Arena arena = Arena.ofConfined()) {
            var padded = arena.allocate(layout.paddedBytes());
            layout.pad(picture, padded);
            byte[] again = new byte[picture.length];
            layout.pack(padded, again);
            assertThat(again).isEqualTo(picture);
        }
        assertThat(layout.paddedBytes()).isGreaterThan(picture.length);
    }

    @Test
    void headerIsReadAsItIsWritten() {
        String line = "YUV4MPEG2 W720 H576 F25:1 Ip A16:15 C420p10 XYSCSS=420P10 XCOLORRANGE=FULL";
        Y4mHeader header = Y4mHeader.parse(line);
        assertThat(header.text()).isEqualTo(line);
        assertThat(header.full()).isTrue();
        assertThat(header.interlaced()).isFalse();
        assertThat(header.layout().packedBytes()).isEqualTo(720 * 576 * 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RIFF",
                "YUV4MPEG2",
                "YUV4MPEG2 W0 H0",
                "YUV4MPEG2 W64 H-1 F25:1",
                "YUV4MPEG2 W64 H48 F25",
                "YUV4MPEG2 W64 H48 F0:1",
                "YUV4MPEG2 W64 H48 F-25:1",
                "YUV4MPEG2 Wx H48 F25:1",
                "YUV4MPEG2 W99999999999 H48 F25:1",
                "YUV4MPEG2 W1000000 H1000000 F25:1",
                "YUV4MPEG2 W64 H48 F25:1 C420p16"
            })
    void wrongHeaderIsRefusedInOneLine(String line) {
        var input = new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> new Y4mSource(input))
                .isInstanceOf(ContainerException.class)
                .hasMessageStartingWith("standard input")
                .message()
                .doesNotContain("\n");
    }
}
