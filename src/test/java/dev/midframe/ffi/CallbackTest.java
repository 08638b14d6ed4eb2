package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.tensorrt.generated.IParser_supportsOperator;
import dev.midframe.ffi.tensorrt.generated.createInferBuilder_INTERNAL;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An exception that left a callback would end this process: that the tests end is a part of them. */
class CallbackTest {

    private final List<Throwable> failures = new ArrayList<>();
    private final Arena arena = Arena.ofAuto();

    @Test
    void whatIsThrownReachesOnlyItsListener() {
        Callback callback = new Callback(failures::add);
        MemorySegment supports = IParser_supportsOperator.allocate(
                (self, name) -> callback.get(false, () -> {
                    throw new StackOverflowError("in C++");
                }),
                arena);

        assertThat(IParser_supportsOperator.invoke(supports, MemorySegment.NULL, MemorySegment.NULL))
                .isFalse();
        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aListenerThatThrowsEndsNothing() {
        Callback callback = new Callback(failure -> {
            throw new IllegalStateException(failure);
        });
        MemorySegment create = createInferBuilder_INTERNAL.allocate(
                (logger, version) -> {
                    callback.run(() -> {
                        throw new IllegalStateException("in C++");
                    });
                    return MemorySegment.NULL;
                },
                arena);

        assertThat(createInferBuilder_INTERNAL.invoke(create, MemorySegment.NULL, 11))
                .isEqualTo(MemorySegment.NULL);
    }
}
