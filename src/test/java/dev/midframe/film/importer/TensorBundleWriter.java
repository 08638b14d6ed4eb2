package dev.midframe.film.importer;

import com.google.protobuf.CodedOutputStream;
import dev.midframe.film.weights.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the variables folder of a SavedModel as TensorFlow lays it out. */
final class TensorBundleWriter {

    /** How the variables' keys name them. */
    enum Keys {
        /** {@code feat_net/.../kernel}. */
        PLAIN,
        /** {@code feat_net/.../kernel/.ATTRIBUTES/VARIABLE_VALUE}. */
        SUFFIXED,
        /** {@code variables/12/.ATTRIBUTES/VARIABLE_VALUE}, as Keras saves; the names are in the object graph. */
        OBJECT_GRAPH
    }

    final SortedMap<String, byte[]> entries = new TreeMap<>();
    final ByteArrayOutputStream data = new ByteArrayOutputStream();

    TensorBundleWriter() throws IOException {
        // num_shards = 1, and version { producer = 1 }
        entries.put("", new byte[] {8, 1, 0x1a, 2, 8, 1});
    }

    /** All tensors of a FILM of the published form, given under the project's names and in its layouts. */
    static TensorBundleWriter of(List<Tensor> tensors, Keys keys) throws IOException {
        TensorBundleWriter bundle = new TensorBundleWriter();
        SequencedMap<String, String> names = names();
        Map<String, String> namesByKey = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            String name = names.get(tensor.name());
            String key =
                    switch (keys) {
                        case PLAIN -> name;
                        case SUFFIXED -> name + "/.ATTRIBUTES/VARIABLE_VALUE";
                        case OBJECT_GRAPH -> "variables/" + namesByKey.size() + "/.ATTRIBUTES/VARIABLE_VALUE";
                    };
            namesByKey.put(key, name);
            bundle.add(key, tensor);
        }
        if (keys == Keys.OBJECT_GRAPH) {
            bundle.addText("_CHECKPOINTABLE_OBJECT_GRAPH", objectGraph(namesByKey));
            bundle.add("save_counter/.ATTRIBUTES/VARIABLE_VALUE", 9, List.of(), new byte[8]);
        }
        return bundle;
    }

    /** Adds a tensor; a kernel becomes HWIO. */
    void add(String key, Tensor tensor) throws IOException {
        List<Integer> shape = tensor.shape();
        if (shape.size() == 1) {
            add(key, dataType(tensor), shape, tensor.data().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
            return;
        }
        int width = tensor.type().bytes();
        int outputs = shape.get(0);
        int inputs = shape.get(1);
        int area = shape.get(2) * shape.get(3);
        byte[] source = tensor.data().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        byte[] target = new byte[source.length];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < area; tap++) {
                    int from = (output * inputs + input) * area + tap;
                    int to = (tap * inputs + input) * outputs + output;
                    System.arraycopy(source, from * width, target, to * width, width);
                }
            }
        }
        add(key, dataType(tensor), List.of(shape.get(2), shape.get(3), inputs, outputs), target);
    }

    void add(String key, int dataType, List<Integer> shape, byte[] bytes) throws IOException {
        entries.put(key, entry(dataType, shape, 0, data.size(), bytes.length, SortedTableWriter.masked(bytes)));
        data.writeBytes(bytes);
    }

    void addText(String key, byte[] text) throws IOException {
        byte[] lengthChecksum =
                SortedTableWriter.integer(SortedTableWriter.masked(SortedTableWriter.integer(text.length)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SortedTableWriter.varint(text.length));
        bytes.writeBytes(lengthChecksum);
        bytes.writeBytes(text);
        int checksum = SortedTableWriter.masked(SortedTableWriter.integer(text.length), lengthChecksum, text);
        entries.put(key, entry(7, List.of(), 0, data.size(), bytes.size(), checksum));
        data.writeBytes(bytes.toByteArray());
    }

    /** Writes {@code FOLDER/variables/variables.index} and its data file; returns the folder. */
    Path write(Path folder) throws IOException {
        Path variables = Files.createDirectories(folder.resolve("variables"));
        Files.write(variables.resolve("variables.index"), SortedTableWriter.table(entries));
        Files.write(variables.resolve("variables.data-00000-of-00001"), data.toByteArray());
        return folder;
    }

    /** A serialized BundleEntryProto. */
    static byte[] entry(int dataType, List<Integer> shape, int shard, long offset, long size, int checksum)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        message.writeEnum(1, dataType);
        ByteArrayOutputStream shapeBytes = new ByteArrayOutputStream();
        CodedOutputStream shapeMessage = CodedOutputStream.newInstance(shapeBytes);
        for (int dimension : shape) {
            shapeMessage.writeByteArray(2, field(1, dimension));
        }
        shapeMessage.flush();
        message.writeByteArray(2, shapeBytes.toByteArray());
        message.writeInt32(3, shard);
        message.writeInt64(4, offset);
        message.writeInt64(5, size);
        message.writeFixed32(6, checksum);
        message.flush();
        return bytes.toByteArray();
    }

    /** A serialized TrackableObjectGraph: a root without attributes, and a node for each variable. */
    private static byte[] objectGraph(Map<String, String> namesByKey) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream graph = CodedOutputStream.newInstance(bytes);
        graph.writeByteArray(1, new byte[0]);
        for (Map.Entry<String, String> variable : namesByKey.entrySet()) {
            ByteArrayOutputStream attributeBytes = new ByteArrayOutputStream();
            CodedOutputStream attribute = CodedOutputStream.newInstance(attributeBytes);
            attribute.writeString(1, "VARIABLE_VALUE");
            attribute.writeString(2, variable.getValue());
            attribute.writeString(3, variable.getKey());
            attribute.flush();
            ByteArrayOutputStream nodeBytes = new ByteArrayOutputStream();
            CodedOutputStream node = CodedOutputStream.newInstance(nodeBytes);
            node.writeByteArray(2, attributeBytes.toByteArray());
            node.flush();
            graph.writeByteArray(1, nodeBytes.toByteArray());
        }
        graph.flush();
        return bytes.toByteArray();
    }

    private static byte[] field(int number, long value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        message.writeInt64(number, value);
        message.flush();
        return bytes.toByteArray();
    }

    private static int dataType(Tensor tensor) {
        return tensor.type() == Tensor.Type.F32 ? 1 : 19;
    }

    /** TensorFlow's names by the project's, in the order in which film_net makes its layers: fine to coarse. */
    private static SequencedMap<String, String> names() {
        SequencedMap<String, String> layers = new LinkedHashMap<>();
        for (int index = 0; index < 8; index++) {
            layers.put(
                    "extract.extract_sublevels.convs." + index / 2 + "." + index % 2 + ".0",
                    "feat_net/sub_extractor/cfeat_conv_" + index);
        }
        List<String> predictors = List.of("_predictors.2", "_predictors.1", "_predictors.0", "_predictor");
        List<String> levels = List.of("0", "1", "2", "shared");
        for (int level = 0; level < 4; level++) {
            for (int conv = 0; conv < 5; conv++) {
                layers.put(
                        "predict_flow." + predictors.get(level) + "._convs." + conv + ".0",
                        "predict_flow/flow_predictor_" + levels.get(level) + "/conv_" + conv);
            }
        }
        List<String> fusion = new ArrayList<>();
        for (int step : new int[] {3, 2, 1, 0}) {
            for (int conv = 0; conv < 3; conv++) {
                fusion.add("fuse.convs." + step + "." + conv + ".0");
            }
        }
        fusion.add("fuse.output_conv");
        for (int index = 0; index < fusion.size(); index++) {
            layers.put(fusion.get(index), "fusion/conv2d" + (index == 0 ? "" : "_" + index));
        }
        SequencedMap<String, String> names = new LinkedHashMap<>();
        layers.forEach((ours, theirs) -> {
            names.put(ours + ".weight", theirs + "/kernel");
            names.put(ours + ".bias", theirs + "/bias");
        });
        return names;
    }

    /** The bytes of a string for {@link #addText}. */
    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
