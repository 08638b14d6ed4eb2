package dev.midframe.film.importer;

import com.google.protobuf.CodedInputStream;
import dev.midframe.film.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of a checkpoint's variables. Keras saves them under the way through its objects to them ({@code
 * variables/12/.ATTRIBUTES/VARIABLE_VALUE}) and their names apart, in the {@code TrackableObjectGraph} of
 * tensorflow/core/protobuf/trackable_object_graph.proto.
 */
final class ObjectGraph {

    /** The checkpoint's key of the graph, a string tensor. */
    static final String KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

    private static final int NODES = 1;
    private static final int ATTRIBUTES = 2;
    private static final int FULL_NAME = 2;
    private static final int CHECKPOINT_KEY = 3;

    private ObjectGraph() {}

    /** Variables' names by their keys, from a serialized {@code TrackableObjectGraph}. */
    static Map<String, String> names(ByteBuffer message) {
        Map<String, String> names = new HashMap<>();
        try {
            CodedInputStream graph = CodedInputStream.newInstance(message);
            for (int tag = graph.readTag(); tag != 0; tag = graph.readTag()) {
                if (tag >>> 3 == NODES) {
                    readNode(graph.readByteBuffer(), names);
                } else {
                    graph.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new ModelException("its object graph is damaged: " + e.getMessage(), e);
        }
        return names;
    }

    private static void readNode(ByteBuffer message, Map<String, String> names) throws IOException {
        CodedInputStream node = CodedInputStream.newInstance(message);
        for (int tag = node.readTag(); tag != 0; tag = node.readTag()) {
            if (tag >>> 3 == ATTRIBUTES) {
                readAttribute(node.readByteBuffer(), names);
            } else {
                node.skipField(tag);
            }
        }
    }

    private static void readAttribute(ByteBuffer message, Map<String, String> names) throws IOException {
        String name = "";
        String key = "";
        CodedInputStream attribute = CodedInputStream.newInstance(message);
        for (int tag = attribute.readTag(); tag != 0; tag = attribute.readTag()) {
            switch (tag >>> 3) {
                case FULL_NAME -> name = attribute.readStringRequireUtf8();
                case CHECKPOINT_KEY -> key = attribute.readStringRequireUtf8();
                default -> attribute.skipField(tag);
            }
        }
        if (!name.isEmpty() && !key.isEmpty()) {
            names.put(key, name);
        }
    }
}
