package dev.midframe.film.importer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles of protocol 2, instruction by instruction, good ones and bad ones. */
final class PickleWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins a pickle. */
    static PickleWriter protocol2() {
        return new PickleWriter().raw(0x80, 2);
    }

    PickleWriter raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    PickleWriter instructions(String characters) {
        bytes.writeBytes(characters.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleWriter global(String module, String name) {
        return instructions("c" + module + "\n" + name + "\n");
    }

    PickleWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        instructions("X").integer(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    PickleWriter whole(int value) {
        return instructions("J").integer(value);
    }

    PickleWriter integers(Iterable<Integer> values) {
        instructions("(");
        values.forEach(this::whole);
        return instructions("t");
    }

    /** A call of torch._utils._rebuild_tensor_v2. */
    PickleWriter tensor(
            String storageClass,
            String key,
            int elements,
            int offset,
            Iterable<Integer> shape,
            Iterable<Integer> strides) {
        global("torch._utils", "_rebuild_tensor_v2").instructions("((");
        text("storage").global("torch", storageClass).text(key).text("cpu").whole(elements);
        instructions("tQ").whole(offset).integers(shape).integers(strides);
        return raw(0x89).global("collections", "OrderedDict").instructions(")RtR");
    }

    /** Ends the pickle. */
    byte[] stop() {
        return instructions(".").unfinished();
    }

    byte[] unfinished() {
        return bytes.toByteArray();
    }

    PickleWriter integer(int value) {
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }
}
