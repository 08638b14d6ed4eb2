package dev.midframe.film.importer;

import com.google.protobuf.CodedInputStream;
import dev.midframe.film.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a TensorFlow checkpoint keeps a tensor: {@code BundleEntryProto} of tensorflow/core/protobuf/tensor_bundle.proto.
 *
 * @param type number of the element type: {@link #FLOAT}, {@link #HALF}, {@link #STRING} or another
 * @param shape sizes, outermost first
 * @param shard number of the data file
 * @param offset of the first byte in it
 * @param size in bytes
 * @param checksum of the bytes, masked CRC-32C
 */
record BundleEntry(int type, List<Integer> shape, int shard, long offset, long size, int checksum) {

    static final int FLOAT = 1;
    static final int STRING = 7;
    static final int HALF = 19;

    static BundleEntry parse(String key, ByteBuffer message) {
        int type = 0;
        List<Integer> shape = List.of();
        int shard = 0;
        long offset = 0;
        long size = 0;
        int checksum = 0;
        try {
            CodedInputStream input = CodedInputStream.newInstance(message);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                switch (tag >>> 3) {
                    case 1 -> type = input.readEnum();
                    case 2 -> shape = shape(input.readByteBuffer());
                    case 3 -> shard = input.readInt32();
                    case 4 -> offset = input.readInt64();
                    case 5 -> size = input.readInt64();
                    case 6 -> checksum = input.readFixed32();
                    case 7 -> throw new ModelException("the variable " + key + " is stored in slices");
                    default -> input.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new ModelException("the entry of " + key + " is damaged: " + e.getMessage(), e);
        }
        return new BundleEntry(type, shape, shard, offset, size, checksum);
    }

    /** {@code TensorShapeProto}: dimensions in field 2, their sizes in field 1. */
    private static List<Integer> shape(ByteBuffer message) throws IOException {
        List<Integer> shape = new ArrayList<>();
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (tag >>> 3 == 2) {
                shape.add(dimension(input.readByteBuffer()));
            } else {
                input.skipField(tag);
            }
        }
        return List.copyOf(shape);
    }

    private static int dimension(ByteBuffer message) throws IOException {
        long size = 0;
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (tag >>> 3 == 1) {
                size = input.readInt64();
            } else {
                input.skipField(tag);
            }
        }
        return size == (int) size ? (int) size : -1;
    }
}
