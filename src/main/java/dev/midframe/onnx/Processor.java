package dev.midframe.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the system says of the processor.
 *
 * @param name as its maker writes it
 * @param flags names of what it can do, as Linux writes them
 */
public record Processor(String name, Set<String> flags) {

    private static final Path INFORMATION = Path.of("/proc/cpuinfo");

    /** This machine's; without flags where the system does not say. */
    public static Processor ofMachine() {
        try {
            List<String> lines = Files.readAllLines(INFORMATION);
            return new Processor(
                    value(lines, "model name"),
                    Set.copyOf(Arrays.asList(value(lines, "flags").split(" "))));
        } catch (IOException e) {
            return new Processor(System.getProperty("os.arch"), Set.of());
        }
    }

    /** Whether it has VNNI, instructions for sums of int8 products, which make these far faster than products of floats. */
    public boolean fastInt8() {
        return flags.contains("avx512_vnni") || flags.contains("avx_vnni");
    }

    /** The name, and what counts here of what it can do. */
    public String description() {
        String vectors = flags.contains("avx512f") ? " with AVX-512" : flags.contains("avx2") ? " with AVX2" : "";
        return name + vectors + (fastInt8() ? " and VNNI" : "");
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }
}
