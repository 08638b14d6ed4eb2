package dev.midframe;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.midframe", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrowsBetweenRooms = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("dev.midframe.cli..")
            .layer("server")
            .definedBy("dev.midframe.server..")
            .layer("pipeline")
            .definedBy("dev.midframe.pipeline..")
            .layer("element")
            .definedBy("dev.midframe.element..")
            .layer("cadence")
            .definedBy("dev.midframe.cadence..")
            .layer("interpolation")
            .definedBy("dev.midframe.interpolation..")
            .layer("film")
            .definedBy("dev.midframe.film..")
            .layer("onnx")
            .definedBy("dev.midframe.onnx..")
            .layer("tensorrt")
            .definedBy("dev.midframe.tensorrt..")
            .layer("engine")
            .definedBy("dev.midframe.engine..")
            .layer("quality")
            .definedBy("dev.midframe.quality..")
            .layer("video")
            .definedBy("dev.midframe.video..")
            .layer("picture")
            .definedBy("dev.midframe.picture..")
            .layer("ffi")
            .definedBy("dev.midframe.ffi..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("cli", "server", "quality")
            .whereLayer("element")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("onnx")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("tensorrt")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("quality")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("picture")
            .mayOnlyBeAccessedByLayers("cli", "quality")
            .whereLayer("ffi")
            .mayOnlyBeAccessedByLayers("tensorrt")
            .whereLayer("film")
            .mayOnlyBeAccessedByLayers("cli", "onnx", "tensorrt")
            .whereLayer("cadence")
            .mayOnlyBeAccessedByLayers("cli", "element", "quality");

    @ArchTest
    static final ArchRule cadenceAndFilmKnowNoOutsideWorld = noClasses()
            .that()
            .resideInAnyPackage("dev.midframe.cadence..", "dev.midframe.film..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.freedesktop..", "io.netty..", "ai.onnxruntime..", "com.sun.jna..");

    @ArchTest
    static final ArchRule onlyTheCpuEngineKnowsOnnxRuntime = noClasses()
            .that(resideOutsideOfPackage("dev.midframe.onnx.."))
            .should()
            .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."))
            .because("its environment reports to its maker unless the room has refused that before");

    @ArchTest
    static final ArchRule framesPassThroughNoGarbageCollectedBinding = noClasses()
            .that()
            .resideInAPackage("dev.midframe.element..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.freedesktop.."))
            .because("a binding that frees buffers when the garbage collector comes lets memory grow by gigabytes");

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
    static final ArchRule everyClassLivesInARoom =
            classes().that(alwaysTrue()).should().resideInAnyPackage("dev.midframe.*..");
}
