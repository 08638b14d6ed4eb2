package dev.midframe.ffi.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.generated.CxxObject;
import dev.midframe.ffi.tensorrt.generated.Dims;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getIOTensorName;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getNbIOTensors;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorShape;
import dev.midframe.ffi.tensorrt.generated.ILogger_getInterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.ILogger_log;
import dev.midframe.ffi.tensorrt.generated.InterfaceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java objects as C++ objects, called back through their vtables: both directions of the binding at once. */
class JavaObjectTest {

    private final List<Throwable> failures = new ArrayList<>();
    private final Callback callback = new Callback(failures::add);
    private final Arena arena = Arena.global();

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void textsShapesAndNumbersArriveAsTheyWere(int major) {
        SlotTable slots = new SlotTable(major);
        Shape shape = Shape.of(1, 2, 3, 4, 5, 6, 7, 8);
        MemorySegment name = arena.allocateFrom("wärp/θ");
        MemorySegment engine = engine(slots)
                .with(ICudaEngine_getNbIOTensors.class, ICudaEngine_getNbIOTensors.allocate(self -> 5, arena))
                .with(ICudaEngine_getIOTensorName.class, ICudaEngine_getIOTensorName.allocate((self, i) -> name, arena))
                .with(
                        ICudaEngine_getTensorShape.class,
                        ICudaEngine_getTensorShape.allocate((self, tensor) -> dims(shape), arena))
                .address();

        VirtualMethod count = slots.method(ICudaEngine_getNbIOTensors.class, engine, arena);
        VirtualMethod names = slots.method(ICudaEngine_getIOTensorName.class, engine, arena);
        VirtualMethod shapes = slots.method(ICudaEngine_getTensorShape.class, engine, arena);
        assertThat(ICudaEngine_getNbIOTensors.invoke(count.address(), count.self()))
                .isEqualTo(5);
        assertThat(Memory.text(ICudaEngine_getIOTensorName.invoke(names.address(), names.self(), 0)))
                .isEqualTo("wärp/θ");
        assertThat(Shape.of(ICudaEngine_getTensorShape.invoke(shapes.address(), arena, shapes.self(), name)))
                .isEqualTo(shape);
        assertThat(failures).isEmpty();
    }

    @Test
    void aStructInRegistersArrivesWhole() {
        SlotTable slots = new SlotTable(11);
        MemorySegment kind = arena.allocateFrom("ILogger");
        MemorySegment info = InterfaceInfo.allocate(arena);
        InterfaceInfo.kind(info, kind);
        InterfaceInfo.major(info, 1);
        InterfaceInfo.minor(info, 7);
        MemorySegment logger = new JavaObject(slots, "ILogger", callback, arena)
                .with(ILogger_getInterfaceInfo.class, ILogger_getInterfaceInfo.allocate(self -> info, arena))
                .address();

        VirtualMethod method = slots.method(ILogger_getInterfaceInfo.class, logger, arena);
        MemorySegment got = ILogger_getInterfaceInfo.invoke(method.address(), arena, method.self());

        assertThat(got.mismatch(info)).isEqualTo(-1);
    }

    @Test
    void aMethodThatTheLoadedVersionLacksSaysSo() {
        MemorySegment logger = new JavaObject(new SlotTable(10), "ILogger", callback, arena).address();

        assertThatThrownBy(() -> new SlotTable(10).method(ILogger_getInterfaceInfo.class, logger, arena))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("TensorRT 10 has no ILogger.getInterfaceInfo");
    }

    @Test
    void aCallOfAMethodThatIsNotImplementedIsToldAndHarmless() {
        SlotTable slots = new SlotTable(11);
        MemorySegment logger = new JavaObject(slots, "ILogger", callback, arena).address();

        VirtualMethod log = slots.method(ILogger_log.class, logger, arena);
        ILogger_log.invoke(log.address(), log.self(), 0, MemorySegment.NULL);

        assertThat(failures).singleElement().asString().contains("a method of ILogger");
    }

    @Test
    void theObjectItselfAndTheOneBehindItHaveVtablesOfTheirOwn() {
        MemorySegment engine = engine(new SlotTable(11)).address();
        MemorySegment behind = CxxObject.impl(engine).reinterpret(CxxObject.sizeof());

        assertThat(CxxObject.vtable(engine)).isNotEqualTo(CxxObject.vtable(behind));
    }

    @Test
    void aCallAfterTheObjectsEndIsAnExceptionAndNoCrash() {
        SlotTable slots = new SlotTable(11);
        MemorySegment engine = engine(slots)
                .with(ICudaEngine_getNbIOTensors.class, ICudaEngine_getNbIOTensors.allocate(self -> 5, arena))
                .address();
        Arena lifetime = Arena.ofShared();
        VirtualMethod count = slots.method(ICudaEngine_getNbIOTensors.class, engine, lifetime);
        lifetime.close();

        assertThatThrownBy(() -> ICudaEngine_getNbIOTensors.invoke(count.address(), count.self()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void smallAddressesAreNoObjects() {
        assertThat(SlotTable.isObject(MemorySegment.NULL)).isFalse();
        assertThat(SlotTable.isObject(MemorySegment.ofAddress(0x228))).isFalse();
        assertThat(SlotTable.isObject(MemorySegment.ofAddress(-4096))).isTrue();
        assertThatThrownBy(() -> new SlotTable(11)
                        .method(ICudaEngine_getNbIOTensors.class, MemorySegment.ofAddress(0x228), arena))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no object at address 552");
    }

    private JavaObject engine(SlotTable slots) {
        return new JavaObject(slots, "ICudaEngine", callback, arena);
    }

    private static MemorySegment dims(Shape shape) {
        MemorySegment dims = Dims.allocate(Arena.ofAuto());
        NetworkRecorder.write(shape, dims);
        return dims;
    }
}
