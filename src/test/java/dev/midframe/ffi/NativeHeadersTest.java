package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.ffi.tensorrt.Dims;
import dev.midframe.ffi.tensorrt.InterfaceInfo;
import dev.midframe.ffi.tensorrt.NvInfer;
import dev.midframe.ffi.tensorrt.NvOnnxParser;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The interfaces in Java have the names and the types of the headers in native/. */
class NativeHeadersTest {

    private static final Pattern FUNCTION = Pattern.compile("^([\\w ]+[ *])(\\w+)\\(([^)]*)\\);$", Pattern.MULTILINE);
    private static final Pattern METHOD = Pattern.compile(
            "^typedef (.+?)\\(\\*(\\w+)_(\\w+)\\)\\(void \\*self(?:, )?([^)]*)\\);$", Pattern.MULTILINE);
    private static final Pattern SLOT = Pattern.compile("^SLOT\\((\\w+), (\\w+), ", Pattern.MULTILINE);

    private static final Map<String, String> JAVA = Map.ofEntries(
            Map.entry("void", "void"),
            Map.entry("bool", "boolean"),
            Map.entry("int32_t", "int"),
            Map.entry("uint32_t", "int"),
            Map.entry("int64_t", "long"),
            Map.entry("uint64_t", "long"),
            Map.entry("CUresult", "int"),
            Map.entry("CUdevice", "int"),
            Map.entry("CUdeviceptr", "long"),
            Map.entry("Dims", Dims.class.getSimpleName()),
            Map.entry("InterfaceInfo", InterfaceInfo.class.getSimpleName()));

    @Test
    void theCudaDriverHasTheFunctionsOfItsHeader() throws IOException {
        Map<String, String> header = functions(Files.readString(Path.of("native/cuda_driver.h")));

        assertThat(signatures(CudaDriver.class)).isEqualTo(header).isNotEmpty();
    }

    @Test
    void theFactoriesOfTensorRtHaveTheTypesOfTheirHeader() throws IOException {
        Map<String, String> header = functions(Files.readString(Path.of("native/tensorrt.h")));

        assertThat(header).containsAllEntriesOf(signatures(NvInfer.class));
        assertThat(header).containsAllEntriesOf(signatures(NvOnnxParser.class));
    }

    @Test
    void everyMethodOfTensorRtHasTheTypeOfItsHeaderAndASlot() throws Exception {
        String header = Files.readString(Path.of("native/tensorrt.h"));
        String slots = Files.readString(Path.of("native/tensorrt_slots.h"));
        Map<String, String> methods = new TreeMap<>();
        METHOD.matcher(header)
                .results()
                .forEach(method -> methods.put(
                        method.group(2) + "." + method.group(3), signature(method.group(1), method.group(4))));
        Set<String> placed = SLOT.matcher(slots)
                .results()
                .map(slot -> slot.group(1) + "." + slot.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        Map<String, String> java = new TreeMap<>();
        for (String type : placed.stream().map(slot -> slot.split("\\.")[0]).collect(Collectors.toSet())) {
            Class<?> face = Class.forName("dev.midframe.ffi.tensorrt." + type);
            signatures(face).forEach((name, signature) -> java.put(type + "." + name, signature));
        }
        assertThat(placed).isEqualTo(java.keySet()).isNotEmpty();
        // One type serves every interface's destroy.
        java.keySet().removeIf(name -> name.endsWith(".destroy"));
        assertThat(methods).isEqualTo(java);
    }

    private static Map<String, String> functions(String header) {
        Map<String, String> functions = new TreeMap<>();
        Matcher matcher = FUNCTION.matcher(header);
        while (matcher.find()) {
            functions.put(matcher.group(2), signature(matcher.group(1), matcher.group(3)));
        }
        return functions;
    }

    private static String signature(String result, String parameters) {
        List<String> types = parameters.isBlank() || parameters.equals("void")
                ? List.of()
                : Stream.of(parameters.split(", "))
                        .map(NativeHeadersTest::parameter)
                        .toList();
        return java(result.strip()) + types;
    }

    private static String parameter(String declaration) {
        int name = declaration.endsWith("]") ? declaration.indexOf('[') : declaration.length();
        String type = declaration.substring(0, name).replaceAll("\\w+$", "").strip();
        return java(declaration.endsWith("]") ? type + " *" : type);
    }

    private static String java(String c) {
        if (c.equals("const char *")) {
            return "String";
        }
        return c.endsWith("*") ? "MemorySegment" : JAVA.getOrDefault(c, "MemorySegment");
    }

    private static Map<String, String> signatures(Class<?> face) {
        return Stream.of(face.getMethods())
                .collect(Collectors.toMap(
                        Method::getName,
                        method -> method.getReturnType().getSimpleName()
                                + Stream.of(method.getParameterTypes())
                                        .map(Class::getSimpleName)
                                        .toList(),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
