package dev.midframe.tensorrt;

import dev.midframe.tensorrt.build.EngineCache;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A process that wants an engine, and says whether it had to make it. Slow at it, so that others come in between. */
public final class EngineCacheProcess {

    public static final String KEY = "wanted by several";
    public static final String MADE = "made";
    public static final byte[] ENGINE = {7, 7, 7};

    private EngineCacheProcess() {}

    public static void main(String[] arguments) {
        new EngineCache(Path.of(arguments[0]), 1L << 30).get(KEY, "engine", Arena.ofAuto(), () -> false, arena -> {
            System.out.println(MADE);
            long end = System.nanoTime() + 300_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return arena.allocateFrom(ValueLayout.JAVA_BYTE, ENGINE);
        });
    }
}
