package dev.midframe.ffi.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the virtual methods of one major version of TensorRT stand: a column of {@code native/tensorrt_slots.h}. */
final class SlotTable {

    /**
     * A method's place.
     *
     * @param behind whether the method belongs to the object behind the object (mImpl)
     * @param index in that object's vtable
     */
    record Slot(boolean behind, int index) {}

    private static final Pattern ROW =
            Pattern.compile("^SLOT\\((\\w+), (\\w+), (OWN|IMPL), (\\d+|ABSENT), (\\d+|ABSENT)\\)$", Pattern.MULTILINE);

    private final int major;
    private final Map<String, Slot> slots = new HashMap<>();

    /**
     * @param major 10 or 11
     * @throws IllegalArgumentException for every other
     */
    SlotTable(int major) {
        if (major != 10 && major != 11) {
            throw new IllegalArgumentException("no slots are known for TensorRT " + major);
        }
        this.major = major;
        ROW.matcher(text()).results().forEach(row -> add(row, row.group(major == 10 ? 4 : 5)));
    }

    /** The place of a method, null where this version has none. */
    @Nullable Slot find(Class<?> type, String method) {
        return slots.get(type.getSimpleName() + "." + method);
    }

    /**
     * The place of a method.
     *
     * @throws UnsupportedOperationException where this version has none
     */
    Slot get(Class<?> type, String method) {
        Slot slot = find(type, method);
        if (slot == null) {
            throw new UnsupportedOperationException(
                    "TensorRT " + major + " has no " + type.getSimpleName() + "." + method);
        }
        return slot;
    }

    private void add(MatchResult row, String index) {
        if (!index.equals("ABSENT")) {
            slots.put(row.group(1) + "." + row.group(2), new Slot(row.group(3).equals("IMPL"), Integer.parseInt(index)));
        }
    }

    private static String text() {
        try (InputStream stream = SlotTable.class.getResourceAsStream("tensorrt_slots.h")) {
            if (stream == null) {
                throw new IllegalStateException("tensorrt_slots.h is not in the program's resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
