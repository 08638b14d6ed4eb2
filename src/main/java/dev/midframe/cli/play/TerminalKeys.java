package dev.midframe.cli.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.support.DaemonThreads;
import dev.midframe.support.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keys in the terminal, each as it is pressed, by X's names; none where there is no terminal. */
final class TerminalKeys implements AutoCloseable {

    private static final String ESCAPE = "\033";

    private static final Map<String, String> SEQUENCES =
            Map.of(ESCAPE + "[A", "Up", ESCAPE + "[B", "Down", ESCAPE + "[C", "Right", ESCAPE + "[D", "Left");

    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry(' ', "space"),
            Map.entry('.', "period"),
            Map.entry(',', "comma"),
            Map.entry('[', "bracketleft"),
            Map.entry(']', "bracketright"),
            Map.entry('/', "slash"),
            Map.entry('*', "asterisk"),
            Map.entry('#', "numbersign"),
            Map.entry('<', "less"),
            Map.entry('>', "greater"),
            Map.entry('?', "question"),
            Map.entry('\n', "Return"),
            Map.entry('\r', "Return"),
            Map.entry('\b', "BackSpace"),
            Map.entry('\177', "BackSpace"),
            Map.entry('\033', "Escape"));

    /** struct termios and two of its flags, for a mode in which each key comes at once and is not shown. */
    private static final int SIZE = 60;

    private static final int LOCAL_FLAGS = 12;
    private static final int LINE_BY_LINE = 2;
    private static final int SHOWN = 8;

    private final Queue<String> pressed = new ConcurrentLinkedQueue<>();
    private final Arena arena = Arena.ofShared();
    private final long mode = arena.allocate(SIZE, 8).address();
    private final TerminalMode terminal =
            NativeFunctions.bind(TerminalMode.class, Linker.nativeLinker().defaultLookup());
    private final boolean there;

    /** Functions of the C library. */
    interface TerminalMode {

        int tcgetattr(int descriptor, long mode);

        int tcsetattr(int descriptor, int when, long mode);
    }

    TerminalKeys(InputStream input) {
        there = Terminal.isThere() && terminal.tcgetattr(0, mode) == 0;
        if (there) {
            setFlags(Memory.getInt(mode, LOCAL_FLAGS) & ~(LINE_BY_LINE | SHOWN));
            new DaemonThreads("midframe-keys").newThread(() -> read(input)).start();
        }
    }

    /** The next key that was pressed. */
    Optional<String> next() {
        return Optional.ofNullable(pressed.poll());
    }

    private void read(InputStream input) {
        byte[] bytes = new byte[64];
        try {
            for (int count = input.read(bytes); count > 0; count = input.read(bytes)) {
                pressed.addAll(decode(new String(bytes, 0, count, StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException e) {
            // The terminal is gone; the window's keys are left.
        }
    }

    /** What a terminal sends at once, as keys. */
    static List<String> decode(String sent) {
        var keys = new ArrayList<String>();
        int at = 0;
        while (at < sent.length()) {
            String sequence = SEQUENCES.get(sent.substring(at, Math.min(at + 3, sent.length())));
            if (sequence != null) {
                keys.add(sequence);
                at += 3;
            } else {
                char key = sent.charAt(at);
                keys.add(NAMES.getOrDefault(key, String.valueOf(key)));
                at++;
            }
        }
        return keys;
    }

    /** A key as it stands on a keyboard. */
    static String written(String name) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name) && entry.getKey() > ' ' && entry.getKey() < '\177')
                .map(entry -> entry.getKey().toString())
                .findFirst()
                .orElse(name);
    }

    private void setFlags(int flags) {
        try (Arena call = Arena.ofConfined()) {
            long changed = call.allocate(SIZE, 8).address();
            Memory.bytes(changed, SIZE).copyFrom(Memory.bytes(mode, SIZE));
            Memory.putInt(changed, LOCAL_FLAGS, flags);
            terminal.tcsetattr(0, 0, changed);
        }
    }

    /** Leaves the terminal as it was. */
    @Override
    public void close() {
        if (there) {
            terminal.tcsetattr(0, 0, mode);
        }
        arena.close();
    }
}
