package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.gpu.FakeGpuStack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that opens engines on a GPU in Java. */
abstract class FakeGpuTest {

    @TempDir
    protected Path folder;

    protected FakeGpuStack stack;

    @BeforeEach
    void prepare() {
        stack = stack();
    }

    @AfterEach
    void nothingWentWrongInsideUpcalls() {
        stack.close();
    }

    /** What a test begins with, if it takes no other. */
    protected FakeGpuStack stack() {
        return FakeGpuStack.of(110201, folder);
    }

    protected void assertNothingIsLeft() {
        assertThat(stack.gpu().open()).isZero();
    }
}
