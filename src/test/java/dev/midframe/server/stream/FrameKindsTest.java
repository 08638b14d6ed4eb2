package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import org.junit.jupiter.api.Test;

class FrameKindsTest {
    private final FrameKinds kinds = new FrameKinds();

    @Test
    void aKindIsFoundByItsTimestamp() {
        kinds.put(10, FrameKind.REAL);
        kinds.put(20, FrameKind.GENERATED);
        kinds.put(30, FrameKind.REAL);
        assertThat(kinds.get(20)).isEqualTo(FrameKind.GENERATED);
        assertThat(kinds.get(30)).isEqualTo(FrameKind.REAL);
    }

    @Test
    void whatNobodyToldOfIsReal() {
        assertThat(kinds.get(7)).isEqualTo(FrameKind.REAL);
    }

    @Test
    void whenTimestampsComeAgainTheNewestCounts() {
        kinds.put(10, FrameKind.GENERATED);
        kinds.put(10, FrameKind.REAL);
        assertThat(kinds.get(10)).isEqualTo(FrameKind.REAL);
    }

    @Test
    void oldFramesAreForgotten() {
        kinds.put(-1, FrameKind.GENERATED);
        for (int i = 0; i < 5000; i++) {
            kinds.put(i, FrameKind.BLENDED);
        }
        assertThat(kinds.get(-1)).isEqualTo(FrameKind.REAL);
        assertThat(kinds.get(4999)).isEqualTo(FrameKind.BLENDED);
    }
}
