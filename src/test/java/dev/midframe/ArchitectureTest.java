package dev.midframe;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which package may know which, as docs/design/architecture.md draws it. */
@AnalyzeClasses(packages = "dev.midframe", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** The packages that each may depend on beside itself and Java; {@code x..} means x with all its sub-packages. */
    private static final Map<String, String> DEPENDENCIES = new TreeMap<>(Map.ofEntries(
            Map.entry("support", ""),
            Map.entry("video", ""),
            Map.entry("interpolation", "video"),
            Map.entry("cadence.change", "video"),
            Map.entry("cadence.pulldown", ""),
            Map.entry("cadence", "cadence.. video"),
            Map.entry("film", "interpolation"),
            Map.entry("film.weights", "film support"),
            Map.entry("film.model", "film film.weights support"),
            Map.entry("film.graph", "film.model"),
            Map.entry("film.network", "film film.model film.graph video interpolation"),
            Map.entry("film.importer", "film film.model film.weights"),
            Map.entry("ffi..", "ffi.."),
            Map.entry("onnx.lowering", "film film.model film.graph"),
            Map.entry("onnx.kernels..", "onnx.kernels.. onnx.lowering film.model"),
            Map.entry("onnx.binding", "onnx.kernels onnx.lowering film.graph ffi interpolation"),
            Map.entry("onnx", "onnx.. film.. ffi interpolation video support"),
            Map.entry("tensorrt..", "tensorrt.. film.. ffi ffi.cuda.. ffi.tensorrt.. interpolation video support"),
            Map.entry("engine.overlay", "interpolation video"),
            Map.entry(
                    "engine.check",
                    "tensorrt tensorrt.build film.graph film.model interpolation video support quality.metric"),
            Map.entry(
                    "engine",
                    "engine.. onnx tensorrt tensorrt.build tensorrt.cuda film.model interpolation video support"),
            Map.entry("element..", "element.. cadence cadence.change ffi ffi.gst interpolation video support"),
            Map.entry("plugin", "element engine film.model ffi interpolation onnx tensorrt support"),
            Map.entry("pipeline.input", "ffi ffi.gst support"),
            Map.entry("pipeline.play", "pipeline ffi ffi.gst"),
            Map.entry("pipeline.capture", "pipeline ffi.gio"),
            Map.entry("pipeline", "pipeline.input ffi ffi.gst ffi.gst.webrtc support"),
            Map.entry("container", "ffi ffi.av"),
            Map.entry("convert.encoding", "container pipeline"),
            Map.entry("convert.frames", "convert.encoding container pipeline"),
            Map.entry("convert.section", ""),
            Map.entry("convert.parts", "convert convert.section convert.encoding container support"),
            Map.entry("convert", "convert.. container pipeline cadence support"),
            Map.entry("picture", "video support"),
            Map.entry("quality..", "quality.. pipeline picture cadence.. interpolation video support"),
            Map.entry("server..", "server.. pipeline interpolation support"),
            Map.entry("cli..", "..")));

    /** The packages that may know each library. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "dev.midframe.ffi.gst..", "ffi.gst.. element.. pipeline..",
            "dev.midframe.ffi.gio..", "ffi.gio pipeline.capture",
            "dev.midframe.ffi.av..", "ffi.av container",
            "io.netty..", "server..",
            "ai.onnxruntime..", "onnx..",
            "ai.onnx..", "film.graph onnx.lowering tensorrt.measure",
            "picocli..", "cli..");

    @ArchTest
    static void packagesKnowOnlyThoseBelowThem(JavaClasses classes) {
        DEPENDENCIES.forEach((name, known) -> classes()
                .that(resideIn(name))
                .should()
                .onlyDependOnClassesThat(
                        resideIn(name).or(resideIn(known)).or(resideOutsideOfPackages("dev.midframe..")))
                .because(name + " may know: " + known)
                .check(classes));
    }

    @ArchTest
    static void librariesAreKnownWhereTheyBelong(JavaClasses classes) {
        LIBRARIES.forEach((library, users) -> noClasses()
                .that(DescribedPredicate.not(resideIn(users)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .because(library + " belongs to: " + users)
                .check(classes));
    }

    @ArchTest
    static final ArchRule cadenceHasNoThreadAndNoClock = noClasses()
            .that()
            .resideInAPackage("dev.midframe.cadence..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule everyClassLivesInAPackageOfTheTable = classes()
            .that(alwaysTrue())
            .should()
            .resideInAnyPackage(
                    DEPENDENCIES.keySet().stream().map(ArchitectureTest::full).toArray(String[]::new));

    @ArchTest
    static void noPackageIsTooLargeToOverlook(JavaClasses classes) {
        Map<String, Long> sizes = new TreeMap<>();
        classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                // jextract makes a class of every function, which nobody reads.
                .filter(type -> !type.getPackageName().endsWith(".generated"))
                .forEach(type -> sizes.merge(type.getPackageName(), 1L, Long::sum));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(23));
    }

    @ArchTest
    static void everyPackageIsDrawn(JavaClasses classes) throws IOException {
        String drawing = Files.readString(Path.of("docs/design/architecture.md"))
                .lines()
                .filter(line -> line.startsWith("      "))
                .collect(Collectors.joining("\n"));
        Set<String> drawn = new TreeSet<>(Arrays.asList(drawing.split("[^a-z]+")));
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct().toList())
                .allSatisfy(name -> assertThat(drawn).contains(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static DescribedPredicate<JavaClass> resideIn(String packages) {
        return resideInAnyPackage(Stream.concat(
                        Arrays.stream(packages.split(" "))
                                .filter(name -> !name.isEmpty())
                                .map(ArchitectureTest::full),
                        Stream.of("dev.midframe.none"))
                .toArray(String[]::new));
    }

    private static String full(String name) {
        return name.equals("..") ? "dev.midframe.." : "dev.midframe." + name;
    }
}
