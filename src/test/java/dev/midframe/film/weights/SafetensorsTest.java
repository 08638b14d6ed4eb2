package dev.midframe.film.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    private static final Tensor HALVES = new Tensor(
            "a.halves", Tensor.Type.F16, List.of(2), MemorySegment.ofArray(new byte[] {0x00, 0x3c, 0x00, (byte) 0xc0
            })); // 1 and -2

    private static final Tensor FLOATS = Tensor.of("z.floats", List.of(3, 1), 0.5f, -7f, 1e-20f);

    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() {
        Path file = folder.resolve("deep/er/model.safetensors");
        SafetensorsWriter.write(file, Map.of("format", "pt"), List.of(HALVES, FLOATS));

        try (Arena arena = Arena.ofConfined()) {
            Safetensors read = Safetensors.map(file, arena);
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.tensors().keySet()).containsExactly("z.floats", "a.halves");
            assertThat(read.tensors().get("z.floats").shape()).containsExactly(3, 1);
            assertThat(read.tensors().get("z.floats").toFloats()).containsExactly(0.5f, -7f, 1e-20f);
            assertThat(read.tensors().get("a.halves").toFloats()).containsExactly(1f, -2f);
        }
    }

    @Test
    void writesTheSameBytesWhateverTheOrder() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SafetensorsWriter.write(one, Map.of("a", "1", "b", "2"), List.of(HALVES, FLOATS));
        SafetensorsWriter.write(two, Map.of("b", "2", "a", "1"), List.of(FLOATS, HALVES));
        assertThat(two).hasSameBinaryContentAs(one);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    void leavesAnOlderFileUntouchedWhenWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "older");
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), List.of(FLOATS, FLOATS)))
                .hasMessageContaining("two tensors are named z.floats");
        assertThat(file).hasContent("older");
    }

    @Test
    void namesTheTensorThatIsNotFinite() {
        Tensor tensor = Tensor.of("fuse.output_conv.bias", List.of(2), 0, Float.NaN);
        assertThatThrownBy(tensor::requireFinite)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fuse.output_conv.bias holds NaN at 1");
    }

    @Test
    void saysWhichFileIsMissing() {
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Safetensors.map(folder.resolve("none"), arena))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("none");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [] | START_OBJECT belongs
                    {"a":1} | tensor a
                    {"a":{"dtype":"F32","shape":[1]}} | lacks
                    {"a":{"dtype":"F32","data_offsets":[0,4]}} | lacks
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | needs 4 bytes, but has 8
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 4 bytes at its end belong to no tensor
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | where 0 is next
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | where 0 is next
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | where 8 is next
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | Duplicate
                    {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | 8 is the end
                    {"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,8]}} | impossible shape
                    {"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}} | impossible shape
                    {"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}} | VALUE_NUMBER_INT
                    {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | not the JSON
                    {"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}} | of type I64
                    {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}} | more than 8 dimensions
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":0}} | unknown property x
                    {"__metadata__":{"a":1}} | __metadata__ a
                    {"__metadata__":{"a":{"b":{"c":{}}}}} | __metadata__ a
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {} | goes on
                    {"a": | not the JSON
                    """)
    void refusesAHeaderThatIsNotStrictlyRight(String header, String reason) {
        assertThatThrownBy(() -> Safetensors.parse("test.safetensors", file(header, 8)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("test.safetensors is not a usable safetensors file: ")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesAHeaderLongerThanTheFile() {
        for (long length : new long[] {0, 1, 9, 1L << 40, -1, Long.MIN_VALUE}) {
            ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(0, length);
            assertThatThrownBy(() -> Safetensors.parse("x", MemorySegment.ofArray(bytes.array())))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("claims a header of");
        }
    }

    @Test
    void refusesDamagedFilesWithAModelExceptionOnly() throws IOException {
        Path file = folder.resolve("model");
        SafetensorsWriter.write(file, Map.of("format", "pt"), List.of(HALVES, FLOATS));
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = good.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            int length = random.nextBoolean() ? damaged.length : random.nextInt(damaged.length);
            try {
                Safetensors.parse("x", MemorySegment.ofArray(damaged).asSlice(0, length));
            } catch (ModelException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }

    private static MemorySegment file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return MemorySegment.ofArray(bytes.array());
    }
}
