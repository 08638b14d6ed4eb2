package dev.midframe.ffi.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of slots and what is generated of the header name the same methods. */
class SlotTableTest {

    private static final Path GENERATED = Path.of("src/main/java/dev/midframe/ffi/tensorrt/generated");
    private static final Pattern ROW = Pattern.compile("^SLOT\\((\\w+), (\\w+), ", Pattern.MULTILINE);

    @Test
    void everyVirtualMethodHasATypeAndASlot() throws IOException {
        List<String> placed = ROW.matcher(Files.readString(Path.of("native/tensorrt_slots.h")))
                .results()
                .map(row -> row.group(1) + "_" + row.group(2))
                .filter(Predicate.not(name -> name.endsWith("_destroy")))
                .toList();

        assertThat(placed).containsExactlyInAnyOrderElementsOf(methods()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void everyMethodOfAnInterfaceHasASlotOfItsOwn(int major) throws IOException {
        SlotTable slots = new SlotTable(major);
        List<String> found =
                methods().stream().filter(name -> slots.find(name) != null).toList();

        assertThat(found)
                .hasSize(methods().size() - (major == 10 ? 4 : 0))
                .extracting(name -> name.split("_")[0] + " " + slots.find(name))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12})
    void everyOtherMajorVersionIsRefused(int major) {
        assertThatThrownBy(() -> new SlotTable(major)).hasMessage("no slots are known for TensorRT " + major);
    }

    /** The generated classes of virtual methods. */
    private static List<String> methods() throws IOException {
        try (Stream<Path> files = Files.list(GENERATED)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("I[A-Z].*_.*"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }
}
