package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.GeneratedStub;
import dev.midframe.ffi.tensorrt.generated.CxxObject_destroy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A C++ object of TensorRT's in Java, in the slots of one major version. It lives as long as the tests. */
public final class FakeObject {

    private final String type;
    private final List<Throwable> failures;
    private final JavaObject object;

    /**
     * An object without methods.
     *
     * @param type its C++ interface
     * @param failures gets what methods throw, and the calls of those that it lacks
     */
    public FakeObject(SlotTable slots, String type, List<Throwable> failures) {
        this.type = type;
        this.failures = failures;
        this.object = new JavaObject(slots, type, new Callback(failures::add), Arena.global());
    }

    /** Implements a method by the {@code Function} of its generated class. */
    public <F> FakeObject with(Class<F> function, F implementation) {
        object.with(function.getEnclosingClass(), GeneratedStub.of(function, implementation, failures, Arena.global()));
        return this;
    }

    /** Implements C++ {@code delete}. */
    public FakeObject destroyedBy(Runnable end) {
        CxxObject_destroy.Function destroy = self -> end.run();
        object.with(
                type + "_destroy",
                GeneratedStub.of(CxxObject_destroy.Function.class, destroy, failures, Arena.global()));
        return this;
    }

    /** As TensorRT would give it. */
    public MemorySegment address() {
        return object.address();
    }
}
