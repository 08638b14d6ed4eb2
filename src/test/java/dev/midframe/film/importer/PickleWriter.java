package dev.midframe.film.importer;

import static dev.midframe.film.importer.PickleOpcode.*;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles of protocol 2, instruction by instruction, good ones and bad ones. */
final class PickleWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins a pickle. */
    static PickleWriter protocol2() {
        return new PickleWriter().op(PROTO).raw(2);
    }

    /** Instructions without operands, or what comes before an operand. */
    PickleWriter op(PickleOpcode... instructions) {
        for (PickleOpcode instruction : instructions) {
            bytes.write(instruction.code);
        }
        return this;
    }

    /** Bytes as they are, 0 to 255. */
    PickleWriter raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    /** Characters as they are, one byte each. */
    PickleWriter raw(String characters) {
        bytes.writeBytes(characters.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** An operand of four bytes, little-endian. */
    PickleWriter int32(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    PickleWriter global(String module, String name) {
        return op(GLOBAL).raw(module + "\n" + name + "\n");
    }

    PickleWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op(BINUNICODE).int32(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /** An integer of four bytes. */
    PickleWriter whole(int value) {
        return op(BININT).int32(value);
    }

    PickleWriter real(double value) {
        op(BINFLOAT);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
        return this;
    }

    /** Remembers the topmost value under a number up to 255. */
    PickleWriter put(int number) {
        return op(BINPUT).raw(number);
    }

    /** Pushes what was remembered under a number up to 255. */
    PickleWriter get(int number) {
        return op(BINGET).raw(number);
    }

    PickleWriter integers(Iterable<Integer> values) {
        op(MARK);
        values.forEach(this::whole);
        return op(TUPLE);
    }

    /** A call of torch._utils._rebuild_tensor_v2. */
    PickleWriter tensor(
            String storageClass,
            String key,
            int elements,
            int offset,
            Iterable<Integer> shape,
            Iterable<Integer> strides) {
        global("torch._utils", "_rebuild_tensor_v2").op(MARK, MARK);
        text("storage").global("torch", storageClass).text(key).text("cpu").whole(elements);
        op(TUPLE, BINPERSID).whole(offset).integers(shape).integers(strides);
        return op(NEWFALSE).global("collections", "OrderedDict").op(EMPTY_TUPLE, REDUCE, TUPLE, REDUCE);
    }

    /** Ends the pickle. */
    byte[] stop() {
        return op(STOP).unfinished();
    }

    byte[] unfinished() {
        return bytes.toByteArray();
    }
}
