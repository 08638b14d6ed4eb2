package dev.midframe.film.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON header of a safetensors file, read as a stream so that a hostile one costs no more than its own length. */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

    static final int MAX_BYTES = 16 << 20;
    private static final int MAX_TENSORS = 1 << 14;
    private static final int MAX_DIMENSIONS = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(512)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    /** One tensor's description; {@code begin} and {@code end} count from the end of the header. */
    record Entry(String name, Tensor.Type type, List<Integer> shape, long begin, long end) {}

    static SafetensorsHeader parse(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            SafetensorsHeader header = new SafetensorsHeader(new HashMap<>(), new ArrayList<>());
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("__metadata__")) {
                    header.readMetadata(json);
                } else if (header.entries.size() == MAX_TENSORS) {
                    throw new ModelException("it has more than " + MAX_TENSORS + " tensors");
                } else {
                    header.entries.add(entry(name, json));
                }
            }
            if (json.nextToken() != null) {
                throw new ModelException("its header goes on after the end of the JSON object");
            }
            return header;
        } catch (IOException e) {
            throw new ModelException(
                    "its header is not the JSON it should be: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Cuts the tensors out of the data; every byte of it must belong to exactly one. */
    Safetensors resolve(MemorySegment data) {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin != end || entry.end < entry.begin || entry.end > data.byteSize()) {
                throw new ModelException("tensor " + entry.name + " claims bytes " + entry.begin + " to " + entry.end
                        + " where " + end + " is next and " + data.byteSize() + " is the end");
            }
            end = entry.end;
            tensors.put(
                    entry.name,
                    new Tensor(entry.name, entry.type, entry.shape, data.asSlice(entry.begin, end - entry.begin)));
        }
        if (end != data.byteSize()) {
            throw new ModelException((data.byteSize() - end) + " bytes at its end belong to no tensor");
        }
        return new Safetensors(metadata, tensors);
    }

    private void readMetadata(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT, "__metadata__");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING, "__metadata__ " + key);
            metadata.put(key, json.getText());
        }
    }

    private static Entry entry(String name, JsonParser json) throws IOException {
        Tensor.@Nullable Type type = null;
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        boolean shaped = false;
        expect(json.currentToken(), JsonToken.START_OBJECT, "tensor " + name);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "dtype" -> type = type(name, json);
                case "shape" -> {
                    shape = numbers(name, json);
                    shaped = true;
                }
                case "data_offsets" -> offsets = numbers(name, json);
                default -> throw new ModelException("tensor " + name + " has an unknown property " + key);
            }
        }
        if (type == null || !shaped || offsets.size() != 2) {
            throw new ModelException("tensor " + name + " lacks dtype, shape or its two data_offsets");
        }
        return new Entry(name, type, sizes(name, type, shape), offsets.getFirst(), offsets.getLast());
    }

    private static Tensor.Type type(String name, JsonParser json) throws IOException {
        String text = json.getValueAsString("nothing");
        for (Tensor.Type type : Tensor.Type.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new ModelException("tensor " + name + " is of type " + text + "; F32 and F16 are read");
    }

    private static List<Long> numbers(String name, JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY, "tensor " + name);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "tensor " + name);
            if (numbers.size() == MAX_DIMENSIONS) {
                throw new ModelException("tensor " + name + " has more than " + MAX_DIMENSIONS + " dimensions");
            }
            numbers.add(json.getLongValue());
        }
        return numbers;
    }

    private static List<Integer> sizes(String name, Tensor.Type type, List<Long> shape) {
        long bytes = type.bytes();
        for (long size : shape) {
            if (size < 1 || size > Integer.MAX_VALUE / bytes) {
                throw new ModelException("tensor " + name + " has the impossible shape " + shape);
            }
            bytes *= size;
        }
        return shape.stream().map(Long::intValue).toList();
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String where) {
        if (found != wanted) {
            throw new ModelException(where + " has " + found + " where " + wanted + " belongs");
        }
    }
}
