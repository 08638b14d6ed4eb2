package dev.midframe.film.importer;

import com.google.protobuf.CodedInputStream;
import dev.midframe.film.ModelException;
import dev.midframe.film.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Reads the variables of a TensorFlow SavedModel: {@code variables.index}, a {@link SortedTable} of where they are, and
 * {@code variables.data-*}, their bytes. The graph in {@code saved_model.pb} is not looked at.
 */
final class TensorBundle {

    private static final String SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE";
    private static final int MAX_INDEX_BYTES = 1 << 22;
    private static final int MAX_GRAPH_BYTES = 1 << 22;
    private static final int MAX_SHARDS = 256;

    private final Path index;
    private final Arena arena;
    private final List<MemorySegment> shards = new ArrayList<>();

    private TensorBundle(Path index, Arena arena) {
        this.index = index;
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
            return new TensorBundle(index, arena).read();
        } catch (IOException | ModelException e) {
            throw new ModelException(index + " is not a usable TensorFlow checkpoint: " + e.getMessage(), e);
        }
    }

    private ForeignWeights read() throws IOException {
        if (Files.size(index) > MAX_INDEX_BYTES) {
            throw new ModelException(
                    "the index has " + Files.size(index) + " bytes; at most " + MAX_INDEX_BYTES + " are read");
        }
        SequencedMap<String, ByteBuffer> table = SortedTable.read(ByteBuffer.wrap(Files.readAllBytes(index)));
        ByteBuffer header = table.remove("");
        if (header == null) {
            throw new ModelException("its index lacks the header");
        }
        List<Path> files = new ArrayList<>(List.of(index));
        files.addAll(dataFiles(shards(header)));
        for (Path file : files.subList(1, files.size())) {
            shards.add(map(file));
        }
        Map<String, BundleEntry> variables = variables(table);
        long room = shards.stream().mapToLong(MemorySegment::byteSize).sum();
        Map<String, String> names = TensorFlowNames.translate(variables.keySet());
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, BundleEntry> variable : variables.entrySet()) {
            room -= variable.getValue().size();
            if (room < 0) {
                throw new ModelException("its variables together claim more bytes than its data files have");
            }
            tensors.add(tensor(variable.getKey(), names.get(variable.getKey()), variable.getValue()));
        }
        return new ForeignWeights("TensorFlow SavedModel", files, tensors, OptionalInt.empty(), Map.of());
    }

    /** Entries by the variables' own names; what training keeps beside the weights is left out. */
    private Map<String, BundleEntry> variables(Map<String, ByteBuffer> table) {
        ByteBuffer graph = table.remove(ObjectGraph.KEY);
        Map<String, String> names =
                graph == null ? Map.of() : ObjectGraph.names(text(BundleEntry.parse(ObjectGraph.KEY, graph)));
        Map<String, BundleEntry> variables = new LinkedHashMap<>();
        table.forEach((key, message) -> {
            String name = names.getOrDefault(
                    key, key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : key);
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
        MemorySegment numbers = bytes(variable, entry);
        CRC32C checksum = new CRC32C();
        checksum.update(numbers.asByteBuffer());
        if (SortedTable.masked(checksum) != entry.checksum()) {
            throw new ModelException("the variable " + variable + " is damaged: its checksum is wrong");
        }
        if (entry.shape().size() != 4) {
            return new Tensor(name, type, entry.shape(), numbers);
        }
        Strides kernel = Strides.ofKernel(entry.shape());
        if (kernel.elements() != numbers.byteSize() / type.bytes()) {
            throw new ModelException(
                    "the variable " + variable + " " + entry.shape() + " has " + numbers.byteSize() + " bytes");
        }
        return kernel.cut(name, type, numbers, arena);
    }

    /** The only string of a string tensor: its length, a checksum of the length, its bytes. */
    private ByteBuffer text(BundleEntry entry) {
        if (entry.type() != BundleEntry.STRING || !entry.shape().isEmpty() || entry.size() > MAX_GRAPH_BYTES) {
            throw new ModelException("its object graph is no single string of at most " + MAX_GRAPH_BYTES + " bytes");
        }
        ByteBuffer bytes = bytes(ObjectGraph.KEY, entry).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        try {
            long length = SortedTable.varint(bytes);
            int lengthChecksum = bytes.getInt();
            // The checksum is over the length as an integer of 32 bits, over its own checksum, and over the text.
            ByteBuffer prefix = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            prefix.putInt((int) length).putInt(lengthChecksum).flip();
            CRC32C checksum = new CRC32C();
            checksum.update(prefix);
            checksum.update(bytes.duplicate());
            if (length != bytes.remaining() || SortedTable.masked(checksum) != entry.checksum()) {
                throw new ModelException("its object graph is damaged: its checksum is wrong");
            }
            return bytes.slice();
        } catch (BufferUnderflowException e) {
            throw new ModelException("its object graph ends in the middle", e);
        }
    }

    private MemorySegment bytes(String name, BundleEntry entry) {
        if (entry.shard() < 0 || entry.shard() >= shards.size()) {
            throw new ModelException(
                    "the variable " + name + " is in data file " + entry.shard() + " of " + shards.size());
        }
        MemorySegment shard = shards.get(entry.shard());
        if (entry.offset() < 0
                || entry.size() < 1
                || entry.size() > Integer.MAX_VALUE
                || entry.offset() > shard.byteSize() - entry.size()) {
            throw new ModelException("the variable " + name + " lies at " + entry.offset() + " with " + entry.size()
                    + " bytes, but data file " + entry.shard() + " has " + shard.byteSize());
        }
        return shard.asSlice(entry.offset(), entry.size());
    }

    private List<Path> dataFiles(int count) {
        String prefix = index.getFileName().toString().replaceFirst("\\.index$", "");
        return IntStream.range(0, count)
                .mapToObj(number -> index.resolveSibling("%s.data-%05d-of-%05d".formatted(prefix, number, count)))
                .toList();
    }

    private MemorySegment map(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("the data file " + file.getFileName() + " is missing");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** {@code BundleHeaderProto}: how many data files there are, if their byte order is little-endian. */
    private static int shards(ByteBuffer message) throws IOException {
        int shards = 0;
        CodedInputStream header = CodedInputStream.newInstance(message);
        for (int tag = header.readTag(); tag != 0; tag = header.readTag()) {
            switch (tag >>> 3) {
                case 1 -> shards = header.readInt32();
                case 2 -> {
                    if (header.readEnum() != 0) {
                        throw new ModelException("its numbers are big-endian");
                    }
                }
                default -> header.skipField(tag);
            }
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new ModelException("its index names " + shards + " data files");
        }
        return shards;
    }
}
