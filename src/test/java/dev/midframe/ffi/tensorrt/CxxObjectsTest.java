package dev.midframe.ffi.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java objects as C++ objects, called back through their vtables: both directions of the binding at once. */
class CxxObjectsTest {

    private final List<Throwable> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void textsShapesNumbersAndAddressesArriveAsTheyWere(int major) {
        CxxObjects objects = new CxxObjects(major);
        Tensor tensor = new Tensor();
        ITensor called = objects.at(ITensor.class, export(objects, ITensor.class, tensor));

        assertThat(called.getName()).isEqualTo("wärp/θ");
        assertThat(called.getDimensions()).isEqualTo(Dims.of(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(called.getType()).isEqualTo(5);
        assertThat(failures).isEmpty();
    }

    @Test
    void aStructInRegistersArrivesWhole() {
        CxxObjects objects = new CxxObjects(11);
        MemorySegment kind = Arena.global().allocateFrom("ILogger");
        ILogger logger = objects.at(ILogger.class, export(objects, ILogger.class, new Silent(kind)));

        assertThat(logger.getInterfaceInfo()).isEqualTo(new InterfaceInfo(kind, 1, 7));
    }

    @Test
    void aMethodThatTheLoadedVersionLacksSaysSo() {
        CxxObjects objects = new CxxObjects(10);
        ILogger logger = objects.at(ILogger.class, export(objects, ILogger.class, new Silent(MemorySegment.NULL)));

        assertThatThrownBy(logger::getInterfaceInfo)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("TensorRT 10 has no ILogger.getInterfaceInfo");
    }

    @Test
    void anExceptionInAnUpcallReachesOnlyItsListener() {
        CxxObjects objects = new CxxObjects(11);
        ITensor failing = new Tensor() {
            @Override
            public String getName() {
                throw new IllegalStateException("in C++");
            }

            @Override
            public Dims getDimensions() {
                throw new IllegalStateException("in C++");
            }

            @Override
            public int getType() {
                throw new StackOverflowError("in C++");
            }
        };
        ITensor called = objects.at(ITensor.class, export(objects, ITensor.class, failing));

        assertThat(called.getName()).isNull();
        assertThat(called.getDimensions()).isEqualTo(Dims.of());
        assertThat(called.getType()).isZero();
        assertThat(failures).hasSize(3).allMatch(failure -> failure.getMessage().equals("in C++"));
    }

    @Test
    void aCallOfASlotThatIsNotBoundIsToldAndHarmless() {
        CxxObjects eleven = new CxxObjects(11);
        MemorySegment logger = export(new CxxObjects(10), ILogger.class, new Silent(MemorySegment.NULL));

        eleven.at(ILogger.class, logger).log(0, "into a slot that 10 does not have");

        assertThat(failures).singleElement().asString().contains("ILogger");
    }

    @Test
    void theObjectItselfAndTheOneBehindItHaveVtablesOfTheirOwn() {
        CxxObjects objects = new CxxObjects(11);
        MemorySegment address = export(objects, ITensor.class, new Tensor()).reinterpret(16);
        MemorySegment own = address.getAtIndex(ValueLayout.ADDRESS, 0);
        MemorySegment behind =
                address.getAtIndex(ValueLayout.ADDRESS, 1).reinterpret(8).getAtIndex(ValueLayout.ADDRESS, 0);

        assertThat(own).isNotEqualTo(behind);
    }

    @Test
    void smallAddressesAreNoObjects() {
        assertThat(CxxObjects.isObject(MemorySegment.NULL)).isFalse();
        assertThat(CxxObjects.isObject(MemorySegment.ofAddress(0x228))).isFalse();
        assertThat(CxxObjects.isObject(MemorySegment.ofAddress(-4096))).isTrue();
        assertThatThrownBy(() -> new CxxObjects(11).at(ITensor.class, MemorySegment.ofAddress(0x228)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no ITensor at address 552");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12})
    void everyOtherMajorVersionIsRefused(int major) {
        assertThatThrownBy(() -> new CxxObjects(major)).hasMessage("no slots are known for TensorRT " + major);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void everyMethodOfEveryInterfaceHasASlotOfItsOwn(int major) {
        CxxObjects objects = new CxxObjects(major);
        for (Class<?> type : INTERFACES) {
            assertThat(objects.methods(type))
                    .as("%s of TensorRT %d", type.getSimpleName(), major)
                    .hasSize(type == ILogger.class && major == 10 ? 1 : type.getMethods().length)
                    .extracting(method -> objects.table().get(type, method.getName()))
                    .doesNotHaveDuplicates();
        }
    }

    private static final List<Class<?>> INTERFACES = List.of(
            ILogger.class,
            IProgressMonitor.class,
            IPluginRegistry.class,
            IHostMemory.class,
            IBuilder.class,
            IBuilderConfig.class,
            ITimingCache.class,
            INetworkDefinition.class,
            ITensor.class,
            IParser.class,
            IParserError.class,
            IRuntime.class,
            ICudaEngine.class,
            IExecutionContext.class);

    private <T> MemorySegment export(CxxObjects objects, Class<T> type, T implementation) {
        return JavaObject.export(objects, type, implementation, Arena.global(), failures::add);
    }

    private static class Tensor implements ITensor {

        @Override
        public String getName() {
            return "wärp/θ";
        }

        @Override
        public Dims getDimensions() {
            return Dims.of(1, 2, 3, 4, 5, 6, 7, 8);
        }

        @Override
        public int getType() {
            return 5;
        }
    }

    private record Silent(MemorySegment kind) implements ILogger {

        @Override
        public int getAPILanguage() {
            return 0;
        }

        @Override
        public InterfaceInfo getInterfaceInfo() {
            return new InterfaceInfo(kind, 1, 7);
        }

        @Override
        public void log(int severity, String message) {}
    }
}
