package dev.midframe.film.importer;

import com.google.protobuf.CodedInputStream;
import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables of a TensorFlow SavedModel: {@code variables.index}, a {@link SortedTable} of where they are, and
 * {@code variables.data-*}, their bytes. The graph in {@code saved_model.pb} is not looked at.
 */
final class TensorBundle {

    private static final String SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE";
    private static final int KERNEL_DIMENSIONS = 4;
    private static final int MAX_INDEX_BYTES = 1 << 22;
    private static final int MAX_FILES = 256;

    private final BundleData data;
    private final Arena arena;

    private TensorBundle(BundleData data, Arena arena) {
        this.data = data;
        this.arena = arena;
    }

    /**
     * Reads all tensors. They live as long as the arena.
     *
     * @param index the file {@code variables.index}
     * @throws ModelException when a file is missing or damaged, or holds anything else than FILM's weights
     */
    static ForeignWeights read(Path index, Arena arena) {
        try {
            if (Files.size(index) > MAX_INDEX_BYTES) {
                throw new ModelException(
                        "the index has " + Files.size(index) + " bytes; at most " + MAX_INDEX_BYTES + " are read");
            }
            SequencedMap<String, ByteBuffer> table = SortedTable.read(ByteBuffer.wrap(Files.readAllBytes(index)));
            List<Path> files = dataFiles(index, table.remove(""));
            List<Tensor> tensors = new TensorBundle(BundleData.map(files, arena), arena).tensors(table);
            files.addFirst(index);
            return new ForeignWeights("TensorFlow SavedModel", files, tensors, OptionalInt.empty(), Map.of());
        } catch (IOException | ModelException e) {
            throw new ModelException(index + " is not a usable TensorFlow checkpoint: " + e.getMessage(), e);
        }
    }

    private List<Tensor> tensors(Map<String, ByteBuffer> table) {
        Map<String, BundleEntry> variables = variables(table);
        Map<String, String> names = TensorFlowNames.translate(variables.keySet());
        List<Tensor> tensors = new ArrayList<>();
        long left = data.size();
        for (Map.Entry<String, BundleEntry> variable : variables.entrySet()) {
            left -= variable.getValue().size();
            if (left < 0) {
                throw new ModelException("its variables together claim more bytes than its data files have");
            }
            tensors.add(tensor(variable.getKey(), names.get(variable.getKey()), variable.getValue()));
        }
        return tensors;
    }

    /** Entries by the variables' own names; what training keeps beside the weights is left out. */
    private Map<String, BundleEntry> variables(Map<String, ByteBuffer> table) {
        ByteBuffer graph = table.remove(ObjectGraph.KEY);
        Map<String, String> names = graph == null
                ? Map.of()
                : ObjectGraph.names(data.text(ObjectGraph.KEY, BundleEntry.parse(ObjectGraph.KEY, graph)));
        Map<String, BundleEntry> variables = new LinkedHashMap<>();
        table.forEach((key, message) -> {
            String own = key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : key;
            String name = names.getOrDefault(key, own);
            if (!isBookkeeping(key) && variables.putIfAbsent(name, BundleEntry.parse(key, message)) != null) {
                throw new ModelException("it has two variables named " + name);
            }
        });
        return variables;
    }

    private static boolean isBookkeeping(String key) {
        return key.contains("/.OPTIMIZER_SLOT/")
                || key.startsWith("optimizer/")
                || key.startsWith("save_counter/")
                || key.startsWith("keras_api/");
    }

    private Tensor tensor(String variable, String name, BundleEntry entry) {
        Tensor.Type type =
                switch (entry.type()) {
                    case BundleEntry.FLOAT -> Tensor.Type.F32;
                    case BundleEntry.HALF -> Tensor.Type.F16;
                    default ->
                        throw new ModelException("the variable " + variable + " is of TensorFlow's type " + entry.type()
                                + "; float32 (1) and float16 (19) are read");
                };
        Strides strides = entry.shape().size() == KERNEL_DIMENSIONS
                ? Strides.ofKernel(entry.shape())
                : Strides.contiguous(entry.shape());
        MemorySegment values = data.values(variable, entry);
        if (strides.elements() != values.byteSize() / type.bytes()) {
            throw new ModelException(
                    "the variable " + variable + " " + entry.shape() + " has " + values.byteSize() + " bytes");
        }
        return strides.cut(name, type, values, arena);
    }

    /** The data files that a {@code BundleHeaderProto} names, if their byte order is little-endian. */
    private static List<Path> dataFiles(Path index, @Nullable ByteBuffer header) throws IOException {
        if (header == null) {
            throw new ModelException("its index lacks the header");
        }
        int count = 0;
        CodedInputStream input = CodedInputStream.newInstance(header);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (tag >>> 3) {
                case 1 -> count = input.readInt32();
                case 2 -> {
                    if (input.readEnum() != 0) {
                        throw new ModelException("its values are big-endian");
                    }
                }
                default -> input.skipField(tag);
            }
        }
        if (count < 1 || count > MAX_FILES) {
            throw new ModelException("its index names " + count + " data files");
        }
        int files = count;
        String prefix = index.getFileName().toString().replaceFirst("\\.index$", "");
        return IntStream.range(0, files)
                .mapToObj(number -> index.resolveSibling("%s.data-%05d-of-%05d".formatted(prefix, number, files)))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
