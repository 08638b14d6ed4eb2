package dev.midframe.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCodeTest {

    @ParameterizedTest
    @CsvSource({"160, 96", "320, 180", "640, 360", "1920, 1080"})
    void everyNumberIsReadBackAndNoMixOfNeighbours(int width, int height) {
        ByteBuffer before = ByteBuffer.allocate(width * height);
        ByteBuffer after = ByteBuffer.allocate(width * height);
        ByteBuffer between = ByteBuffer.allocate(width * height);
        for (int number = 0; number < TimeCode.NUMBERS - 1; number += width > 1000 ? 4001 : 251) {
            TimeCode.draw(before, width, width, height, number);
            TimeCode.draw(after, width, width, height, number + 1);
            for (int i = 0; i < width * height / 8; i++) {
                between.put(i, (byte) (((before.get(i) & 0xFF) + (after.get(i) & 0xFF)) / 2));
            }
            assertThat(TimeCode.read(before, width, width, height)).hasValue(number);
            assertThat(TimeCode.read(after, width, width, height)).hasValue(number + 1);
            assertThat(TimeCode.read(between, width, width, height)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource("160, 96")
    void aPictureWithoutACodeHasNone(int width, int height) {
        assertThat(TimeCode.read(ByteBuffer.allocate(width * height), width, width, height))
                .isEmpty();
    }
}
