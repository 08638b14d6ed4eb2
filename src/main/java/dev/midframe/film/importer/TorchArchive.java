package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.PickleValue.Dictionary;
import dev.midframe.film.importer.PickleValue.Sequence;
import dev.midframe.film.importer.PickleValue.Storage;
import dev.midframe.film.importer.PickleValue.View;
import dev.midframe.film.importer.PickleValue.Whole;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Reads what {@code torch.save(state_dict)} and {@code torch.jit.script(model).save} write: a zip of {@code data.pkl},
 * which describes the tensors, and {@code data/KEY}, their values. The code in a TorchScript archive is not looked at.
 */
final class TorchArchive {

    private static final int MAX_PICKLE_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 1 << 16;
    private static final int MAX_NAME = 256;
    /** A tensor of every FILM; what stands before it is the path to the model inside a checkpoint. */
    private static final String LANDMARK = "fuse.output_conv.weight";

    private final StoredZip zip;
    private final Arena arena;
    private final SequencedMap<String, View> views = new LinkedHashMap<>();
    private final Map<String, MemorySegment> storages = new HashMap<>();
    private int visited;

    private TorchArchive(StoredZip zip, Arena arena) {
        this.zip = zip;
        this.arena = arena;
    }

    /**
     * Reads all tensors. They live as long as the arena.
     *
     * @throws ModelException when the file is not such an archive, is damaged, or holds anything else than weights
     */
    static ForeignWeights read(Path file, Arena arena) {
        try (StoredZip zip = StoredZip.open(file)) {
            return new TorchArchive(zip, arena).read();
        } catch (IOException | ModelException e) {
            throw new ModelException(file + " is not a usable PyTorch archive: " + e.getMessage(), e);
        }
    }

    private ForeignWeights read() throws IOException {
        requireLittleEndian();
        PickleValue root =
                Unpickler.read(zip.read("data.pkl", arena, MAX_PICKLE_BYTES).asByteBuffer());
        collect("", root, 0);
        String kind = zip.contains("constants.pkl") ? "TorchScript archive" : "PyTorch state dictionary";
        return new ForeignWeights(kind, List.of(zip.file()), tensors(), levels(root), Map.of());
    }

    /** Newer archives say their byte order; the older ones are all little-endian. */
    private void requireLittleEndian() throws IOException {
        if (zip.contains("byteorder")) {
            byte[] order = zip.read("byteorder", arena, 16).toArray(ValueLayout.JAVA_BYTE);
            if (!new String(order, StandardCharsets.US_ASCII).equals("little")) {
                throw new ModelException("its values are big-endian");
            }
        }
    }

    private List<Tensor> tensors() throws IOException {
        String prefix = prefix();
        long left = zip.bytes();
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, View> entry : views.entrySet()) {
            Storage storage = entry.getValue().storage();
            Strides strides = entry.getValue().strides();
            if (strides.elements() > left / storage.type().bytes()) {
                throw new ModelException("its tensors together claim more bytes than the file has");
            }
            left -= strides.elements() * storage.type().bytes();
            String path = entry.getKey();
            String name = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
            tensors.add(strides.cut(name, storage.type(), values(storage), arena));
        }
        return tensors;
    }

    /** Finds the tensors; their names are the paths to them, as in PyTorch's state dictionaries. */
    private void collect(String path, PickleValue value, int depth) {
        if (depth > MAX_DEPTH || ++visited > MAX_VALUES || path.length() > MAX_NAME) {
            throw new ModelException("its pickle is nested too deeply, refers to itself or has endless names");
        }
        switch (value) {
            case View view -> {
                if (views.putIfAbsent(path, view) != null) {
                    throw new ModelException("it has two tensors named " + path);
                }
            }
            case Dictionary dictionary ->
                dictionary
                        .entries()
                        .forEach((key, item) -> collect(path.isEmpty() ? key : path + "." + key, item, depth + 1));
            case Sequence sequence -> {
                for (int index = 0; index < sequence.items().size(); index++) {
                    collect(path + "." + index, sequence.items().get(index), depth + 1);
                }
            }
            default -> {}
        }
    }

    private String prefix() {
        return views.keySet().stream()
                .filter(name -> name.endsWith("." + LANDMARK))
                .map(name -> name.substring(0, name.length() - LANDMARK.length()))
                .findFirst()
                .orElse("");
    }

    private MemorySegment values(Storage storage) throws IOException {
        MemorySegment values = storages.get(storage.key());
        if (values == null) {
            values = zip.read("data/" + storage.key(), arena, Integer.MAX_VALUE);
            storages.put(storage.key(), values);
        }
        if (storage.elements() != values.byteSize() / storage.type().bytes()
                || values.byteSize() % storage.type().bytes() != 0) {
            throw new ModelException("its storage " + storage.key() + " has " + values.byteSize() + " bytes, not "
                    + storage.elements() + " values of " + storage.type());
        }
        return values;
    }

    /** The port keeps the number of pyramid levels as an attribute of its module. */
    private static OptionalInt levels(PickleValue root) {
        return root instanceof Dictionary module
                        && module.entries().get("pyramid_levels") instanceof Whole levels
                        && levels.value() == (int) levels.value()
                ? OptionalInt.of((int) levels.value())
                : OptionalInt.empty();
    }
}
