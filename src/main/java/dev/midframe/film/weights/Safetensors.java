package dev.midframe.film.weights;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The content of a safetensors file: tensors by name and strings about them. The format is Hugging Face's: eight bytes
 * little-endian header length, a JSON header, the tensors' bytes without holes or overlaps.
 *
 * @param metadata the header's {@code __metadata__}; empty where there is none
 * @param tensors by name, in the order of their bytes
 */
public record Safetensors(Map<String, String> metadata, SequencedMap<String, Tensor> tensors) {

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Safetensors {
        metadata = Map.copyOf(metadata);
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Maps a file. Its tensors live as long as the arena.
     *
     * @throws ModelException when the file cannot be read or is not strictly a safetensors file of F32 and F16 tensors
     */
    public static Safetensors map(Path file, Arena arena) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return parse(file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException e) {
            throw new ModelException("cannot read the weights " + file + ": " + e, e);
        }
    }

    /**
     * Reads from memory. The tensors are slices of it.
     *
     * @param source names the content in messages
     * @throws ModelException when the content is not strictly safetensors of F32 and F16 tensors
     */
    public static Safetensors parse(String source, MemorySegment content) {
        try {
            if (content.byteSize() < Long.BYTES) {
                throw new ModelException("has " + content.byteSize() + " bytes, too few for a header");
            }
            long headerBytes = content.get(LENGTH, 0);
            long available = content.byteSize() - Long.BYTES;
            if (headerBytes < 2 || headerBytes > Math.min(available, SafetensorsHeader.MAX_BYTES)) {
                throw new ModelException(
                        "claims a header of " + Long.toUnsignedString(headerBytes) + " bytes; between 2 and "
                                + Math.min(available, SafetensorsHeader.MAX_BYTES) + " are possible");
            }
            String header = utf8(content.asSlice(Long.BYTES, headerBytes));
            return SafetensorsHeader.parse(header).resolve(content.asSlice(Long.BYTES + headerBytes));
        } catch (ModelException e) {
            throw new ModelException(source + " is not a usable safetensors file: " + e.getMessage(), e);
        }
    }

    private static String utf8(MemorySegment bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelException("its header is not UTF-8", e);
        }
    }
}
