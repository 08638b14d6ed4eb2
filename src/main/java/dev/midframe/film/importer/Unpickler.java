package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.PickleValue.Constant;
import dev.midframe.film.importer.PickleValue.Dictionary;
import dev.midframe.film.importer.PickleValue.Global;
import dev.midframe.film.importer.PickleValue.Sequence;
import dev.midframe.film.importer.PickleValue.Text;
import dev.midframe.film.importer.PickleValue.Whole;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine that reads a pickle (protocol 2, as PyTorch writes it), with the instructions that weights need and no
 * others. Nothing is looked up or run: what a class or function of PyTorch's means here is {@link TorchObjects}'s. An
 * instruction makes at most one small object, so a pickle of n bytes never makes more than n.
 */
final class Unpickler {

    private static final int PROTOCOL = 2;

    private final ByteBuffer code;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    private Unpickler(ByteBuffer code) {
        this.code = code;
    }

    /**
     * Reads a whole pickle.
     *
     * @throws ModelException naming what in it is broken or not needed for weights
     */
    static PickleValue read(ByteBuffer pickle) {
        Unpickler machine = new Unpickler(pickle.slice().order(ByteOrder.LITTLE_ENDIAN));
        try {
            return machine.run();
        } catch (BufferUnderflowException e) {
            throw new ModelException("its pickle ends in the middle", e);
        }
    }

    private PickleValue run() {
        if (opcode() != PickleOpcode.PROTO || unsignedByte() != PROTOCOL) {
            throw new ModelException("its pickle is not of protocol " + PROTOCOL);
        }
        PickleOpcode opcode = opcode();
        while (opcode != PickleOpcode.STOP) {
            execute(opcode);
            opcode = opcode();
        }
        PickleValue result = pop();
        if (!stack.isEmpty() || !marks.isEmpty() || code.hasRemaining()) {
            throw new ModelException("its pickle has more than one value");
        }
        return result;
    }

    private void execute(PickleOpcode opcode) {
        switch (opcode) {
            case NONE -> stack.add(Constant.NONE);
            case NEWTRUE -> stack.add(Constant.TRUE);
            case NEWFALSE -> stack.add(Constant.FALSE);
            case BININT -> stack.add(new Whole(code.getInt()));
            case BININT1 -> stack.add(new Whole(unsignedByte()));
            case BININT2 -> stack.add(new Whole(Short.toUnsignedInt(code.getShort())));
            case LONG1 -> stack.add(new Whole(longInteger()));
            case BINFLOAT ->
                stack.add(new PickleValue.Real(Double.longBitsToDouble(Long.reverseBytes(code.getLong()))));
            case BINUNICODE -> stack.add(new Text(text()));
            case GLOBAL -> stack.add(TorchObjects.known(new Global(line(), line())));
            case MARK -> marks.push(stack.size());
            case EMPTY_TUPLE, EMPTY_LIST -> stack.add(new Sequence(new ArrayList<>()));
            case TUPLE1 -> stack.add(tuple(1));
            case TUPLE2 -> stack.add(tuple(2));
            case TUPLE3 -> stack.add(tuple(3));
            case TUPLE -> stack.add(new Sequence(popToMark()));
            case APPEND -> append(List.of(pop()));
            case APPENDS -> append(popToMark());
            case EMPTY_DICT -> stack.add(new Dictionary(new LinkedHashMap<>()));
            case SETITEM -> {
                PickleValue value = pop();
                setItems(List.of(pop(), value));
            }
            case SETITEMS -> setItems(popToMark());
            case BINPERSID -> stack.add(TorchObjects.storage(pop(Sequence.class)));
            case REDUCE -> {
                Sequence arguments = pop(Sequence.class);
                stack.add(TorchObjects.call(pop(Global.class), arguments));
            }
            case NEWOBJ -> {
                Sequence arguments = pop(Sequence.class);
                stack.add(TorchObjects.create(pop(Global.class), arguments));
            }
            case BUILD -> {
                Dictionary state = pop(Dictionary.class);
                state.entries().forEach(top(Dictionary.class)::put);
            }
            case BINPUT -> memo.put(unsignedByte(), top(PickleValue.class));
            case LONG_BINPUT -> memo.put(code.getInt(), top(PickleValue.class));
            case BINGET -> stack.add(remembered(unsignedByte()));
            case LONG_BINGET -> stack.add(remembered(code.getInt()));
            default ->
                throw new ModelException("its pickle uses the instruction " + opcode
                        + ", which weights do not need; nothing of it was run");
        }
    }

    private void append(List<PickleValue> values) {
        top(Sequence.class).items().addAll(values);
    }

    private void setItems(List<PickleValue> keysAndValues) {
        if (keysAndValues.size() % 2 != 0) {
            throw new ModelException("its pickle has a key without a value");
        }
        Dictionary dictionary = top(Dictionary.class);
        for (int index = 0; index < keysAndValues.size(); index += 2) {
            dictionary.put(cast(keysAndValues.get(index), Text.class).value(), keysAndValues.get(index + 1));
        }
    }

    private Sequence tuple(int size) {
        List<PickleValue> items = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            items.addFirst(pop());
        }
        return new Sequence(items);
    }

    private List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw new ModelException("its pickle closes what it has not opened");
        }
        int mark = marks.pop();
        List<PickleValue> tail = stack.subList(mark, stack.size());
        List<PickleValue> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private PickleValue pop() {
        top(PickleValue.class);
        return stack.removeLast();
    }

    private <T extends PickleValue> T pop(Class<T> type) {
        return cast(pop(), type);
    }

    private <T extends PickleValue> T top(Class<T> type) {
        if (stack.size() <= floor()) {
            throw new ModelException("its pickle takes a value where there is none");
        }
        return cast(stack.getLast(), type);
    }

    /** Where the values since the last mark begin: an instruction that takes single values must not reach below. */
    private int floor() {
        Integer mark = marks.peek();
        return mark == null ? 0 : mark;
    }

    private PickleValue remembered(int key) {
        PickleValue value = memo.get(key);
        if (value == null) {
            throw new ModelException("its pickle asks for a value that it has not stored");
        }
        return value;
    }

    private PickleOpcode opcode() {
        return PickleOpcode.of(unsignedByte());
    }

    private int unsignedByte() {
        return Byte.toUnsignedInt(code.get());
    }

    private long longInteger() {
        int bytes = unsignedByte();
        if (bytes > Long.BYTES) {
            throw new ModelException("its pickle has an integer of " + bytes + " bytes");
        }
        long value = 0;
        for (int index = 0; index < bytes; index++) {
            value |= (long) unsignedByte() << (8 * index);
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    private String text() {
        int length = code.getInt();
        if (length < 0 || length > code.remaining()) {
            throw new BufferUnderflowException();
        }
        return utf8(length);
    }

    private String line() {
        int end = code.position();
        while (end < code.limit() && code.get(end) != '\n') {
            end++;
        }
        if (end == code.limit()) {
            throw new BufferUnderflowException();
        }
        String line = utf8(end - code.position());
        code.get();
        return line;
    }

    private String utf8(int length) {
        ByteBuffer bytes = code.slice(code.position(), length);
        code.position(code.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ModelException("its pickle has a string that is not UTF-8", e);
        }
    }

    private static <T extends PickleValue> T cast(PickleValue value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new ModelException("its pickle has a " + value.getClass().getSimpleName() + " where a "
                    + type.getSimpleName() + " belongs");
        }
        return type.cast(value);
    }
}
