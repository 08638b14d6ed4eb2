package dev.midframe.film.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midframe.film.ModelException;
import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files: the same tensors and metadata always give the same bytes. */
public final class SafetensorsWriter {

    private static final int HEADER_ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param metadata strings for the header's {@code __metadata__}
     * @param tensors in any order; the file holds wide types first, then by name
     * @throws ModelException when it cannot be written, or two tensors share a name; an older target is then untouched
     */
    public static void write(Path target, Map<String, String> metadata, Collection<Tensor> tensors) {
        List<Tensor> ordered = tensors.stream()
                .sorted(Comparator.comparing(Tensor::type).thenComparing(Tensor::name))
                .toList();
        byte[] header = header(metadata, ordered);
        List<MemorySegment> content = new ArrayList<>();
        content.add(MemorySegment.ofArray(header));
        ordered.forEach(tensor -> content.add(tensor.data()));
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            new AtomicFile(target).write(content);
        } catch (IOException e) {
            throw new ModelException("cannot write the weights " + target + ": " + e, e);
        }
    }

    private static byte[] header(Map<String, String> metadata, List<Tensor> tensors) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = json.putObject("__metadata__");
            new TreeMap<>(metadata).forEach(strings::put);
        }
        long begin = 0;
        for (Tensor tensor : tensors) {
            if (json.has(tensor.name())) {
                throw new ModelException("two tensors are named " + tensor.name());
            }
            ObjectNode entry = json.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            tensor.shape().forEach(entry.putArray("shape")::add);
            long end = begin + tensor.data().byteSize();
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(text.length, HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }
}
